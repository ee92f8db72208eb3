#include <gtest/gtest.h>

#include "central/support/kiosk.h"
#include "enquiry/enquiry.h"
#include "envelope/provisional_number.h"
#include "kiosk/enquiry/told.h"

namespace bangwu::enquiry {
namespace {

using domain::cases::Standing;

/// A machine that asks the real central service about a case of its own.
class AskingCentral : public testing::Test {
 protected:
  void SetUp() override {
    central_.start();
    kiosk_.emplace(central_);
    support::Client client(central_.port());
    sent_ = kiosk_->application("T-REVIEW", purpose_);
    number_ = kiosk_->receipt(kiosk_->deliver(client, sent_), sent_.envelope)->case_number;
    start(kiosk_->token());
  }
  void start(const std::string& token) {
    EnquirySettings settings;
    settings.http.bearer = token;
    settings.plain = http_client::PlainHttp::on_loopback;
    settings.deadline = std::chrono::seconds{20};
    enquiry_ =
        Enquiry::start(std::move(settings), "http://127.0.0.1:" + std::to_string(central_.port()), told_.publish())
            .value();
  }
  [[nodiscard]] Answer ask(const std::string& number, const std::string& proof) {
    enquiry_->ask({++ticket_, number, proof});
    return told_.next().value();
  }

  std::string purpose_ = "开店";
  support::CentralProcess central_;
  std::optional<support::Kiosk> kiosk_;
  support::Sendable sent_;
  std::string number_;
  Told told_;
  std::unique_ptr<Enquiry> enquiry_;
  Ticket ticket_ = 0;
};

TEST_F(AskingCentral, ShowsTheStepsTheLimitAndItsDays) {
  const auto answer = ask(envelope::provisional_number(sent_.envelope), sent_.lookup_secret);
  ASSERT_TRUE(std::holds_alternative<Standing>(answer.found));
  const auto& standing = std::get<Standing>(answer.found);
  EXPECT_EQ(standing.number, number_);
  EXPECT_EQ(standing.procedure, "T-REVIEW");
  EXPECT_EQ(standing.procedure_name, "某某备案");
  EXPECT_EQ(standing.state, domain::cases::State::in_review);
  ASSERT_EQ(standing.steps.size(), 2U);
  EXPECT_EQ(standing.steps[0].step, domain::cases::Step::received);
  ASSERT_TRUE(standing.due);
  ASSERT_FALSE(standing.limit_days.empty());
  EXPECT_EQ(standing.limit_days.back().date, *standing.due);
  const auto counted = std::count_if(standing.limit_days.begin(), standing.limit_days.end(),
                                     [](const auto& day) { return is_counted(day.kind); });
  EXPECT_EQ(counted, 5);
  EXPECT_EQ(standing.progress.days_left, 5);
  EXPECT_LT(std::chrono::abs(standing.as_of - base::RealClock{}.now()), std::chrono::minutes{5});
}

TEST_F(AskingCentral, ThePersonsNumberProvesToo) {
  EXPECT_TRUE(std::holds_alternative<Standing>(ask(number_, support::kProof).found));
}

TEST_F(AskingCentral, AWrongNumberAndAWrongProofAreTheSame) {
  EXPECT_EQ(std::get<Failure>(ask(number_, "123456").found), Failure::wrong);
  EXPECT_EQ(std::get<Failure>(ask("WJ20200101000001", sent_.lookup_secret).found), Failure::wrong);
}

// Machines of one hall stand behind one address: what strangers guess at one does not close the next.
TEST_F(AskingCentral, WrongProofsAreCountedForTheMachine) {
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(std::get<Failure>(ask(number_, "12345" + std::to_string(i)).found), Failure::wrong);
  EXPECT_EQ(std::get<Failure>(ask(number_, sent_.lookup_secret).found), Failure::too_many);
  const support::Kiosk another(central_);
  start(another.token());
  EXPECT_TRUE(std::holds_alternative<Standing>(ask(number_, sent_.lookup_secret).found));
}

TEST_F(AskingCentral, AServiceThatWentAwayIsUnreachable) {
  central_.kill();
  EXPECT_EQ(std::get<Failure>(ask(number_, sent_.lookup_secret).found), Failure::unreachable);
}

// It may have forgotten the case: it must not say that there is none.
TEST_F(AskingCentral, ARestoredServiceDoesNotDenyACase) {
  const auto copy = central_.folder() / "copy", restored = central_.folder() / "restored";
  ASSERT_EQ(central_.run({"backup", copy}).code, 0);
  ASSERT_EQ(central_.terminate(), 0);
  std::filesystem::rename(central_.data(), central_.folder() / "lost");
  ASSERT_EQ(support::CentralProcess::run_exactly({"restore", copy, "--data", central_.data()}).code, 0);
  central_.start();
  start(kiosk_->token());
  EXPECT_EQ(std::get<Failure>(ask("WJ20200101000001", sent_.lookup_secret).found), Failure::recovering);
  EXPECT_TRUE(std::holds_alternative<Standing>(ask(number_, sent_.lookup_secret).found)) << "what it has it shows";
}

}  // namespace
}  // namespace bangwu::enquiry
