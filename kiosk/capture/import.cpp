#include "capture/import.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <utility>

#include "base/log.h"
#include "capture/file_kind.h"
#include "capture/listing.h"
#include "capture/relay.h"

namespace bangwu::capture {
namespace {

using domain::PageFault;

constexpr int kLargestPreview = 4'096;
constexpr int kMostPassedOver = 3;  ///< pages of one document that took too long: half a minute

/// A file read whole, its kind told.
struct ReadFile {
  base::Bytes bytes;
  FileKind kind = FileKind::unknown;
};

/// A file that is as it was keeps its token: who chooses from a list that is being made anew gets what he saw.
void keep_tokens(const Listing& before, Listing& now) {
  if (before.root != now.root || before.device != now.device) {
    return;
  }
  std::map<Names, const FileEntry*> known;
  for (const ListedFile& file : before.files) {
    known.emplace(file.way, &file.entry);
  }
  for (ListedFile& file : now.files) {
    const auto found = known.find(file.way);
    if (found != known.end() && found->second->size == file.entry.size &&
        found->second->modified == file.entry.modified) {
      file.entry.token = found->second->token;
    }
  }
}

/// Another file of the same name, of another stick perhaps, is not the one that was chosen.
bool is_as_listed(const struct stat& status, const FileEntry& entry) {
  return static_cast<std::uint64_t>(status.st_size) == entry.size &&
         std::chrono::sys_seconds(std::chrono::seconds(status.st_mtim.tv_sec)) == entry.modified;
}

tl::expected<ReadFile, PageFault> read_whole(const Listing& listing, const ListedFile& listed,
                                             const ImportLimits& limits, const CancelToken& cancel) {
  const auto open = open_file(listing.root, listed.way);
  if (!open) {
    return tl::unexpected(open.error());
  }
  if (!is_as_listed(open->status, listed.entry)) {
    return tl::unexpected(PageFault::file_gone);
  }
  const auto size = static_cast<std::size_t>(open->status.st_size);
  if (size == 0) {
    return tl::unexpected(PageFault::file_empty);
  }
  if (size > limits.max_file_bytes) {
    return tl::unexpected(PageFault::file_too_large);
  }
  auto bytes = read_bytes(*open, size, cancel);
  if (!bytes) {
    return tl::unexpected(bytes.error());
  }
  if (bytes->size() < size) {
    return tl::unexpected(PageFault::file_damaged);
  }
  ReadFile file{std::move(*bytes), FileKind::unknown};
  file.kind = kind_of_file(file.bytes, listed.way.back());
  if (const PageFault fault = fault_of_kind(file.kind); fault != PageFault::none) {
    return tl::unexpected(fault);
  }
  return file;
}

FileKind kind_of_media_type(std::string_view media_type) {
  return media_type == "image/jpeg" ? FileKind::jpeg : media_type == "image/png" ? FileKind::png : FileKind::unknown;
}

ImportRequest request_for(FileKind kind, const ImportLimits& limits, UnreadablePages unreadable) {
  return {.kind = kind,
          .max_pages = limits.max_pages,
          .max_pixels = limits.max_pixels,
          .kept_pixels = limits.kept_pixels,
          .preview_px = limits.preview_px,
          .thumbnail_px = limits.thumbnail_px,
          .unreadable = unreadable};
}

}  // namespace

struct Importer::State {
  WorkerSettings settings;
  ImportLimits limits;
  std::map<std::filesystem::path, Listing> listings{};  ///< of each place the last one
  std::uint32_t next_token = 1;
  std::optional<WorkerProcess> worker{};  ///< fresh, or has made previews of this visit

  /// The file with this token and the listing it is in, or nothing.
  [[nodiscard]] std::pair<const Listing*, const ListedFile*> find(std::uint32_t token) const {
    for (const auto& [path, listing] : listings) {
      for (const ListedFile& file : listing.files) {
        if (file.entry.token == token) {
          return {&listing, &file};
        }
      }
    }
    return {};
  }

