#include "enrolment/enrolment.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "enrolment/gate.h"
#include "support/manual_clock.h"
#include "support/scratch_directory.h"

namespace bangwu::enrolment {
namespace {

using base::ErrorCode;
using envelope::EnrolmentRequest;
using envelope::SigningKey;

constexpr std::chrono::hours kLifetime{24};

/// The same bytes each time, so that a second kiosk would be named as the first.
class Stuck final : public base::Random {
 public:
  void fill(std::span<std::uint8_t> bytes) override { std::fill(bytes.begin(), bytes.end(), std::uint8_t{7}); }
};

/// What a kiosk keeps of an enrolment.
struct Machine {
  std::string id, token;
  SigningKey device = SigningKey::make();
};

class Enrolling : public ::testing::Test {
 protected:
  std::string code(const CodeFor& code_for = {.name = "一号机", .kiosk = std::nullopt}) {
    return make_code(*store, random, clock.now(), kLifetime, code_for).value();
  }
  base::Result<Enrolled> trade(const std::string& with_code, const SigningKey& device,
                               const Machine* earlier = nullptr) {
    EnrolmentRequest request;
    request.code = with_code;
    if (earlier != nullptr) request.earlier.emplace().kiosk = earlier->id;
    envelope::sign(request, device, earlier == nullptr ? nullptr : &earlier->device);
    clock.advance(std::chrono::seconds{1});
    return enrol(*store, random, clock.now(), request);
  }
  Machine new_machine() {
    Machine machine;
    const auto enrolled = trade(code(), machine.device);
    EXPECT_TRUE(enrolled) << enrolled.error().detail;
    machine.id = enrolled->kiosk;
    machine.token = enrolled->token;
    return machine;
  }
  /// The machine as it is after it enrolled again.
  Machine again(const Machine& before, const std::string& with_code) {
    Machine after;
    const auto enrolled = trade(with_code, after.device, &before);
    EXPECT_TRUE(enrolled) << enrolled.error().detail;
    after.id = enrolled->kiosk;
    after.token = enrolled->token;
    return after;
  }
  static envelope::Envelope signed_by(const Machine& machine) {
    envelope::Envelope envelope;
    envelope.kiosk = machine.id;
    envelope::sign(envelope, machine.device);
    return envelope;
  }
  void revoke(const std::string& id) {
    ASSERT_TRUE(store->write(
        [&](store::Transaction& transaction) { return transaction.kiosks().revoke(id, clock.now(), "stolen"); }));
  }
  std::optional<Refusal> refusal(const std::string& token) {
    Gate gate{*store, clock};
    const auto admitted = gate.admit(token);
    return admitted ? std::nullopt : std::optional{admitted.error().why};
  }

