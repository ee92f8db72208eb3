#include "courier/delivery.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "json/text.h"

namespace bangwu::courier {
namespace {

using outbox::Reason;

constexpr std::chrono::seconds kAside{3};  // for one that hung, so that another gets its turn first
constexpr std::chrono::seconds kRecordEach{1};
constexpr std::uint64_t kLargeRest = 4U << 20;  // bytes left: the outbox sends smaller ones before it anyway

Trouble local(const base::Error& error) { return {.local = error}; }
Trouble foreign() { return {.verdict = {Step::wait, Reason::not_our_central}}; }

}  // namespace

Delivery::Delivery(Desk& desk, outbox::Parcel parcel)
    : desk_(desk),
      parcel_(std::move(parcel)),
      path_("/v1/envelopes/" + base::to_string(parcel_.envelope.id)),
      lease_extended_(desk.clock.steady()),
      recorded_at_(desk.clock.steady()) {}

base::Result<Attempt> Delivery::run(const std::stop_token& stop, const Courier::MayGoOn& may_go_on) {
  stop_ = stop;
  may_go_on_ = may_go_on;
  auto ended = exchange();
  if (auto* receipt = std::get_if<Receipt>(&ended)) {
    return Attempt{parcel_.envelope.id, outbox::Delivered{desk_.clock.now()}, std::move(*receipt)};
  }
  if (lease_lost_) return tl::unexpected(*lease_lost_);
  return conclude(std::get<Trouble>(ended));
}

std::variant<envelope::Receipt, Trouble> Delivery::exchange() {
  if (parcel_.last_failure && may_have_arrived(*parcel_.last_failure)) {
    auto asked = ask_first(*parcel_.last_failure);
    if (auto* receipt = std::get_if<Receipt>(&asked)) return std::move(*receipt);
    if (auto* trouble = std::get_if<Trouble>(&asked)) return std::move(*trouble);
  }
  for (bool is_repeat = false;; is_repeat = true) {
    if (auto trouble = upload_all()) return without_page(std::move(*trouble));
    const Outcome outcome = put_envelope();
    if (const auto* failure = std::get_if<NotSent>(&outcome)) return trouble_of(*failure);
    if (const auto* failure = std::get_if<OutcomeUnknown>(&outcome))
      return trouble_of(*failure, Reason::outcome_unknown);
    const auto& answer = std::get<Answer>(outcome);
    const Verdict verdict = judge(Exchange::envelope, answer.status, answer.problem());
    if (verdict.step == Step::accepted) {
      auto settled = settle(answer);
      if (auto* receipt = std::get_if<Receipt>(&settled)) return std::move(*receipt);
      if (auto* trouble = std::get_if<Trouble>(&settled)) return std::move(*trouble);
      return foreign();
    }
    if (verdict.step != Step::upload_missing || is_repeat) return trouble_of(verdict, answer, desk_.clock.now());
    const auto reopened = reopen_missing(answer);
    if (!reopened) return local(reopened.error());
    if (!*reopened) return foreign();
  }
}

/// A page that is gone or damaged here is no loss where central has the item already: "hand it in again" would double
/// it.
std::variant<envelope::Receipt, Trouble> Delivery::without_page(Trouble trouble) {
  if (trouble.verdict != Verdict{Step::dead, Reason::blob_damaged}) return trouble;
  auto asked = ask_first(Reason::blob_damaged);
  if (auto* receipt = std::get_if<Receipt>(&asked)) return std::move(*receipt);
  if (auto* unknown = std::get_if<Trouble>(&asked)) return std::move(*unknown);
  return trouble;
}

/// Nothing: central does not have it, or has something else under the id, which its answer to the PUT will say. What
/// gives no answer leaves the item waiting for `reason`.
std::variant<std::monostate, envelope::Receipt, Trouble> Delivery::ask_first(Reason reason) {
  phase_ = Phase::asking;
  const Outcome outcome = desk_.http.send({Method::get, path_, {}, {}}, stop_, [this] { return go_on(); });
  const auto still_unknown = [reason](Trouble trouble) {
    trouble.verdict.reason = reason;
    return trouble;
  };
  if (const auto* failure = std::get_if<NotSent>(&outcome)) return still_unknown(trouble_of(*failure));
  if (const auto* failure = std::get_if<OutcomeUnknown>(&outcome)) {
    return trouble_of(*failure, reason);
  }
  const auto& answer = std::get<Answer>(outcome);
  const Verdict verdict = judge(Exchange::question, answer.status, answer.problem());
  if (verdict.step == Step::absent) return std::monostate{};
  if (verdict.step == Step::accepted) return settle(answer);
  Trouble trouble = trouble_of(verdict, answer, desk_.clock.now());
  return verdict.step == Step::dead ? trouble : still_unknown(std::move(trouble));
}

std::optional<Trouble> Delivery::upload_all() {
  phase_ = Phase::uploading;
  if (auto trouble = learn_server()) return trouble;
  UploadBatch batch{desk_.http.origin(), desk_.settings.uploads_path, *this, desk_.clock, std::nullopt};
  std::vector<std::unique_ptr<TusUpload>> uploads;
  std::vector<Conversation*> conversations;
  for (const outbox::Upload& upload : parcel_.uploads) {
    if (upload.is_complete) continue;
    uploads.push_back(std::make_unique<TusUpload>(plan_for(upload), batch));
    conversations.push_back(uploads.back().get());
  }
  desk_.http.converse(conversations, desk_.settings.uploads_at_once, stop_, [this] { return go_on(); });
  const bool are_all_there = std::all_of(parcel_.uploads.begin(), parcel_.uploads.end(),
                                         [](const outbox::Upload& upload) { return upload.is_complete; });
  if (batch.trouble) desk_.tus.reset();
  if (!batch.trouble && !are_all_there) return Trouble{.is_cancelled = true};
  return std::move(batch.trouble);
}

/// Small blobs may go in one request, unless the last attempt broke: then the way that loses nothing is taken.
bool Delivery::may_share_request(const outbox::Upload& upload) const {
  return !upload.is_complete && upload.url.empty() && upload.attachment.size <= desk_.settings.one_request_limit &&
         parcel_.last_failure != Reason::network;
}

std::optional<Trouble> Delivery::learn_server() {
  const bool matters = std::any_of(parcel_.uploads.begin(), parcel_.uploads.end(),
                                   [this](const outbox::Upload& upload) { return may_share_request(upload); });
  if (desk_.tus || !matters) return std::nullopt;
  const Outcome outcome =
      desk_.http.send(ask_tus_server(desk_.settings.uploads_path), stop_, [this] { return go_on(); });
  if (const auto* failure = std::get_if<NotSent>(&outcome)) return trouble_of(*failure);
  if (const auto* failure = std::get_if<OutcomeUnknown>(&outcome)) return trouble_of(*failure, Reason::network);
  desk_.tus = tus_server_from(std::get<Answer>(outcome));
  return std::nullopt;
}

UploadPlan Delivery::plan_for(const outbox::Upload& upload) const {
  const bool in_one = desk_.tus && desk_.tus->creation == Creation::with_bytes && may_share_request(upload);
  return {desk_.blobs.path_of(upload.attachment.sha256),
          {upload.attachment.sha256, upload.attachment.size},
          upload.url,
          in_one ? Creation::with_bytes : Creation::alone};
}

/// With the receipt it had, if central has lost it: it takes it again as it was.
Outcome Delivery::put_envelope() {
  phase_ = Phase::handing_over;
  std::string media_type = "application/json", body = envelope::to_json(parcel_.envelope);
  if (parcel_.receipt) {
    media_type = "application/vnd.bangwu.envelope-with-receipt+json";
    body = R"({"envelope":)" + body + R"(,"receipt":)" + envelope::to_json(*parcel_.receipt) + "}";
  }
  return desk_.http.send({Method::put, path_, {{"Content-Type", media_type}}, std::move(body)}, stop_,
                         [this] { return go_on(); });
}

/// Whether there is anything of this envelope among what central says it misses.
base::Result<bool> Delivery::reopen_missing(const Answer& answer) {
  const auto document = json::parse(answer.body).value_or(json::Value());
  const json::Value* missing = document.find("missing");
  if (missing == nullptr) return false;
  bool is_any = false;
  for (const auto& element : missing->elements()) {
    const std::string* name = element.text();
    if (name == nullptr || !carries(*name)) continue;
    if (auto written = forgotten(*name); !written) return tl::unexpected(written.error());
    is_any = true;
  }
  return is_any;
}

/// The outbox is the judge of a receipt: it knows what was signed, under this enrolment and before. Nothing: no proof.
std::variant<std::monostate, envelope::Receipt, Trouble> Delivery::settle(const Answer& answer) {
  auto receipt = envelope::receipt_from_json(answer.body);
  if (!receipt) return std::monostate{};
  const auto stored = desk_.outbox.deliver(parcel_.envelope.id, *receipt, desk_.clock.now());
  if (stored) return std::move(*receipt);
  if (stored.error().code == base::ErrorCode::unauthorised) return std::monostate{};
  return local(stored.error());
}

bool Delivery::go_on() {
  if (desk_.clock.steady() - lease_extended_ > desk_.settings.lease / 4) {
    lease_extended_ = desk_.clock.steady();
    if (auto extended = desk_.outbox.extend(parcel_.lease, desk_.clock.now(), desk_.settings.lease); !extended) {
      lease_lost_ = extended.error();
      return false;
    }
  }
  return !may_go_on_ || may_go_on_();
}

bool Delivery::carries(std::string_view sha256) const {
  return std::any_of(parcel_.uploads.begin(), parcel_.uploads.end(),
                     [&](const outbox::Upload& upload) { return upload.attachment.sha256 == sha256; });
}

void Delivery::mark(std::string_view sha256, const std::string& path, bool is_complete) {
  for (auto& upload : parcel_.uploads) {
    if (upload.attachment.sha256 == sha256) upload = {upload.attachment, path, is_complete};
  }
}

base::Result<void> Delivery::created(std::string_view sha256, std::string_view path) {
  mark(sha256, std::string(path), false);
  return desk_.outbox.record_upload(parcel_.lease, sha256, path);
}

/// A commit for each of hundreds of small blobs would take longer than sending them. So the ends of small uploads are
/// written once a second and when the attempt fails: a crash costs sending again what arrived in its last second.
base::Result<void> Delivery::completed(std::string_view sha256) {
  mark(sha256, "", true);
  unrecorded_.emplace_back(sha256);
  const auto upload = std::find_if(parcel_.uploads.begin(), parcel_.uploads.end(),
                                   [&](const outbox::Upload& other) { return other.attachment.sha256 == sha256; });
  const bool is_large = upload != parcel_.uploads.end() && upload->attachment.size > desk_.settings.one_request_limit;
  if (!is_large && desk_.clock.steady() - recorded_at_ < kRecordEach) return {};
  return record_completed();
}

base::Result<void> Delivery::record_completed() {
  recorded_at_ = desk_.clock.steady();
  for (const auto& sha256 : std::exchange(unrecorded_, {})) {
    if (auto written = desk_.outbox.record_uploaded(parcel_.lease, sha256); !written) return written;
  }
  return {};
}

base::Result<void> Delivery::forgotten(std::string_view sha256) {
  mark(sha256, "", false);
  std::erase(unrecorded_, sha256);
  return desk_.outbox.forget_upload(parcel_.lease, sha256);
}

base::Result<Attempt> Delivery::conclude(const Trouble& trouble) {
  if (trouble.local) return tl::unexpected(*trouble.local);
  if (auto written = record_completed(); !written) return tl::unexpected(written.error());
  if (trouble.is_cancelled) return stop_.stop_requested() ? give_back() : step_aside();
  if (trouble.verdict.step == Step::dead) {
    if (auto buried = desk_.outbox.bury(parcel_.lease, trouble.verdict.reason); !buried)
      return tl::unexpected(buried.error());
    return Attempt{parcel_.envelope.id, outbox::Dead{trouble.verdict.reason}, std::nullopt, trouble.detail};
  }
  std::uint64_t random = 0;
  desk_.random.fill({reinterpret_cast<std::uint8_t*>(&random), sizeof random});
  auto postponed = postpone(next_wait(parcel_.attempts, random, trouble.retry_after), trouble.verdict.reason);
  if (postponed) postponed->detail = trouble.detail;
  return postponed;
}

base::Result<Attempt> Delivery::step_aside() {
  std::uint64_t rest = 0;
  for (const auto& upload : parcel_.uploads) rest += upload.is_complete ? 0 : upload.attachment.size;
  if (phase_ == Phase::uploading && rest > kLargeRest) return give_back();
  return postpone(kAside, phase_ == Phase::uploading ? Reason::network : Reason::outcome_unknown);
}

base::Result<Attempt> Delivery::postpone(std::chrono::milliseconds wait, Reason reason) {
  const auto now = desk_.clock.now();
  const auto until = now + wait;
  if (auto written = desk_.outbox.postpone(parcel_.lease, now, until, reason); !written)
    return tl::unexpected(written.error());
  return Attempt{parcel_.envelope.id, outbox::Waiting{until, reason}, std::nullopt};
}

base::Result<Attempt> Delivery::give_back() {
  if (auto released = desk_.outbox.release(parcel_.lease); !released) return tl::unexpected(released.error());
  return Attempt{parcel_.envelope.id, outbox::Ready{}, std::nullopt};
}

}  // namespace bangwu::courier
