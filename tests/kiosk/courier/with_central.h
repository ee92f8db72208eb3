#pragma once
#include "courier/courier.h"
#include "envelope/bodies.h"
#include "hall.h"
#include "identity/identity.h"
#include "support/central/central_process.h"
#include "support/tcp_proxy.h"

namespace bangwu::courier {

/// A kiosk enrolled at the real central service, over TLS, through a line that may break.
class WithCentral : public ::testing::Test {
 protected:
  WithCentral() {
    identity.emplace(enrol_at("kiosk"));
    store.emplace(blobs::BlobStore::open(directory / "blobs").value());
  }

  /// A machine of its own, by a code of its own.
  [[nodiscard]] identity::KioskIdentity enrol_at(const std::string& folder) {
    identity::EnrolOptions options;
    options.url = "https://127.0.0.1:" + std::to_string(proxy.port());
    options.ca = central.ca_file();
    options.code = central.enrolment_code();
    options.name = "test";
    options.data = directory / folder;
    auto made = identity::enrol(options, {});
    if (!made) throw std::runtime_error(made.error().detail);
    return std::move(*made);
  }
  [[nodiscard]] outbox::Outbox open_outbox() const { return open_outbox("outbox", *identity); }
  [[nodiscard]] outbox::Outbox open_outbox(const std::string& folder, const identity::KioskIdentity& signer) const {
    return std::move(outbox::Outbox::open(directory / folder, *store,
                                          outbox::Identity{signer.kiosk, &signer.device, signer.receipt_key})
                         .value());
  }
  [[nodiscard]] CourierSettings settings() const { return settings(*identity); }
  [[nodiscard]] static CourierSettings settings(const identity::KioskIdentity& sender) {
    auto made = settings_for(sender);
    made.http.stall = std::chrono::seconds{2};
    return made;
  }
  base::Uuid accept(outbox::Outbox& box, const std::vector<std::size_t>& sizes,
                    const identity::KioskIdentity* of = nullptr) {
    const auto& signer = of == nullptr ? *identity : *of;
    domain::Application application;
    application.procedure = "WJ-GG-0004";
    application.applicant.identity = {domain::IdKind::resident_id, "11010519491231002X", "张三"};
    application.language = "zh_CN";
    const auto key = envelope::ContentKey::make();
    outbox::Draft draft;
    draft.id = base::make_uuid_v7(clock.now(), random);
    draft.created_at = clock.now();
    application.materials.push_back({"other", {}});
    for (const std::size_t size : sizes) {
      base::Bytes page(size);
      for (auto& byte : page) byte = static_cast<std::uint8_t>(random.next() >> 56U);
      const auto blob = store->put(page).value();
      draft.attachments.push_back({blob.sha256, blob.size, "image/jpeg", "material"});
      application.materials[0].pages.push_back({blob.sha256, "image/jpeg", 0});
    }
    const std::string json = envelope::to_json(application);
    draft.sealed_key = key.seal_to(signer.sealing_key, {signer.kiosk, draft.id}).value();
    draft.body = key.encrypt({reinterpret_cast<const std::uint8_t*>(json.data()), json.size()});
    const auto accepted = box.accept(draft, clock.now());
    EXPECT_TRUE(accepted) << accepted.error().detail;
    ++envelopes;
    attachments += static_cast<int>(sizes.size());
    return draft.id;
  }
  base::Uuid accept_rating(outbox::Outbox& box, const base::Uuid& submission) {
    domain::Rating rating{};
    rating.level = domain::NationalLevel::satisfied;
    const auto key = envelope::ContentKey::make();
    const std::string json = envelope::to_json(rating);
    outbox::Draft draft;
    draft.id = base::make_uuid_v7(clock.now(), random);
    draft.kind = envelope::Kind::rating;
    draft.created_at = clock.now();
    draft.depends_on = submission;
    draft.sealed_key = key.seal_to(identity->sealing_key, {identity->kiosk, draft.id}).value();
    draft.body = key.encrypt({reinterpret_cast<const std::uint8_t*>(json.data()), json.size()});
    const auto accepted = box.accept(draft, clock.now());
    EXPECT_TRUE(accepted) << accepted.error().detail;
    ++ratings;
    return draft.id;
  }
  void expect_everything_arrived_once() {
    const auto stock = central.verify();
    EXPECT_EQ(stock.envelopes, envelopes) << stock.output;
    EXPECT_EQ(stock.cases, envelopes) << stock.output;
    EXPECT_EQ(stock.blobs, attachments) << stock.output;
    EXPECT_EQ(stock.damaged, 0) << stock.output;
  }
  static std::size_t undelivered(outbox::Outbox& box) {
    const auto counts = box.counts().value();
    EXPECT_EQ(counts.dead, 0U);
    return counts.ready + counts.leased + counts.waiting + counts.dead;
  }

  bool has_cryptography = envelope::initialise_cryptography();
  support::ScratchDirectory directory;
  support::ManualClock clock;
  std::uint64_t seed = static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
  testing::ScopedTrace trace{__FILE__, __LINE__, "seed " + std::to_string(seed)};
  CountingRandom random{seed};
  support::CentralProcess central{{.items = support::Items::of_the_hall, .settings = support::kSmallReserve}};
  support::TcpProxy proxy{central.start()};
  std::optional<identity::KioskIdentity> identity;
  std::optional<blobs::BlobStore> store;
  int envelopes = 0, ratings = 0, attachments = 0;
};

}  // namespace bangwu::courier
