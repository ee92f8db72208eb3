#include "identity/identity.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "identity/data_lock.h"
#include "support/certificates.h"
#include "support/fake_central.h"
#include "support/scratch_directory.h"
#include "support/small_disk.h"

namespace bangwu::identity {
namespace {

using base::ErrorCode;
using support::Fault;
using support::HttpReply;
using support::is_request;
using Kind = Fault::Kind;
using http_client::PlainHttp;
namespace fs = std::filesystem;

class Identity : public ::testing::Test {
 protected:
  Identity() {
    central.expect_code("ABCD-2345");
    server.set_connections(support::FaultServer::Connections::close);
  }
  [[nodiscard]] EnrolOptions options() const {
    return {.url = server.url(),
            .ca = {},
            .code = "ABCD-2345",
            .name = "hall 3",
            .data = data,
            .plain = PlainHttp::on_loopback};
  }
  [[nodiscard]] std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(data / "identity"))
      names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
  }

  bool has_cryptography = envelope::initialise_cryptography();  // before any key is made
  support::ScratchDirectory directory;
  fs::path data = directory / "data";
  support::FakeCentral central{"secret-token", envelope::VerifyKey{}};
  support::FaultServer server{central.handler()};
};

TEST_F(Identity, EnrolledIsWhatIsLoadedAtTheNextStart) {
  const auto made = enrol(options(), {});
  ASSERT_TRUE(made) << made.error().detail;
  const auto loaded = load_identity(data);
  ASSERT_TRUE(loaded) << loaded.error().detail;
  EXPECT_EQ(loaded->kiosk, "k-test");
  EXPECT_EQ(loaded->name, "hall 3");
  EXPECT_EQ(loaded->central_url, server.url());
  EXPECT_EQ(loaded->token, "secret-token");
  EXPECT_EQ(loaded->sealing_key, central.sealing_key());
  EXPECT_EQ(loaded->receipt_key, central.receipt_key());
  EXPECT_EQ(loaded->device.public_key(), made->device.public_key());
  EXPECT_EQ(files().size(), 2U);
}

TEST_F(Identity, NobodyElseMayReadIt) {
  ASSERT_TRUE(enrol(options(), {}));
  for (const auto& entry : fs::directory_iterator(data / "identity")) {
    struct stat status {};
    ASSERT_EQ(::stat(entry.path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U) << entry.path();
  }
  ASSERT_EQ(::chmod((data / "identity" / "identity.json").c_str(), 0644), 0);
  const auto loaded = load_identity(data);
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, ErrorCode::unauthorised);
  EXPECT_NE(loaded.error().detail.find("identity.json"), std::string::npos);
}

TEST_F(Identity, AMachineThatIsNotEnrolledIsToldSo) {
  const auto loaded = load_identity(data);
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, ErrorCode::not_found);
  EXPECT_NE(loaded.error().detail.find("enrol"), std::string::npos);
}

TEST_F(Identity, DamagedFilesAreNamed) {
  ASSERT_TRUE(enrol(options(), {}));
  const auto path = data / "identity" / "identity.json";
  const std::string good = base::read_text_file(path).value();
  for (const std::string& bad :
       {std::string{}, std::string{"{"}, std::string{"[]"}, std::string{"{}"}, good.substr(0, good.size() / 2),
        std::string{good}.replace(good.find("sealing_key\": \"") + 15, 1, "z"),
        std::string{good}.replace(good.find("device-"), 7, "../../k")}) {
    std::ofstream{path} << bad;
    const auto loaded = load_identity(data);
    ASSERT_FALSE(loaded) << bad;
    EXPECT_EQ(loaded.error().code, ErrorCode::corrupt) << bad;
    EXPECT_NE(loaded.error().detail.find("identity.json"), std::string::npos);
  }
}

TEST_F(Identity, AMissingDeviceKeyIsNamed) {
  ASSERT_TRUE(enrol(options(), {}));
  for (const auto& name : files()) {
    if (name.starts_with("device-")) fs::remove(data / "identity" / name);
  }
  const auto loaded = load_identity(data);
  ASSERT_FALSE(loaded);
  EXPECT_NE(loaded.error().detail.find("device-"), std::string::npos) << loaded.error().detail;
}

TEST_F(Identity, AUsedCodeIsRefused) {
  ASSERT_TRUE(enrol(options(), {}));
  const auto again = enrol(options(), {});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::unauthorised);
  EXPECT_TRUE(load_identity(data)) << "the old identity stays";
}

