#pragma once
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "courier/courier.h"
#include "courier/tus_upload.h"

/// Inside the room only: one attempt at one parcel.
namespace bangwu::courier {

/// What a courier keeps from one attempt to the next.
struct Desk {
  CourierSettings settings;
  http_client::Client http;
  outbox::Outbox& outbox;
  blobs::BlobStore blobs;
  const base::Clock& clock;
  base::Random& random;
  std::optional<TusServer> tus;           ///< what the server said of itself; asked again after trouble
  std::optional<base::SteadyTime> met{};  ///< when meet_central() last asked; nothing: it is due
  std::string run{};                      ///< what this run of the program is called: two machines have two
  bool line_is_cut = false;               ///< the last exchange had no answer
  Findings findings{};

  /// There was an answer; the first after a cut makes meet_central() due: the service may be another one by now.
  void heard() {
    if (std::exchange(line_is_cut, false)) met.reset();
  }
  void heard(outbox::Reason refusal);  ///< the same, and what it says of the machine
};

class Delivery final : public UploadJournal {
 public:
  Delivery(Desk& desk, outbox::Parcel parcel);

  [[nodiscard]] base::Result<Attempt> run(const std::stop_token& stop, const Courier::MayGoOn& may_go_on);

  [[nodiscard]] base::Result<void> created(std::string_view sha256, std::string_view path) override;
  [[nodiscard]] base::Result<void> completed(std::string_view sha256) override;
  [[nodiscard]] base::Result<void> forgotten(std::string_view sha256) override;

 private:
  enum class Phase { asking, uploading, handing_over };
  using Receipt = envelope::Receipt;

  [[nodiscard]] std::variant<Receipt, Trouble> exchange();
  [[nodiscard]] std::variant<Receipt, Trouble> without_page(Trouble trouble);
  [[nodiscard]] std::variant<std::monostate, Receipt, Trouble> ask_first(outbox::Reason reason);
  [[nodiscard]] std::optional<Trouble> upload_all();
  [[nodiscard]] std::optional<Trouble> learn_server();
  [[nodiscard]] UploadPlan plan_for(const outbox::Upload& upload) const;
  [[nodiscard]] Outcome put_envelope();
  [[nodiscard]] bool may_share_request(const outbox::Upload& upload) const;
  [[nodiscard]] base::Result<bool> reopen_missing(const Answer& answer);
  [[nodiscard]] std::variant<std::monostate, Receipt, Trouble> settle(const Answer& answer);
  [[nodiscard]] base::Result<void> record_completed();
  [[nodiscard]] bool go_on();

  [[nodiscard]] base::Result<Attempt> conclude(const Trouble& trouble);
  [[nodiscard]] base::Result<Attempt> step_aside();
  [[nodiscard]] base::Result<Attempt> postpone(std::chrono::milliseconds wait, outbox::Reason reason);
  [[nodiscard]] base::Result<Attempt> give_back();
  [[nodiscard]] bool carries(std::string_view sha256) const;
  void mark(std::string_view sha256, const std::string& path, bool is_complete);

  Desk& desk_;
  outbox::Parcel parcel_;
  std::string path_;  ///< /v1/envelopes/{id}
  std::stop_token stop_;
  Courier::MayGoOn may_go_on_;
  base::SteadyTime lease_extended_;
  std::vector<std::string> unrecorded_;  ///< small uploads that are complete, and not yet so in the outbox
  base::SteadyTime recorded_at_;
  std::optional<base::Error> lease_lost_;
  Phase phase_ = Phase::asking;
};

}  // namespace bangwu::courier
