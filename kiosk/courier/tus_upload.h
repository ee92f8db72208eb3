#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "courier/retry_policy.h"
#include "http_client/client.h"

namespace bangwu::courier {

using http_client::Answer;
using http_client::Conversation;
using http_client::FileBody;
using http_client::Header;
using http_client::Method;
using http_client::NotSent;
using http_client::Origin;
using http_client::Outcome;
using http_client::OutcomeUnknown;
using http_client::Request;

/// Where an upload writes down how far it got, before it goes on.
class UploadJournal {
 public:
  virtual ~UploadJournal() = default;
  [[nodiscard]] virtual base::Result<void> created(std::string_view sha256, std::string_view path) = 0;
  [[nodiscard]] virtual base::Result<void> completed(std::string_view sha256) = 0;
  [[nodiscard]] virtual base::Result<void> forgotten(std::string_view sha256) = 0;
};

/// Why an attempt ends without delivery.
struct Trouble {
  Verdict verdict{};  ///< wait or dead
  std::optional<std::chrono::seconds> retry_after{};
  bool is_cancelled = false;
  std::optional<base::Error> local{};  ///< the outbox failed: nothing can be written down
  std::string detail{};                ///< what the central service said, for the log
};
/// What no answer means for the next attempt.
[[nodiscard]] Trouble trouble_of(const NotSent& failure);
[[nodiscard]] Trouble trouble_of(const OutcomeUnknown& failure, outbox::Reason reason);
[[nodiscard]] Trouble trouble_of(const Verdict& verdict, const Answer& answer, base::SystemTime now);

/// What the uploads of one envelope share. The first trouble ends all: each finishes the request it is busy with.
struct UploadBatch {
  const Origin& origin;
  std::string path;  ///< of the creation resource, e.g. "/v1/uploads"
  UploadJournal& journal;
  const base::Clock& clock;
  std::optional<Trouble> trouble;
};

/// Whether the creation request may carry the bytes. One request in place of two, but a break in it loses its bytes
/// and leaves its URL unknown: for small blobs, and only where the server announces creation-with-upload.
enum class Creation { alone, with_bytes };

struct UploadPlan {
  std::filesystem::path file;
  blobs::BlobRef blob;
  std::string path;  ///< of the upload if it was created before; empty if not
  Creation creation = Creation::alone;
};

/// One blob by tus 1.0.0 (https://tus.io/protocols/resumable-upload, core and creation): HEAD if it was begun before,
/// else POST with the SHA-256 as metadata; then PATCH to the end. After a break it asks for the offset and goes on at
/// the same URL as long as there was progress. The URL is in the journal before the first byte of a PATCH.
class TusUpload final : public Conversation {
 public:
  TusUpload(UploadPlan plan, UploadBatch& batch) : plan_(std::move(plan)), batch_(batch) {}
  [[nodiscard]] std::optional<Request> begin() override;
  [[nodiscard]] std::optional<Request> next(const Outcome& outcome) override;

 private:
  enum class Doing { asking, creating, creating_with_bytes, sending };

  [[nodiscard]] Request create();
  [[nodiscard]] Request ask();
  [[nodiscard]] Request send_from(std::uint64_t offset);
  [[nodiscard]] std::optional<Request> after(const OutcomeUnknown& failure);
  [[nodiscard]] std::optional<Request> after(const Answer& answer);
  [[nodiscard]] std::optional<Request> after_created(const Answer& answer);
  [[nodiscard]] std::optional<Request> after_asked(const Answer& answer);
  [[nodiscard]] std::optional<Request> after_sent(const Answer& answer);
  [[nodiscard]] std::optional<Request> create_anew(const Verdict& verdict, const Answer& answer);
  [[nodiscard]] std::optional<Request> complete();
  std::optional<Request> stop(Trouble trouble);
  std::optional<Request> stop_as_foreign();

  UploadPlan plan_;
  UploadBatch& batch_;
  Doing doing_ = Doing::asking;
  std::optional<std::uint64_t> offset_;  ///< where the last PATCH began
  int created_anew_ = 0;
};

/// What a server said of itself (OPTIONS).
struct TusServer {
  Creation creation = Creation::alone;
};
[[nodiscard]] Request ask_tus_server(std::string path);
[[nodiscard]] TusServer tus_server_from(const Answer& answer);

}  // namespace bangwu::courier
