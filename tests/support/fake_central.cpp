#include "support/fake_central.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

namespace bangwu::support {
namespace {

constexpr const char* kUploads = "/v1/uploads";

std::optional<std::uint64_t> number_in(const std::string& text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string hash_of(const std::string& bytes) {
  return envelope::sha256_hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

HttpReply tus(int status, std::vector<std::pair<std::string, std::string>> headers = {}) {
  headers.emplace_back("Tus-Resumable", "1.0.0");
  return {status, std::move(headers), ""};
}

HttpReply json_reply(int status, std::string body) {
  return {status, {{"Content-Type", "application/json"}}, std::move(body)};
}

}  // namespace

HttpReply problem(int status, const std::string& name, const std::string& members) {
  return {status,
          {{"Content-Type", "application/problem+json"}},
          R"({"type":"urn:bangwu:problem:)" + name + R"(","title":"test","status":)" + std::to_string(status) +
              members + "}"};
}

FakeCentral::FakeCentral(std::string token, const envelope::VerifyKey& device)
    : token_(std::move(token)), device_(device) {}

FaultServer::Handler FakeCentral::handler() {
  return [this](const HttpRequest& request) {
    const std::scoped_lock lock{mutex_};
    return handle(request);
  };
}

HttpReply FakeCentral::handle(const HttpRequest& request) {
  const std::string& target = request.target;
  if (target == "/v1/enrolments" && request.method == "POST") return enrol(request);
  if (request.header("Authorization") != "Bearer " + token_) return violation(problem(401, "unknown-kiosk"));
  if (target.starts_with(kUploads)) return handle_upload(request);
  // It forgets nothing and lets nothing be forgotten.
  if (target == "/v1/kiosk/sync" && request.method == "POST")
    return {200, {}, R"({"generation":"","recovering":false,"settled":0,"highest":0,"wanted_from":null})"};
  const std::string envelopes = "/v1/envelopes/";
  if (!target.starts_with(envelopes)) return violation(problem(404, "no-such-resource"));
  const std::string id = target.substr(envelopes.size());
  if (request.method == "PUT") return request.is_whole ? put(request, id) : HttpReply{};
  const auto found = envelopes_.find(id);
  if (found == envelopes_.end()) return problem(404, "not-found");
  return json_reply(200, found->second.receipt);
}

HttpReply FakeCentral::handle_upload(const HttpRequest& request) {
  if (request.method == "OPTIONS") {
    return tus(204, {{"Tus-Version", "1.0.0"},
                     {"Tus-Extension", creation_with_upload_ ? "creation,creation-with-upload" : "creation"}});
  }
  if (request.header("Tus-Resumable") != "1.0.0") return violation(tus(412));
  if (request.method == "POST") return create(request);
  const std::string id = request.target.substr(std::string(kUploads).size() + 1);
  const auto found = uploads_.find(id);
  if (found == uploads_.end()) return tus(404);
  if (request.method == "PATCH") return append(request, id);
  return tus(200, {{"Upload-Offset", std::to_string(found->second.bytes.size())},
                   {"Upload-Length", std::to_string(found->second.length)},
                   {"Cache-Control", "no-store"}});
}

HttpReply FakeCentral::create(const HttpRequest& request) {
  const auto length = number_in(request.header("Upload-Length"));
  const std::string metadata = request.header("Upload-Metadata");
  if (!length || !metadata.starts_with("sha256 ")) return violation(tus(400));
  if (!creation_with_upload_ && !request.body.empty()) return violation(tus(400));
  const auto digits = envelope::from_base64(metadata.substr(7));
  if (!digits) return violation(tus(400));
  const std::string id = "u" + std::to_string(++created_);
  Upload& upload = uploads_[id];
  upload.length = *length;
  upload.sha256 = std::string(digits->begin(), digits->end());
  if (const auto blob = blobs_.find(upload.sha256); blob != blobs_.end()) {
    upload.bytes = blob->second;
  } else {
    upload.bytes = request.body;
  }
  if (upload.bytes.size() == upload.length) return finish(id, 201);
  return tus(201,
             {{"Location", std::string(kUploads) + "/" + id}, {"Upload-Offset", std::to_string(upload.bytes.size())}});
}

HttpReply FakeCentral::append(const HttpRequest& request, const std::string& id) {
  Upload& upload = uploads_[id];
  if (number_in(request.header("Upload-Offset")) != upload.bytes.size()) return tus(409);
  if (upload.bytes.size() + request.body.size() > upload.length) return violation(tus(413));
  upload.bytes += request.body;
  if (upload.bytes.size() == upload.length) return finish(id, 204);
  return tus(204, {{"Upload-Offset", std::to_string(upload.bytes.size())}});
}

HttpReply FakeCentral::finish(const std::string& id, int status) {
  const Upload& upload = uploads_[id];
  if (hash_of(upload.bytes) != upload.sha256) {
    uploads_.erase(id);
    return tus(460);
  }
  blobs_[upload.sha256] = upload.bytes;
  return tus(status,
             {{"Location", std::string(kUploads) + "/" + id}, {"Upload-Offset", std::to_string(upload.length)}});
}

HttpReply FakeCentral::put(const HttpRequest& request, const std::string& id) {
  const auto envelope = envelope::envelope_from_json(request.body);
  if (!envelope) return violation(problem(400, "malformed"));
  if (base::to_string(envelope->id) != id) return violation(problem(403, "forbidden"));
  if (!envelope::is_signed_by(*envelope, device_)) return violation(problem(403, "bad-signature"));
  const std::string hash = envelope::manifest_hash(*envelope);
  if (const auto known = envelopes_.find(id); known != envelopes_.end()) {
    if (known->second.manifest_hash != hash) return violation(problem(409, "different-content"));
    return json_reply(200, known->second.receipt);
  }
  for (const auto& [other, stored] : envelopes_) {
    if (stored.sequence == envelope->sequence) return violation(problem(409, "duplicate-identity"));
  }
  if (envelope->depends_on && !envelopes_.contains(base::to_string(*envelope->depends_on))) {
    return problem(409, "dependency-missing");
  }
  std::string missing;
  for (const auto& attachment : envelope->attachments) {
    if (!needs_attachments_ || blobs_.contains(attachment.sha256)) continue;
    missing += (missing.empty() ? "\"" : ",\"") + attachment.sha256 + "\"";
  }
  if (!missing.empty()) return problem(409, "attachments-missing", ",\"missing\":[" + missing + "]");
  Stored& stored = envelopes_[id];
  stored.manifest_hash = hash;
  stored.sequence = envelope->sequence;
  stored.receipt = envelope::to_json(receipt_for(*envelope));
  ++stored.times;
  return json_reply(201, stored.receipt);
}

HttpReply FakeCentral::enrol(const HttpRequest& request) {
  const auto wish = envelope::enrolment_request_from_json(request.body);
  if (!wish) return violation(problem(400, "malformed"));
  const bool is_proven =
      envelope::is_signed_by_device(*wish) && (!wish->earlier || envelope::is_signed_by_earlier(*wish));
  if (!is_proven) return violation(problem(403, "bad-signature"));
  if (code_.empty() || wish->code != code_) return problem(403, "enrolment-refused");
  last_enrolment_ = *wish;
  device_ = wish->device_key;
  code_.clear();
  return json_reply(201, to_json(envelope::EnrolmentAnswer{.kiosk = "k-test",
                                                           .name = code_name_,
                                                           .token = token_,
                                                           .sealing_key = unsealing_.public_key(),
                                                           .receipt_key = key_.public_key()}));
}

envelope::Receipt FakeCentral::receipt_for(const envelope::Envelope& envelope) const {
  auto receipt = envelope::receipt_for(envelope, envelope.created_at);
  envelope::sign(receipt, key_);
  return receipt;
}

HttpReply FakeCentral::violation(HttpReply reply) {
  ++violations_;
  return reply;
}

std::map<std::string, int> FakeCentral::stored() const {
  const std::scoped_lock lock{mutex_};
  std::map<std::string, int> times;
  for (const auto& [id, stored] : envelopes_) times[id] = stored.times;
  return times;
}

std::map<std::string, std::string> FakeCentral::blobs() const {
  const std::scoped_lock lock{mutex_};
  return blobs_;
}

std::size_t FakeCentral::uploads_created() const {
  const std::scoped_lock lock{mutex_};
  return created_;
}

int FakeCentral::violations() const {
  const std::scoped_lock lock{mutex_};
  return violations_;
}

void FakeCentral::expire_uploads() {
  const std::scoped_lock lock{mutex_};
  uploads_.clear();
}

void FakeCentral::lose_blob(const std::string& sha256) {
  const std::scoped_lock lock{mutex_};
  blobs_.erase(sha256);
}

void FakeCentral::announce_creation_with_upload(bool announced) {
  const std::scoped_lock lock{mutex_};
  creation_with_upload_ = announced;
}

void FakeCentral::expect_code(std::string code, std::string name) {
  const std::scoped_lock lock{mutex_};
  code_ = std::move(code);
  code_name_ = std::move(name);
}

std::optional<envelope::EnrolmentRequest> FakeCentral::last_enrolment() const {
  const std::scoped_lock lock{mutex_};
  return last_enrolment_;
}

void FakeCentral::keep_attachments_elsewhere() {
  const std::scoped_lock lock{mutex_};
  needs_attachments_ = false;
}

}  // namespace bangwu::support
