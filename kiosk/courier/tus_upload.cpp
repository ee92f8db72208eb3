#include "courier/tus_upload.h"

#include <charconv>
#include <utility>

#include "base/encoding.h"
#include "base/text.h"
#include "envelope/keys.h"

namespace bangwu::courier {
namespace {

using outbox::Reason;

constexpr int kMostCreations = 2;  // in one attempt, after the first

Header version() { return {"Tus-Resumable", "1.0.0"}; }
Header bytes_follow() { return {"Content-Type", "application/offset+octet-stream"}; }

bool lists(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const auto comma = list.find(',');
    std::string_view item = list.substr(0, comma);
    while (!item.empty() && item.front() == ' ') item.remove_prefix(1);
    while (!item.empty() && item.back() == ' ') item.remove_suffix(1);
    if (item == word) return true;
    if (comma == std::string_view::npos) return false;
    list.remove_prefix(comma + 1);
  }
  return false;
}

}  // namespace

Trouble trouble_of(const NotSent& failure) {
  Trouble trouble;
  switch (failure.error.code) {
    case base::ErrorCode::cancelled: trouble.is_cancelled = true; break;
    case base::ErrorCode::not_found:
    case base::ErrorCode::corrupt: trouble.verdict = {Step::dead, Reason::blob_damaged}; break;
    case base::ErrorCode::io_failed: trouble.verdict = {Step::wait, Reason::blob_damaged}; break;
    case base::ErrorCode::unauthorised: trouble.verdict = {Step::wait, Reason::not_our_central}; break;
    default: break;
  }
  return trouble;
}

Trouble trouble_of(const OutcomeUnknown& failure, Reason reason) {
  Trouble trouble;
  trouble.verdict = {Step::wait, reason};
  trouble.is_cancelled = failure.error.code == base::ErrorCode::cancelled;
  return trouble;
}

Trouble trouble_of(const Verdict& verdict, const Answer& answer, base::SystemTime now) {
  Trouble trouble;
  trouble.verdict = {verdict.step == Step::dead ? Step::dead : Step::wait, verdict.reason};
  trouble.detail = answer.detail();
  const auto field = answer.header("Retry-After");
  if (!field.empty()) trouble.retry_after = parse_retry_after(field, answer.header("Date"), now);
  return trouble;
}

std::optional<Request> TusUpload::begin() {
  if (batch_.trouble) return std::nullopt;
  return plan_.path.empty() ? create() : ask();
}

std::optional<Request> TusUpload::next(const Outcome& outcome) {
  std::optional<Request> request;
  if (const auto* answer = std::get_if<Answer>(&outcome)) request = after(*answer);
  if (const auto* unknown = std::get_if<OutcomeUnknown>(&outcome)) request = after(*unknown);
  if (const auto* not_sent = std::get_if<NotSent>(&outcome)) stop(trouble_of(*not_sent));
  if (batch_.trouble) return std::nullopt;
  return request;
}

Request TusUpload::create() {
  Request request{Method::post, batch_.path, {version(), {"Upload-Length", std::to_string(plan_.blob.size)}}, {}};
  request.headers.push_back({"Upload-Metadata", "sha256 " + base::to_base64(base::bytes_of(plan_.blob.sha256))});
  doing_ = Doing::creating;
  if (plan_.creation == Creation::with_bytes && plan_.blob.size > 0) {
    request.headers.push_back(bytes_follow());
    request.body = FileBody{plan_.file, plan_.blob, 0};
    doing_ = Doing::creating_with_bytes;
  }
  return request;
}

Request TusUpload::ask() {
  doing_ = Doing::asking;
  return {Method::head, plan_.path, {version()}, {}};
}

Request TusUpload::send_from(std::uint64_t offset) {
  doing_ = Doing::sending;
  offset_ = offset;
  return {Method::patch,
          plan_.path,
          {version(), {"Upload-Offset", std::to_string(offset)}, bytes_follow()},
          FileBody{plan_.file, plan_.blob, offset}};
}

std::optional<Request> TusUpload::after(const OutcomeUnknown& failure) {
  if (failure.error.code == base::ErrorCode::cancelled || doing_ != Doing::sending) {
    return stop(trouble_of(failure, Reason::network));
  }
  return ask();  // the server keeps what arrived
}

