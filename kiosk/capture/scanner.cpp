#include "capture/scanner.h"

#include <algorithm>

#include "base/log.h"
#include "capture/relay.h"

namespace bangwu::capture {
namespace {

using domain::PageFault;

constexpr int kLowestResolution = 50;
constexpr int kHighestResolution = 1'200;

RelayRules rules_of(const ScanLimits& limits) {
  return {.bounds = {limits.max_pixels, limits.preview_px, limits.thumbnail_px},
          .max_pages = limits.max_pages,
          .silence_limit = limits.silence_limit,
          .when_broken = PageFault::scanner_failed,
          .when_silent = PageFault::scanner_hanging,
          .keeps_detail = true,
          .supply_bytes = {}};
}

/// A scanner that is told to stop ejects the sheet and is ready for the next run; one that is cut off may not be. What
/// still comes is dropped.
void stop_gently(const WorkerProcess& worker, std::chrono::milliseconds limit) {
  const Patience patience = Patience::of(limit, nullptr);
  Transfer transfer = worker.channel().send(MessageKind::cancel, {}, patience);
  while (transfer == Transfer::done) {
    Message message;
    transfer = worker.channel().receive(message, kAnswerLimit, patience);
  }
  if (transfer == Transfer::ended) {
    worker.await_end(limit);  // its socket is closed before it is over
  }
}

/// A running worker that is shut in. Faults: internal, cancelled.
tl::expected<WorkerProcess, PageFault> start_worker(const WorkerSettings& settings, const Patience& patience) {
  auto worker = WorkerProcess::start(settings, WorkerRole::scan);
  if (!worker) {
    base::log(base::LogLevel::error, "capture.worker_missing", {{"detail", worker.error().detail}});
    return tl::unexpected(PageFault::internal);
  }
  if (const auto walls = worker->await_shut_in(patience); !walls) {
    if (walls.error().code == base::ErrorCode::cancelled) {
      return tl::unexpected(PageFault::cancelled);
    }
    base::log(base::LogLevel::error, "cell.not_built", {{"detail", walls.error().detail}});
    return tl::unexpected(PageFault::internal);
  }
  return std::move(*worker);
}

}  // namespace

tl::expected<std::vector<ScannerDevice>, PageFault> Scanners::list_scanners(const CancelToken& cancel) const {
  const auto worker = start_worker(worker_, Patience::of(limits_.list_limit, &cancel));
  if (!worker) {
    return tl::unexpected(worker.error());
  }
  RelayRules rules = rules_of(limits_);
  rules.silence_limit = limits_.list_limit;
  [[maybe_unused]] const Transfer sent = worker->channel().send(MessageKind::list_scanners, {});
  const auto answer = await_answer(worker->channel(), MessageKind::scanners, rules, cancel);
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  auto devices = decode_scanners(answer->body);
  return devices ? tl::expected<std::vector<ScannerDevice>, PageFault>(std::move(*devices))
                 : tl::unexpected(PageFault::scanner_failed);
}

Outcome Scanners::scan(const std::string& device, ScanSource source, int resolution, const PageSink& sink,
                       const CancelToken& cancel) const {
  auto worker = start_worker(worker_, Patience::of(limits_.silence_limit, &cancel));
  if (!worker) {
    return {.fault = worker.error(), .pages = 0, .detail = "no worker"};
  }
  const base::Bytes request =
      encode(ScanRequest{.device = device,
                         .source = source,
                         .resolution = std::clamp(resolution, kLowestResolution, kHighestResolution),
                         .max_pages = source == ScanSource::flatbed ? 1 : limits_.max_pages,
                         .max_pixels = limits_.max_pixels,
                         .preview_px = limits_.preview_px,
                         .thumbnail_px = limits_.thumbnail_px});
  // A worker that does not take the request is met again, and named, by relay_pages.
  [[maybe_unused]] const Transfer sent =
      worker->channel().send(MessageKind::scan, {request}, Patience::of(limits_.silence_limit, &cancel));
  Outcome outcome = relay_pages(worker->channel(), rules_of(limits_), sink, cancel);
  if (outcome.fault != PageFault::none && outcome.fault != PageFault::scanner_hanging) {
    stop_gently(*worker, limits_.cancel_limit);
  }
  const std::string end = worker->stop();
  outcome.detail += outcome.fault == PageFault::none ? "" : " (" + end + ")";
  return outcome;
}

}  // namespace bangwu::capture