TEST_F(Identity, ABrokenOffEnrolmentIsRepeatedWithTheSameKey) {
  std::vector<std::string> keys;
  support::FaultServer recording{[&](const support::HttpRequest& request) {
    keys.push_back(request.body.substr(request.body.find("device_key"), 80));
    return central.handler()(request);
  }};
  recording.set_connections(support::FaultServer::Connections::close);
  auto where = options();
  where.url = recording.url();
  recording.fault_next(is_request("POST"), {.kind = Kind::answer, .reply = {503, {}, ""}});
  EXPECT_EQ(enrol(where, {}).error().code, ErrorCode::unavailable);
  recording.fault_next(is_request("POST"), {.kind = Kind::cut_before_answer});
  EXPECT_EQ(enrol(where, {}).error().code, ErrorCode::timed_out);
  central.expect_code("ABCD-2345");
  ASSERT_TRUE(enrol(where, {}));
  ASSERT_EQ(keys.size(), 2U) << "the 503 did not reach the handler";
  EXPECT_EQ(keys[0], keys[1]);
  EXPECT_EQ(files().size(), 2U);
}

TEST_F(Identity, OnAFullDiskTheCodeIsNotUsedUp) {
  support::SmallDisk disk{directory / "data", 1U << 20};
  disk.leave_only(0);
  EXPECT_EQ(enrol(options(), {}).error().code, ErrorCode::disk_full);
  disk.leave_only(100'000);
  EXPECT_TRUE(enrol(options(), {}));
}

TEST_F(Identity, AnyWriteOfAnEnrolmentMayBeTheOneThatFails) {
  support::SmallDisk disk{directory / "data", 4U << 20};
  const auto key_in_force = [&] {
    const auto loaded = load_identity(data);
    return loaded ? std::optional{loaded->device.public_key()} : std::nullopt;
  };
  for (const std::string enrolment : {"the first", "one in the place of another"}) {
    int refused = 0;
    for (bool is_enrolled = false; !is_enrolled; ++refused) {
      const auto room = static_cast<std::uint64_t>(refused) * 4'096;
      SCOPED_TRACE(enrolment + " with " + std::to_string(room));
      ASSERT_LT(room, 100'000U);
      const auto before = key_in_force();
      central.expect_code("ABCD-2345");
      disk.leave_only(room);
      const auto made = enrol(options(), {});
      disk.leave_only(1U << 20);
      is_enrolled = made.has_value();
      if (is_enrolled) continue;
      EXPECT_EQ(made.error().code, ErrorCode::disk_full) << made.error().detail;
      EXPECT_EQ(key_in_force(), before);
    }
    EXPECT_TRUE(key_in_force());
    EXPECT_GT(refused, 1);
  }
}

TEST_F(Identity, EnrollingAgainChangesTheKeyAndForgetsTheOldOne) {
  const auto before = enrol(options(), {});
  ASSERT_TRUE(before);
  central.expect_code("ABCD-2345");
  const auto after = enrol(options(), {});
  ASSERT_TRUE(after);
  EXPECT_NE(before->device.public_key(), after->device.public_key());
  EXPECT_EQ(files().size(), 2U);
}

TEST_F(Identity, AFailedSecondEnrolmentLeavesTheFirstInForce) {
  const auto before = enrol(options(), {});
  ASSERT_TRUE(before);
  central.expect_code("ABCD-2345");
  server.fault_next(is_request("POST"), {.kind = Kind::cut_before_answer});
  EXPECT_FALSE(enrol(options(), {}));
  const auto loaded = load_identity(data);
  ASSERT_TRUE(loaded) << loaded.error().detail;
  EXPECT_EQ(loaded->device.public_key(), before->device.public_key());
}

TEST_F(Identity, WhatIsNotOurCentralIsNotBelieved) {
  const std::vector<HttpReply> replies{
      {200, {}, "<html>portal</html>"},
      {302, {{"Location", "http://127.0.0.2/"}}, ""},
      {201, {}, "{}"},
      {201, {}, R"({"kiosk":"k-1","token":"t","sealing_key":"00","receipt_key":"00"})"},
      {403, {{"Content-Type", "text/html"}}, "blocked"},
      {404, {}, ""}};
  for (const auto& reply : replies) {
    server.fault_next(is_request("POST"), {.kind = Kind::answer, .reply = reply});
    EXPECT_EQ(enrol(options(), {}).error().code, ErrorCode::unavailable) << reply.status << reply.body;
    EXPECT_FALSE(load_identity(data));
  }
}

TEST_F(Identity, TheAuthorityIsCopiedSoThatTheStickMayGo) {
  const auto certificates = support::make_certificates(directory / "tls", "127.0.0.1");
  support::FaultServer secure{central.handler(), certificates.server};
  auto where = options();
  where.url = secure.url();
  where.ca = certificates.ca;
  where.plain = PlainHttp::refused;
  const auto identity = enrol(where, {});
  ASSERT_TRUE(identity) << identity.error().detail;
  fs::remove(certificates.ca);
  const auto loaded = load_identity(data);
  ASSERT_TRUE(loaded) << loaded.error().detail;
  EXPECT_TRUE(fs::is_regular_file(loaded->ca_file));
  EXPECT_EQ(loaded->ca_file.parent_path(), data / "identity");
}

TEST_F(Identity, AnotherAuthorityGetsNoCode) {
  const auto certificates = support::make_certificates(directory / "tls", "127.0.0.1");
  const auto other = support::make_certificates(directory / "other", "127.0.0.1");
  support::FaultServer secure{central.handler(), certificates.server};
  auto where = options();
  where.url = secure.url();
  where.ca = other.ca;
  EXPECT_EQ(enrol(where, {}).error().code, ErrorCode::unauthorised);
  EXPECT_TRUE(secure.requests().empty());
}

TEST_F(Identity, PlainHttpIsRefusedUnlessAllowed) {
  auto where = options();
  where.plain = PlainHttp::refused;
  EXPECT_EQ(enrol(where, {}).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(server.connections(), 0);
}

TEST_F(Identity, ACodeIsNeededAndItsNameCounts) {
  auto where = options();
  where.code.clear();
  EXPECT_EQ(enrol(where, {}).error().code, ErrorCode::invalid_input);
  where = options();
  where.name = "another";
  EXPECT_EQ(enrol(where, {}).value().name, "hall 3") << "that the code was made for";
}

TEST_F(Identity, ARefusedEnrolmentLeavesNothing) {
  auto wrong = options();
  wrong.code = "ZZZZ-ZZZZ";
  EXPECT_EQ(enrol(wrong, {}).error().code, ErrorCode::unauthorised);
  EXPECT_TRUE(files().empty()) << files()[0];
  auto nobody = options();
  nobody.url = "http://127.0.0.1:" + std::to_string(support::closed_port());
  EXPECT_EQ(enrol(nobody, {}).error().code, ErrorCode::unavailable);
  EXPECT_TRUE(files().empty()) << files()[0];
  ASSERT_TRUE(enrol(options(), {}));
  const auto before = files();
  EXPECT_FALSE(enrol(wrong, {}));
  EXPECT_EQ(files(), before);
}

/// The central service may have taken the key: only with it does it answer the repeat as the same enrolment.
TEST_F(Identity, AnUnansweredEnrolmentKeepsItsKeyThroughARefusal) {
  server.fault_next(is_request("POST"), {.kind = Kind::cut_before_answer});
  EXPECT_EQ(enrol(options(), {}).error().code, ErrorCode::timed_out);
  const auto left = files();
  EXPECT_EQ(enrol(options(), {}).error().code, ErrorCode::unauthorised) << "this one takes a code once only";
  EXPECT_EQ(files(), left);
}

TEST_F(Identity, WhoWasEnrolledBeforeSaysSoAndProvesIt) {
  const auto before = enrol(options(), {});
  ASSERT_TRUE(before);
  EXPECT_FALSE(central.last_enrolment()->earlier);
  central.expect_code("ABCD-2345");
  ASSERT_TRUE(enrol(options(), {}));
  const auto request = central.last_enrolment();
  ASSERT_TRUE(request->earlier);
  EXPECT_EQ(request->earlier->kiosk, "k-test");
  EXPECT_EQ(request->earlier->device_key, before->device.public_key());
  EXPECT_EQ(central.violations(), 0) << "both signatures are right";
}

TEST_F(Identity, WithoutItsAuthoritysFileItStillProvesWhoItWas) {
  const auto before = enrol(options(), {});
  ASSERT_TRUE(before);
  auto object = nlohmann::json::parse(base::read_text_file(data / "identity/identity.json", 1U << 16).value());
  object["ca_file"] = "ca-that-is-gone.pem";
  object.erase("token");
  std::ofstream{data / "identity/identity.json"} << object.dump();
  ASSERT_FALSE(load_identity(data));
  central.expect_code("ABCD-2345");
  ASSERT_TRUE(enrol(options(), {}));
  ASSERT_TRUE(central.last_enrolment()->earlier);
  EXPECT_EQ(central.last_enrolment()->earlier->device_key, before->device.public_key());
}

TEST_F(Identity, NoOtherIdThanTheQueuesIsTaken) {
  const auto before = enrol(options(), {});
  ASSERT_TRUE(before);
  const auto files_before = files();
  central.expect_code("ABCD-2345");
  auto held = options();
  held.held_for = {"k-of-the-queue"};
  const auto refused = enrol(held, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_NE(refused.error().detail.find("enrol --kiosk k-of-the-queue"), std::string::npos) << refused.error().detail;
  EXPECT_EQ(load_identity(data)->device.public_key(), before->device.public_key());
  EXPECT_EQ(files(), files_before) << "the key that another id got is not used again";
  central.expect_code("ABCD-2345");
  held.held_for.push_back("k-test");
  EXPECT_TRUE(enrol(held, {}));
}

TEST_F(Identity, ACopyOfAnotherMachineAsksForAnIdentityOfItsOwn) {
  ASSERT_TRUE(enrol(options(), {}));
  central.expect_code("ABCD-2345");
  auto copy = options();
  copy.as = EnrolAs::another;
  ASSERT_TRUE(enrol(copy, {}));
  EXPECT_FALSE(central.last_enrolment()->earlier);
}

/// As the first program wrote it: no member more, none less.
TEST_F(Identity, AFolderOfBeforeIsReadAndEnrolsAgain) {
  const auto device = envelope::SigningKey::make();
  fs::create_directories(data / "identity");
  ASSERT_TRUE(device.save(data / "identity" / "device-of-before.key"));
  const nlohmann::json before{{"kiosk", "k-0123456789"},
                              {"name", "hall 1"},
                              {"central_url", server.url()},
                              {"ca_file", ""},
                              {"token", "token-of-before"},
                              {"sealing_key", envelope::key_to_hex(central.sealing_key())},
                              {"receipt_key", envelope::key_to_hex(central.receipt_key())},
                              {"device_key_file", "device-of-before.key"}};
  std::ofstream{data / "identity" / "identity.json"} << before.dump(2) << "\n";
  ASSERT_EQ(::chmod((data / "identity" / "identity.json").c_str(), 0600), 0);
  const auto loaded = load_identity(data);
  ASSERT_TRUE(loaded) << loaded.error().detail;
  EXPECT_EQ(loaded->kiosk, "k-0123456789");
  ASSERT_TRUE(enrol(options(), {}));
  EXPECT_EQ(central.last_enrolment()->earlier->kiosk, "k-0123456789");
  EXPECT_EQ(central.last_enrolment()->earlier->device_key, device.public_key());
  EXPECT_EQ(files().size(), 2U) << "its old key is gone";
}

TEST_F(Identity, KeysThatWouldKeepNothingSecretAreRefused) {
  const std::string nothing(64, '0');
  const std::string good = envelope::key_to_hex(central.receipt_key());
  for (const auto& [sealing, receipt] : {std::pair{nothing, good}, std::pair{good, nothing}}) {
    const nlohmann::json answer{{"kiosk", "k-1"}, {"token", "t"}, {"sealing_key", sealing}, {"receipt_key", receipt}};
    server.fault_next(is_request("POST"), {.kind = Kind::answer, .reply = {201, {}, answer.dump()}});
    EXPECT_EQ(enrol(options(), {}).error().code, ErrorCode::unavailable);
    EXPECT_FALSE(load_identity(data));
  }
  ASSERT_TRUE(enrol(options(), {}));
  const auto path = data / "identity" / "identity.json";
  auto object = nlohmann::json::parse(base::read_text_file(path).value());
  object["sealing_key"] = nothing;
  std::ofstream{path} << object.dump(2);
  EXPECT_EQ(load_identity(data).error().code, ErrorCode::corrupt);
}

TEST(DataLock, TwoProcessesCannotShareADirectory) {
  const support::ScratchDirectory directory;
  auto held = DataLock::acquire(directory / "data");
  ASSERT_TRUE(held);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto second = DataLock::acquire(directory / "data");
    const bool is_right = !second && second.error().code == ErrorCode::busy &&
                          second.error().detail.find(std::to_string(::getppid())) != std::string::npos;
    ::_exit(is_right ? 0 : 1);
  }
  int status = 1;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

TEST(DataLock, EndsWithItsObject) {
  const support::ScratchDirectory directory;
  { ASSERT_TRUE(DataLock::acquire(directory / "data")); }
  EXPECT_TRUE(DataLock::acquire(directory / "data"));
}

TEST(DataLock, EndsWithAKilledProcess) {
  const support::ScratchDirectory directory;
  const pid_t child = ::fork();
  if (child == 0) {
    const auto lock = DataLock::acquire(directory / "data");
    if (lock) ::kill(::getpid(), SIGKILL);
    ::_exit(1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_TRUE(DataLock::acquire(directory / "data"));
}

}  // namespace
}  // namespace bangwu::identity
