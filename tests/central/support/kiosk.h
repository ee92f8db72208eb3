#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "domain/application.h"
#include "domain/rating.h"
#include "envelope/enrolment.h"
#include "envelope/envelope.h"
#include "envelope/keys.h"
#include "envelope/receipt.h"
#include "support/central/central_process.h"
#include "support/client.h"
#include "support/files.h"

namespace bangwu::support {

/// An envelope ready to be sent, with the sealed bytes of its attachments.
struct Sendable {
  envelope::Envelope envelope;
  std::vector<base::Bytes> blobs;
  std::string lookup_secret{};  ///< what the applicant's receipt says
};

/// A kiosk enrolled at a central service that serves.
class Kiosk {
 public:
  /// Makes a code with the program's own command and trades it in; throws if that fails.
  explicit Kiosk(const CentralProcess& central);

  /// A complete application for `procedure` with one page; `purpose` empty leaves it incomplete.
  [[nodiscard]] Sendable application(const std::string& procedure = "T-REVIEW", std::string purpose = "开店");
  /// The same of an organisation with public numbers, whose agent stands at the machine.
  [[nodiscard]] Sendable application_of_organisation();
  [[nodiscard]] Sendable rating(std::optional<base::Uuid> submission,
                                domain::RatingLevel level = domain::NationalLevel::satisfied);
  /// Seals any body as an envelope of this kiosk, with the next sequence number.
  [[nodiscard]] Sendable seal(envelope::Kind kind, std::string_view body, std::vector<base::Bytes> pages,
                              std::optional<base::Uuid> depends_on, std::optional<base::Uuid> id = std::nullopt);
  void sign(envelope::Envelope& envelope) const { envelope::sign(envelope, device_key_); }

  [[nodiscard]] Headers authorisation() const { return {{"Authorization", "Bearer " + token_}}; }
  [[nodiscard]] Headers tus(Headers more = {}) const;
  /// Uploads in one request; the answer.
  HttpAnswer upload(Client& client, std::span<const std::uint8_t> bytes) const;
  HttpAnswer put(Client& client, const envelope::Envelope& envelope) const;
  /// Uploads what the envelope needs, then puts it.
  HttpAnswer deliver(Client& client, const Sendable& sendable) const;
  /// The answer's receipt, if it proves delivery.
  [[nodiscard]] std::optional<envelope::Receipt> receipt(const HttpAnswer& answer,
                                                         const envelope::Envelope& envelope) const;

  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] const std::string& token() const { return token_; }
  [[nodiscard]] const envelope::SealingKey& sealing_key() const { return sealing_key_; }
  [[nodiscard]] static domain::Application sample(const std::string& procedure, const std::string& purpose);

 private:
  envelope::SigningKey device_key_;
  base::KernelRandom random_;
  std::string id_, token_;
  envelope::SealingKey sealing_key_{};
  envelope::VerifyKey receipt_key_{};
  std::uint64_t sequence_ = 0;
};

/// "sha256 <base64 of the hex digest>", as couriers send it.
[[nodiscard]] std::string sha256_metadata(std::string_view sha256);
[[nodiscard]] base::Bytes random_bytes(std::size_t size);
[[nodiscard]] std::string_view as_text(std::span<const std::uint8_t> bytes);

inline constexpr const char* kApplicantId = "11010519491231002X";
inline constexpr const char* kProof = "31002X";
inline constexpr const char* kCreditCode = "91350100M000100Y43";
inline constexpr const char* kAgentId = "440524188001010014";

}  // namespace bangwu::support
