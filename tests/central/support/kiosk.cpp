#include "central/support/kiosk.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "envelope/bodies.h"

namespace bangwu::support {
namespace {

/// A picture of 16 × 8 pixels, black on the left and white on the right (JPEG, grey), in hex.
constexpr std::string_view kSmallPicture =
    "ffd8ffe000104a46494600010100000100010000ffdb004300080606070605080707070909080a0c140d0c0b0b0c1912"
    "130f141d1a1f1e1d1a1c1c20242e2720222c231c1c2837292c30313434341f27393d38323c2e333432ffc0000b080008"
    "001001011100ffc40014000100000000000000000000000000000008ffc4001410010000000000000000000000000000"
    "0000ffda0008010100003f003f9fefffd9";

/// The picture, and behind its end whatever else: a page of `size` bytes that no two share.
base::Bytes page_of(std::size_t size) {
  base::Bytes page;
  for (std::size_t i = 0; i < kSmallPicture.size(); i += 2)
    page.push_back(static_cast<std::uint8_t>(std::stoi(std::string(kSmallPicture.substr(i, 2)), nullptr, 16)));
  const base::Bytes rest = random_bytes(size - page.size());
  page.insert(page.end(), rest.begin(), rest.end());
  return page;
}

}  // namespace

std::string sha256_metadata(std::string_view sha256) {
  return "sha256 " + envelope::to_base64({reinterpret_cast<const std::uint8_t*>(sha256.data()), sha256.size()});
}

base::Bytes random_bytes(std::size_t size) {
  base::Bytes bytes(size);
  base::KernelRandom{}.fill(bytes);
  return bytes;
}

std::string_view as_text(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Kiosk::Kiosk(const CentralProcess& central)
    : device_key_([] {
        if (!envelope::initialise_cryptography()) throw std::runtime_error("no random numbers");
        return envelope::SigningKey::make();
      }()) {
  const nlohmann::json body{{"code", central.enrolment_code()},
                            {"device_key", envelope::key_to_hex(device_key_.public_key())},
                            {"name", "测试机"}};
  Client client(central.port());
  const auto answer = client.send("POST", "/v1/enrolments", {{"Content-Type", "application/json"}}, body.dump());
  if (answer.status != 201) throw std::runtime_error("enrolment refused: " + answer.body);
  const auto json = nlohmann::json::parse(answer.body);
  id_ = json.at("kiosk");
  token_ = json.at("token");
  sealing_key_ = envelope::key_from_hex(json.at("sealing_key").get<std::string>()).value();
  receipt_key_ = envelope::key_from_hex(json.at("receipt_key").get<std::string>()).value();
}

domain::Application Kiosk::sample(const std::string& procedure, const std::string& purpose) {
  domain::Application application;
  application.procedure = procedure;
  application.applicant.identity = {domain::IdKind::resident_id, kApplicantId, "张三"};
  if (!purpose.empty()) application.answers.values["purpose"] = purpose;
  application.answers.values["kind"] = "new";
  application.answers.values["has_licence"] = "no";
  application.declaration = "以上内容真实";
  application.signature.strokes = {{{0.1F, 0.1F, 0}, {0.5F, 0.5F, 90}}};
  application.pickup = "窗口领取";
  application.language = "zh_CN";
  return application;
}

Sendable Kiosk::seal(envelope::Kind kind, std::string_view body, std::vector<base::Bytes> pages,
                     std::optional<base::Uuid> depends_on, std::optional<base::Uuid> id) {
  const auto key = envelope::ContentKey::make();
  Sendable sendable;
  auto& envelope = sendable.envelope;
  const auto now = base::RealClock{}.now();
  envelope.id = id.value_or(base::make_uuid_v7(now, random_));
  envelope.kind = kind;
  envelope.kiosk = id_;
  envelope.sequence = ++sequence_;
  envelope.created_at = now;
  envelope.depends_on = depends_on;
  envelope.sealed_key = key.seal_to(sealing_key_, sealed_for(envelope)).value();
  std::string text(body);
  for (std::size_t i = 0; i < pages.size(); ++i) {
    base::Bytes sealed = key.encrypt(pages[i]);
    const std::string sha256 = envelope::sha256_hex(sealed);
    const std::string place = "PAGE" + std::to_string(i);
    if (const auto at = text.find(place); at != std::string::npos) text.replace(at, place.size(), sha256);
    envelope.attachments.push_back({sha256, sealed.size(), "image/jpeg", "material"});
    sendable.blobs.push_back(std::move(sealed));
  }
  envelope.body = key.encrypt({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
  sendable.lookup_secret = key.lookup_secret(envelope.id);
  sign(envelope);
  return sendable;
}

Sendable Kiosk::application(const std::string& procedure, std::string purpose) {
  auto application = sample(procedure, purpose);
  application.materials = {{"id_card", {{"PAGE0", "image/jpeg", 0}}}};
  return seal(envelope::Kind::submission, envelope::to_json(application), {page_of(20000)}, std::nullopt);
}

Sendable Kiosk::application_of_organisation() {
  auto application = sample("T-REVIEW", "开店");
  application.applicant.kind = domain::ApplicantKind::legal_person;
  application.applicant.identity = {domain::IdKind::uscc, kCreditCode, "某某公司"};
  application.applicant.agent = {domain::IdKind::resident_id, kAgentId, "李四"};
  return seal(envelope::Kind::submission, envelope::to_json(application), {}, std::nullopt);
}

Sendable Kiosk::rating(std::optional<base::Uuid> submission, domain::RatingLevel level) {
  domain::Rating rating{};
  rating.level = level;
  rating.words = "等了很久";
  return seal(envelope::Kind::rating, envelope::to_json(rating), {}, submission);
}

Headers Kiosk::tus(Headers more) const {
  Headers headers = authorisation();
  headers.emplace_back("Tus-Resumable", "1.0.0");
  headers.insert(headers.end(), more.begin(), more.end());
  return headers;
}

HttpAnswer Kiosk::upload(Client& client, std::span<const std::uint8_t> bytes) const {
  return client.send("POST", "/v1/uploads",
                     tus({{"Upload-Length", std::to_string(bytes.size())},
                          {"Upload-Metadata", sha256_metadata(envelope::sha256_hex(bytes))},
                          {"Content-Type", "application/offset+octet-stream"}}),
                     as_text(bytes));
}

HttpAnswer Kiosk::put(Client& client, const envelope::Envelope& envelope) const {
  return client.send("PUT", "/v1/envelopes/" + base::to_string(envelope.id), authorisation(),
                     envelope::to_json(envelope));
}

HttpAnswer Kiosk::deliver(Client& client, const Sendable& sendable) const {
  for (const auto& blob : sendable.blobs) {
    auto answer = upload(client, blob);
    if (answer.status != 201) return answer;
  }
  return put(client, sendable.envelope);
}

std::optional<envelope::Receipt> Kiosk::receipt(const HttpAnswer& answer, const envelope::Envelope& envelope) const {
  const auto receipt = envelope::receipt_from_json(answer.body);
  if (!receipt || !envelope::proves_delivery(*receipt, envelope.id, envelope::manifest_hash(envelope), receipt_key_))
    return std::nullopt;
  return *receipt;
}

}  // namespace bangwu::support