  /// A running worker that is shut in. Faults: internal, cancelled.
  tl::expected<WorkerProcess*, PageFault> shut_in_worker(const CancelToken& cancel) {
    WorkerProcess* process = ready_worker();
    if (process == nullptr) {
      return tl::unexpected(PageFault::internal);
    }
    if (const auto walls = process->await_shut_in(Patience::of(limits.silence_limit, &cancel)); !walls) {
      worker.reset();
      if (walls.error().code == base::ErrorCode::cancelled) {
        return tl::unexpected(PageFault::cancelled);
      }
      base::log(base::LogLevel::error, "cell.not_built", {{"detail", walls.error().detail}});
      return tl::unexpected(PageFault::internal);
    }
    return process;
  }

  /// A running worker; nothing if none can be started.
  WorkerProcess* ready_worker() {
    if (!worker || !worker->is_running()) {
      worker.reset();
      auto started = WorkerProcess::start(settings, WorkerRole::import);
      if (!started) {
        base::log(base::LogLevel::error, "capture.worker_missing", {{"detail", started.error().detail}});
        return nullptr;
      }
      worker.emplace(std::move(*started));
    }
    return &*worker;
  }

  [[nodiscard]] RelayRules rules() const {
    return {.bounds = {limits.max_pixels, limits.preview_px, limits.thumbnail_px},
            .max_pages = limits.max_pages,
            .silence_limit = limits.silence_limit,
            .when_broken = PageFault::file_damaged,
            .when_silent = PageFault::file_too_complex,
            .keeps_detail = false,
            .supply_bytes = {}};
  }

  /// Pages that take too long are passed over like others that cannot be read: a fresh worker goes on behind each.
  Outcome pages_of(ReadFile file, UnreadablePages unreadable, const PageSink& sink, const CancelToken& cancel) {
    Outcome whole;
    Outcome first_complex;
    for (int passed_over = 0, pages_before = 0;; ++passed_over) {
      const Outcome part = pages_behind(pages_before, file, unreadable, sink, cancel);
      whole = {.fault = part.fault, .pages = whole.pages + part.pages, .page = part.page, .detail = part.detail};
      const bool is_complex = part.fault == PageFault::page_too_complex;
      if (is_complex && passed_over == 0) first_complex = part;
      if (is_complex && unreadable == UnreadablePages::leave_out && passed_over < kMostPassedOver) {
        pages_before = part.page;
        continue;
      }
      if (passed_over == 0) return whole;
      if (is_complex) return {.fault = PageFault::file_too_complex, .pages = whole.pages, .detail = whole.detail};
      const bool is_of_a_page = part.fault == PageFault::page_damaged || part.fault == PageFault::page_shape;
      if (part.fault != PageFault::none && !is_of_a_page) return whole;
      return whole.pages > 0 ? Outcome{.pages = whole.pages, .detail = {}} : first_complex;
    }
  }