  bool has_cryptography = envelope::initialise_cryptography();
  support::ScratchDirectory folder;
  support::ManualClock clock;
  base::KernelRandom random;
  std::unique_ptr<store::Store> store =
      store::open_sqlite_store(folder / "central.db", store::OpenMode::create).value();
};

TEST_F(Enrolling, ACodeIsUsedUpOnlyTogetherWithTheKioskItMakesKnown) {
  Stuck stuck;
  const auto device = SigningKey::make(), other = SigningKey::make();
  EnrolmentRequest first{.code = code()}, second{.code = code()};
  envelope::sign(first, device, nullptr);
  envelope::sign(second, other, nullptr);
  ASSERT_TRUE(enrol(*store, stuck, clock.now(), first));
  EXPECT_EQ(enrol(*store, stuck, clock.now(), second).error().code, ErrorCode::already_exists);
  EXPECT_TRUE(enrol(*store, random, clock.now(), second)) << "whoever typed it in got nothing for it";
}

TEST_F(Enrolling, AMachineThatEnrolsAgainKeepsItsIdAndWhatItSigned) {
  const Machine before = new_machine();
  const Machine after = again(before, code());
  EXPECT_EQ(after.id, before.id);
  EXPECT_EQ(refusal(before.token), Refusal::replaced_token) << "at once";
  Gate gate{*store, clock};
  const auto kiosk = gate.admit(after.token);
  ASSERT_TRUE(kiosk);
  EXPECT_TRUE(kiosk->has_signed(signed_by(before)));
  EXPECT_TRUE(kiosk->has_signed(signed_by(after)));
  EXPECT_FALSE(kiosk->has_signed(signed_by(new_machine())));
}

TEST_F(Enrolling, TheCodesNameCountsAndOneMadeForAKioskNeedsNone) {
  const Machine machine = new_machine();
  const auto renamed = trade(code({.name = "二号机", .kiosk = std::nullopt}), SigningKey::make(), &machine);
  EXPECT_EQ(renamed->kiosk, machine.id);
  EXPECT_EQ(renamed->name, "二号机");
  const auto device = SigningKey::make();
  const auto same = trade(code({.name = "", .kiosk = machine.id}), device);
  ASSERT_TRUE(same) << same.error().detail;
  EXPECT_EQ(same->kiosk, machine.id) << "a new disk in an old machine: it has no key to prove anything with";
  EXPECT_EQ(same->name, "二号机");
  EXPECT_EQ(make_code(*store, random, clock.now(), kLifetime, {.name = "", .kiosk = "k-NOBODY"}).error().code,
            ErrorCode::not_found);
}

TEST_F(Enrolling, WithoutTheEarlierKeyNobodyBecomesAnother) {
  const Machine machine = new_machine();
  Machine thief;
  thief.id = machine.id;
  EXPECT_NE(again(thief, code()).id, machine.id);
  EnrolmentRequest forged{.code = code()};
  forged.earlier.emplace().kiosk = machine.id;
  const auto device = SigningKey::make();
  envelope::sign(forged, device, &thief.device);
  forged.earlier->device_key = machine.device.public_key();
  EXPECT_NE(enrol(*store, random, clock.now(), forged)->kiosk, machine.id);
  EXPECT_FALSE(refusal(machine.token)) << "who was there notices nothing";
}

TEST_F(Enrolling, ALostAnswerIsGivenAgainToTheSameKeyOnly) {
  const std::string once = code();
  const auto device = SigningKey::make();
  const auto lost = trade(once, device);
  ASSERT_TRUE(lost);
  const auto heard = trade(once, device);
  ASSERT_TRUE(heard) << heard.error().detail;
  EXPECT_EQ(heard->kiosk, lost->kiosk);
  EXPECT_EQ(heard->how, How::repeated);
  EXPECT_FALSE(refusal(heard->token));
  EXPECT_EQ(refusal(lost->token), Refusal::replaced_token);
  EXPECT_EQ(trade(once, SigningKey::make()).error().code, ErrorCode::unauthorised);
  EnrolmentRequest unsigned_one{.code = once, .device_key = device.public_key()};
  EXPECT_EQ(enrol(*store, random, clock.now(), unsigned_one).error().code, ErrorCode::unauthorised);
  clock.advance(kLifetime);
  EXPECT_EQ(trade(once, device).error().code, ErrorCode::unauthorised) << "until the code expires";
  EXPECT_EQ(trade(code(), device)->kiosk, lost->kiosk) << "and with another code by its key";
}

TEST_F(Enrolling, ALostAnswerOfAMachineThatEnrolledAgainKeepsItsIdToo) {
  const Machine before = new_machine();
  const std::string once = code();
  const auto device = SigningKey::make();
  ASSERT_EQ(trade(once, device, &before)->kiosk, before.id);
  EXPECT_EQ(trade(once, device, &before)->kiosk, before.id);
  EXPECT_EQ(trade(code(), SigningKey::make(), &before)->kiosk, before.id) << "its earlier key was only replaced";
}

TEST_F(Enrolling, AKioskThisServiceHasForgottenStaysWhoItWas) {
  const Machine before = new_machine();
  store = store::open_sqlite_store(folder / "restored.db", store::OpenMode::create).value();
  EXPECT_EQ(refusal(before.token), Refusal::unknown_token);
  const Machine after = again(before, code());
  EXPECT_EQ(after.id, before.id);
  Gate gate{*store, clock};
  EXPECT_TRUE(gate.admit(after.token)->has_signed(signed_by(before))) << "its queue was signed before";
}

// Its queue was signed with a key that the service has forgotten, or never knew: only staff can vouch for the machine.
TEST_F(Enrolling, ACodeMadeForAKioskTakesTheKeyItHadThatThisServiceHasForgotten) {
  const Machine first = new_machine();
  Machine second;  // as it enrolled again, before the service was put back from an older backup
  second.id = first.id;
  const Machine after = again(second, code({.name = "", .kiosk = first.id}));
  EXPECT_EQ(after.id, first.id);
  Gate gate{*store, clock};
  const auto kiosk = gate.admit(after.token);
  ASSERT_TRUE(kiosk);
  for (const Machine* machine : std::initializer_list<const Machine*>{&first, &second, &after})
    EXPECT_TRUE(kiosk->has_signed(signed_by(*machine)));
  EXPECT_TRUE(envelope::is_signed_by(signed_by(after), kiosk->device_key)) << "the present one is the new one";
}

TEST_F(Enrolling, AnyOtherCodeTakesNoKeyThisServiceDoesNotKnow) {
  const Machine machine = new_machine();
  Machine stranger;
  stranger.id = machine.id;
  const auto enrolled = trade(code(), SigningKey::make(), &stranger);
  ASSERT_TRUE(enrolled);
  EXPECT_NE(enrolled->kiosk, machine.id);
  Gate gate{*store, clock};
  EXPECT_FALSE(gate.admit(machine.token)->has_signed(signed_by(stranger)));
}

TEST_F(Enrolling, RevokedMeansNothingOfItCounts) {
  const Machine first = new_machine();
  const Machine machine = again(first, code());
  revoke(machine.id);
  EXPECT_EQ(refusal(machine.token), Refusal::revoked);
  EXPECT_EQ(refusal(first.token), Refusal::revoked);
  EXPECT_EQ(trade(code(), SigningKey::make(), &machine).error().code, ErrorCode::conflict);
  EXPECT_EQ(trade(code(), SigningKey::make(), &first).error().detail, "stolen");
  ASSERT_TRUE(store->read([&](store::Transaction& transaction) -> base::Result<void> {
    EXPECT_EQ(find_kiosk(transaction, machine.id).error().code, ErrorCode::unauthorised);
    return {};
  }));
}

TEST_F(Enrolling, ACodeMadeForARevokedKioskLetsItInAgainWithoutItsPast) {
  const Machine machine = new_machine();
  revoke(machine.id);
  const std::string once = code({.name = "", .kiosk = machine.id});
  const Machine back = again(machine, once);
  EXPECT_EQ(back.id, machine.id);
  Gate gate{*store, clock};
  const auto kiosk = gate.admit(back.token);
  ASSERT_TRUE(kiosk);
  EXPECT_TRUE(kiosk->has_signed(signed_by(back)));
  EXPECT_FALSE(kiosk->has_signed(signed_by(machine))) << "whoever had the disk could have signed it";
  revoke(machine.id);
  EXPECT_EQ(trade(once, back.device).error().code, ErrorCode::conflict) << "a lost answer is no way back in";
}

TEST_F(Enrolling, TheGateForgetsWithinASecond) {
  const Machine machine = new_machine();
  Gate gate{*store, clock};
  ASSERT_TRUE(gate.admit(machine.token));
  revoke(machine.id);
  clock.advance(std::chrono::seconds{1});
  EXPECT_EQ(gate.admit(machine.token).error().why, Refusal::revoked);
}

TEST_F(Enrolling, CodesAreLongEnoughAndTypedAsPeopleType) {
  std::string typed = code();
  EXPECT_EQ(typed.size(), 14U);
  std::erase(typed, '-');
  for (char& c : typed) c = c == '0' ? 'o' : static_cast<char>(std::tolower(c));
  EXPECT_TRUE(trade(typed, SigningKey::make()));
}

}  // namespace
}  // namespace bangwu::enrolment
