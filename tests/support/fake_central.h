#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "envelope/enrolment.h"
#include "envelope/envelope.h"
#include "envelope/keys.h"
#include "envelope/receipt.h"
#include "support/fault_server.h"

namespace bangwu::support {

/// A central service in memory: enrolment, tus 1.0 with creation and creation-with-upload, envelopes and receipts, with
/// the statuses and problem documents of the real one. Thread-safe. It counts what a kiosk must not do.
class FakeCentral {
 public:
  /// `token` is what the kiosk must send; `device` signs its envelopes.
  FakeCentral(std::string token, const envelope::VerifyKey& device);

  /// The handler for a FaultServer.
  [[nodiscard]] FaultServer::Handler handler();

  [[nodiscard]] envelope::VerifyKey receipt_key() const { return key_.public_key(); }
  [[nodiscard]] envelope::SealingKey sealing_key() const { return unsealing_.public_key(); }

  /// How often each envelope was newly stored: every value must be 1.
  [[nodiscard]] std::map<std::string, int> stored() const;
  [[nodiscard]] std::map<std::string, std::string> blobs() const;  ///< sha256 → bytes
  [[nodiscard]] std::size_t uploads_created() const;
  [[nodiscard]] int violations() const;  ///< e.g. an envelope before its attachments, a wrong token

  /// Drops every upload that is under way, as if it had expired.
  void expire_uploads();
  /// Forgets a blob, so that the envelope is answered attachments-missing.
  void lose_blob(const std::string& sha256);
  /// Whether OPTIONS announces creation-with-upload.
  void announce_creation_with_upload(bool announced);
  /// The next enrolment with this code is taken; `name` is what the code was made for.
  void expect_code(std::string code, std::string name = "hall 3");
  [[nodiscard]] std::optional<envelope::EnrolmentRequest> last_enrolment() const;
  /// Takes envelopes without asking for their attachments: another server has them.
  void keep_attachments_elsewhere();
  /// The receipt as it would be answered, changed by a test before signing.
  [[nodiscard]] envelope::Receipt receipt_for(const envelope::Envelope& envelope) const;
  [[nodiscard]] const envelope::SigningKey& key() const { return key_; }

 private:
  struct Upload {
    std::uint64_t length = 0;
    std::string sha256, bytes;
  };
  struct Stored {
    std::string manifest_hash, receipt;
    std::uint64_t sequence = 0;
    int times = 0;
  };

  HttpReply handle(const HttpRequest& request);
  HttpReply handle_upload(const HttpRequest& request);
  HttpReply create(const HttpRequest& request);
  HttpReply append(const HttpRequest& request, const std::string& id);
  HttpReply put(const HttpRequest& request, const std::string& id);
  HttpReply enrol(const HttpRequest& request);
  HttpReply finish(const std::string& id, int status);
  HttpReply violation(HttpReply reply);

  mutable std::mutex mutex_;  // guards all below
  std::string token_, code_, code_name_;
  std::optional<envelope::EnrolmentRequest> last_enrolment_;
  envelope::VerifyKey device_;
  envelope::SigningKey key_ = envelope::SigningKey::make();
  envelope::UnsealingKey unsealing_ = envelope::UnsealingKey::make();
  std::map<std::string, Upload> uploads_;
  std::map<std::string, std::string> blobs_;
  std::map<std::string, Stored> envelopes_;
  std::size_t created_ = 0;
  int violations_ = 0;
  bool creation_with_upload_ = true;
  bool needs_attachments_ = true;
};

[[nodiscard]] HttpReply problem(int status, const std::string& name, const std::string& members = "");

}  // namespace bangwu::support