  Outcome pages_behind(int pages_before, ReadFile& file, UnreadablePages unreadable, const PageSink& sink,
                       const CancelToken& cancel) {
    const auto ready = shut_in_worker(cancel);
    if (!ready) {
      return {.fault = ready.error(), .pages = 0, .detail = "no worker"};
    }
    WorkerProcess* process = *ready;
    ImportRequest request = request_for(file.kind, limits, unreadable);
    request.pages_before = pages_before;
    const base::Bytes header = encode(request);
    const Patience patience = Patience::of(limits.silence_limit, &cancel);
    const Transfer sent = process->channel().send(MessageKind::import, {header, file.bytes}, patience);
    if (sent == Transfer::cancelled) {
      return {.fault = PageFault::cancelled, .pages = 0, .detail = {}};
    }
    RelayRules rules = this->rules();
    const bool is_picture = file.kind == FileKind::jpeg || file.kind == FileKind::png;
    if (!is_picture) rules.page_limit = limits.page_limit;
    if (!is_picture && unreadable == UnreadablePages::refuse) {
      file.bytes = {};
    }
    rules.supply_bytes = [&](CapturedPage& page) {
      if (!is_picture) return false;
      page.encoded = std::move(file.bytes);
      file.bytes = {};
      return !page.encoded.empty() && kind_of_media_type(page.media_type) == file.kind;
    };
    Outcome outcome = relay_pages(process->channel(), rules, sink, cancel);
    // It has digested a stranger's file: no other file is given to it.
    const std::string end = process->stop();
    outcome.detail += outcome.detail.empty() ? "" : " (" + end + ")";
    return outcome;
  }
};

Importer::Importer(WorkerSettings worker, ImportLimits limits)
    : state_(std::make_unique<State>(State{.settings = std::move(worker), .limits = limits})) {}
Importer::Importer(Importer&&) noexcept = default;
Importer& Importer::operator=(Importer&&) noexcept = default;
Importer::~Importer() = default;

void Importer::warm_up() { state_->ready_worker(); }

tl::expected<std::vector<FileEntry>, PageFault> Importer::list_files(const Place& place, const CancelToken& cancel) {
  const auto before = state_->listings.extract(place.path);
  auto listing = list_directory(place.path, state_->limits, state_->next_token, cancel);
  if (!listing) {
    return tl::unexpected(listing.error());
  }
  if (!before.empty()) {
    keep_tokens(before.mapped(), *listing);
  }
  std::vector<FileEntry> entries;
  for (const ListedFile& file : listing->files) {
    entries.push_back(file.entry);
  }
  state_->next_token += static_cast<std::uint32_t>(entries.size());
  state_->listings.insert_or_assign(place.path, std::move(*listing));
  return entries;
}

Outcome Importer::import_file(std::uint32_t token, const PageSink& sink, const CancelToken& cancel,
                              UnreadablePages unreadable) {
  const auto [listing, listed] = state_->find(token);
  if (listed == nullptr) {
    return {.fault = PageFault::file_gone, .pages = 0, .detail = "not in the listing"};
  }
  if (!is_still_there(*listing)) {
    return {.fault = PageFault::media_removed, .pages = 0, .detail = {}};
  }
  auto file = read_whole(*listing, *listed, state_->limits, cancel);
  if (!file) {
    return {.fault = fault_of_file(file.error(), *listing), .pages = 0, .detail = {}};
  }
  const Outcome outcome = state_->pages_of(std::move(*file), unreadable, sink, cancel);
  warm_up();
  return outcome;
}

tl::expected<Raster, PageFault> Importer::render_preview(std::span<const std::uint8_t> encoded,
                                                         std::string_view media_type, int max_px,
                                                         const CancelToken& cancel) {
  const FileKind kind = kind_of_media_type(media_type);
  if (kind == FileKind::unknown) {
    return tl::unexpected(PageFault::file_wrong_type);
  }
  const auto ready = state_->shut_in_worker(cancel);
  if (!ready) {
    return tl::unexpected(ready.error());
  }
  WorkerProcess* process = *ready;
  const int longest = std::clamp(max_px, 1, kLargestPreview);
  ImportRequest request = request_for(kind, state_->limits, UnreadablePages::refuse);
  request.preview_px = longest;
  const Patience patience = Patience::of(state_->limits.silence_limit, &cancel);
  const base::Bytes header = encode(request);
  [[maybe_unused]] const Transfer sent = process->channel().send(MessageKind::preview, {header, encoded}, patience);
  const auto answer = await_answer(process->channel(), MessageKind::picture, state_->rules(), cancel);
  Reader reader(answer ? std::span<const std::uint8_t>(answer->body) : std::span<const std::uint8_t>());
  Raster raster = reader.raster(longest);
  const auto end = answer ? await_answer(process->channel(), MessageKind::done, state_->rules(), cancel) : answer;
  if (!answer || !end || !reader.is_at_end()) {
    process->stop();
    return tl::unexpected(!answer ? answer.error() : !end ? end.error() : PageFault::file_damaged);
  }
  return raster;
}

void Importer::forget() {
  state_->listings.clear();
  state_->worker.reset();
}

}  // namespace bangwu::capture