std::optional<Request> TusUpload::after(const Answer& answer) {
  const Verdict verdict = judge(Exchange::upload, answer.status, answer.problem());
  switch (verdict.step) {
    case Step::accepted: break;
    case Step::create_anew: return create_anew(verdict, answer);
    case Step::resume:
      if (doing_ == Doing::sending) return ask();
      return stop_as_foreign();
    default: return stop(trouble_of(verdict, answer, batch_.clock.now()));
  }
  switch (doing_) {
    case Doing::asking: return after_asked(answer);
    case Doing::sending: return after_sent(answer);
    case Doing::creating:
    case Doing::creating_with_bytes: return after_created(answer);
  }
  return stop_as_foreign();
}

std::optional<Request> TusUpload::after_created(const Answer& answer) {
  if (answer.status != 201) return stop_as_foreign();
  const auto path = batch_.origin.path_of_location(answer.header("Location"), batch_.path);
  if (!path) return stop_as_foreign();
  const auto offset = base::number_from<std::uint64_t>(answer.header("Upload-Offset"));
  if (offset == plan_.blob.size || plan_.blob.size == 0) return complete();
  if (auto written = batch_.journal.created(plan_.blob.sha256, *path); !written) {
    return stop({.local = written.error()});
  }
  plan_.path = *path;
  if (!offset && doing_ == Doing::creating_with_bytes) return ask();
  if (offset.value_or(0) > plan_.blob.size) return stop_as_foreign();
  return send_from(offset.value_or(0));
}

std::optional<Request> TusUpload::after_asked(const Answer& answer) {
  const auto offset = base::number_from<std::uint64_t>(answer.header("Upload-Offset"));
  const auto length = base::number_from<std::uint64_t>(answer.header("Upload-Length"));
  if (!offset) return stop_as_foreign();
  if (*offset > plan_.blob.size || (length && *length != plan_.blob.size)) {
    return create_anew({Step::create_anew, Reason::not_our_central}, answer);
  }
  if (*offset == plan_.blob.size) return complete();
  if (offset_ && *offset == *offset_) {  // broken twice at the same place: not now
    return stop({.verdict = {Step::wait, Reason::network}});
  }
  return send_from(*offset);
}

std::optional<Request> TusUpload::after_sent(const Answer& answer) {
  const auto offset = base::number_from<std::uint64_t>(answer.header("Upload-Offset"));
  if (!offset || *offset <= offset_.value_or(0) || *offset > plan_.blob.size) return stop_as_foreign();
  if (*offset == plan_.blob.size) return complete();
  return send_from(*offset);
}

std::optional<Request> TusUpload::create_anew(const Verdict& verdict, const Answer& answer) {
  const bool has_upload = doing_ == Doing::asking || doing_ == Doing::sending || verdict.reason == Reason::network;
  if (!has_upload || created_anew_ == kMostCreations) {
    return stop(
        trouble_of({Step::wait, has_upload ? verdict.reason : Reason::not_our_central}, answer, batch_.clock.now()));
  }
  if (auto written = batch_.journal.forgotten(plan_.blob.sha256); !written) {
    return stop({.local = written.error()});
  }
  ++created_anew_;
  plan_.path.clear();
  offset_.reset();
  return create();
}

std::optional<Request> TusUpload::complete() {
  if (auto written = batch_.journal.completed(plan_.blob.sha256); !written) {
    return stop({.local = written.error()});
  }
  return std::nullopt;
}

std::optional<Request> TusUpload::stop(Trouble trouble) {
  if (!batch_.trouble) batch_.trouble = std::move(trouble);
  return std::nullopt;
}

std::optional<Request> TusUpload::stop_as_foreign() { return stop({.verdict = {Step::wait, Reason::not_our_central}}); }

Request ask_tus_server(std::string path) { return {Method::options, std::move(path), {version()}, {}}; }

TusServer tus_server_from(const Answer& answer) {
  TusServer server;
  if (answer.status >= 200 && answer.status < 300 && lists(answer.header("Tus-Extension"), "creation-with-upload")) {
    server.creation = Creation::with_bytes;
  }
  return server;
}

}  // namespace bangwu::courier
