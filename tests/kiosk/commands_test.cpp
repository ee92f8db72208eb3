#include <gmock/gmock.h>

#include "identity/data_lock.h"
#include "outbox/outbox.h"
#include "support/certificates.h"
#include "support/child_process.h"
#include "support/fake_central.h"
#include "support/files.h"
#include "support/scratch_directory.h"

namespace bangwu {
namespace {

namespace fs = std::filesystem;
using support::Finished;
using support::write_file;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kGoodSettings = "[hall]\ncatalogue = \"" BANGWU_SOURCE_DIR "/config/catalogue\"\n";

// For check, which asks for scanners: only those of the test, and none in the network.
constexpr const char* kSaneOfTheTest = "[capture]\nsane_config = \"sane\"\n";

Finished kiosk(std::vector<std::string> words) {
  words.insert(words.begin(), BANGWU_KIOSK_PROGRAM);
  // No display: what gets as far as opening one fails there.
  return support::run(words, {{"SDL_VIDEODRIVER", "x11"}, {"DISPLAY", ":none"}});
}

/// What a service manager and a script can tell from the way bangwu-kiosk ends.
class KioskCommands : public testing::Test {
 protected:
  KioskCommands() {
    write_file(config(), kGoodSettings);
    write_file(scratch_ / "sane/dll.conf", "");
  }
  [[nodiscard]] std::string config() const { return scratch_ / "kiosk.toml"; }
  [[nodiscard]] std::string data() const { return scratch_ / "data"; }
  [[nodiscard]] Finished run_with(const std::string& settings) const {
    write_file(config(), settings);
    return kiosk({"run", "--config", config(), "--data", data()});
  }
  [[nodiscard]] Finished enrol(const std::string& code) {
    write_file(scratch_ / "code", code + "\n");
    return kiosk({"enrol", "--data", data(), "--url", server_.url(), "--code-file", scratch_ / "code",
                  "--plain-http-on-loopback"});
  }
  void make_queue() const {
    auto blobs = blobs::BlobStore::open(fs::path(data()) / "blobs");
    ASSERT_TRUE(blobs && outbox::Outbox::open(fs::path(data()) / "outbox", std::move(*blobs), std::nullopt));
  }

  /// One envelope in the queue, sealed for this machine's id.
  void accept_one() const {
    const auto device = envelope::SigningKey::make();
    const auto key = envelope::ContentKey::make();
    outbox::Draft draft;
    draft.id.bytes[0] = 1;
    const auto central = envelope::UnsealingKey::make().public_key();
    draft.sealed_key = key.seal_to(central, {"k-1", draft.id}).value();
    draft.body = key.encrypt(base::Bytes{'{', '}'});
    auto blobs = blobs::BlobStore::open(fs::path(data()) / "blobs");
    auto box = outbox::Outbox::open(fs::path(data()) / "outbox", std::move(*blobs),
                                    outbox::Identity{"k-1", &device, envelope::VerifyKey{}});
    ASSERT_TRUE(box) << box.error().detail;
    const auto accepted = box->accept(draft, base::SystemTime{std::chrono::hours{500'000}});
    ASSERT_TRUE(accepted) << accepted.error().detail;
  }

  bool has_cryptography_ = envelope::initialise_cryptography();
  support::ScratchDirectory scratch_;
  support::FakeCentral central_{"secret-token", envelope::VerifyKey{}};
  support::FaultServer server_{central_.handler()};
};

TEST_F(KioskCommands, ACopyDeliversItsQueueBeforeItGetsAnIdOfItsOwn) {
  accept_one();
  write_file(scratch_ / "code", "AAAA-BBBB-CCCC\n");
  const auto ended = kiosk({"enrol", "--as-another", "--data", data(), "--url", server_.url(), "--code-file",
                            scratch_ / "code", "--plain-http-on-loopback"});
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.errors, HasSubstr("1 items of the queue are sealed under the id this machine has"));
  EXPECT_TRUE(server_.requests().empty()) << "the code is not used up";
}

TEST_F(KioskCommands, AMachineThatCannotSayWhoItWasDoesNotBecomeAnotherUnderItsQueue) {
  accept_one();
  central_.expect_code("ABCD-2345");
  const auto ended = enrol("ABCD-2345");  // it would be k-test
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.errors, HasSubstr("bangwu-central enrol --kiosk k-1"));
  EXPECT_FALSE(fs::exists(fs::path(data()) / "identity/identity.json"));
}

TEST_F(KioskCommands, HelpNamesEverySubcommandAndVersionIsTheProjects) {
  const auto help = kiosk({"--help"});
  EXPECT_EQ(help.code, 0);
  for (const char* command : {"run", "enrol", "queue", "check"})
    EXPECT_THAT(help.output, HasSubstr(std::string("bangwu-kiosk ") + command));
  const auto version = kiosk({"--version"});
  EXPECT_EQ(version.code, 0);
  EXPECT_EQ(version.output, "bangwu-kiosk " BANGWU_VERSION "\n");
}

TEST_F(KioskCommands, WrongCommandLinesAreTwoAndSayWhatIsNeeded) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{},
        {"dance"},
        {"run"},
        {"run", "--config", config()},
        {"run", "--config"},
        {"run", "--colour"},
        {"run", "--config", config(), "--data", data(), "extra"},
        {"run", "--config", config(), "--data", data(), "--size", "big"},
        {"enrol", "--data", data()},
        {"queue"},
        {"queue", "list"},
        {"check"},
        {"check", "--config", config(), "extra"},
        {"enrol", "--data", data(), "--url", "https://h", "--code", "ABCD-2345"},
        {"enrol", "--data", data(), "--url", "https://h", "--code", "-", "extra"}}) {
    const auto finished = kiosk(words);
    EXPECT_EQ(finished.code, 2) << testing::PrintToString(words) << finished.errors;
    EXPECT_THAT(finished.errors, HasSubstr("bangwu-kiosk")) << testing::PrintToString(words);
  }
  EXPECT_FALSE(fs::exists(data())) << "a command that cannot be meant has done nothing";
}

TEST_F(KioskCommands, WrongSettingsStopTheStartWithTheirLines) {
  for (const auto& [settings, said] : std::map<std::string, std::string>{
           {"[hall]\ncatalog = \"catalogue\"\n", "kiosk.toml:2: unknown key catalog"},
           {std::string(kGoodSettings) + "[visit]\nidle_seconds = \"120\"\n", "kiosk.toml:4: visit.idle_seconds"},
           {"[hall]\ncatalogue = \"nowhere\"\n", "there is no folder"},
           {std::string(kGoodSettings) + "[capture]\nsane_config = \"nowhere\"\n", "kiosk.toml:4: capture.sane_config"},
           {"[hall\n", "kiosk.toml:1: not TOML"}}) {
    const auto finished = run_with(settings);
    EXPECT_EQ(finished.code, 3) << settings;
    EXPECT_THAT(finished.errors, HasSubstr(said));
  }
  const auto none = kiosk({"run", "--config", scratch_ / "none.toml", "--data", data()});
  EXPECT_EQ(none.code, 3);
  EXPECT_THAT(none.errors, HasSubstr("none.toml"));
  EXPECT_FALSE(fs::exists(data()));
}

TEST_F(KioskCommands, AProductionMachineRefusesInspection) {
  for (const char* said : {"", "[kiosk]\nproduction = true\n"}) {
    write_file(config(), std::string(said) + kGoodSettings);
    const auto finished = kiosk({"run", "--config", config(), "--data", data(), "--inspect", scratch_ / "socket"});
    EXPECT_EQ(finished.code, 3);
    EXPECT_THAT(finished.errors, HasSubstr("--development"));
    EXPECT_FALSE(fs::exists(scratch_ / "socket"));
    EXPECT_FALSE(fs::exists(data()));
  }
}

// A kiosk whose decoder never says that it is shut in: on a machine that grants no cell it would not.
TEST_F(KioskCommands, AMachineInProductionDoesNotStartWithoutTheDecodersCell) {
  const fs::path installed = scratch_ / "installed";
  fs::create_directory(installed);
  fs::copy_file(BANGWU_KIOSK_PROGRAM, installed / "bangwu-kiosk");
  fs::copy_file("/bin/true", installed / "bangwu-capture-worker");
  const auto share = fs::path(BANGWU_KIOSK_PROGRAM).parent_path().parent_path() / "share";
  const fs::path log = scratch_ / "log";
  support::ChildProcess machine({{installed / "bangwu-kiosk", "run", "--config", config(), "--data", data(), "--share",
                                  share, "--size", "640x480"},
                                 {{"SDL_VIDEODRIVER", "dummy"}},
                                 log});
  // Its screen says it for a minute, as no visitor reads a log; staff need not wait for that.
  EXPECT_TRUE(
      support::eventually([&] { return support::read_file(log).find("kiosk.not_started") != std::string::npos; }));
  machine.signal(SIGTERM);
  EXPECT_EQ(machine.wait(std::chrono::seconds{20}), 1);
  EXPECT_THAT(support::read_file(log), HasSubstr("a machine in production does not start"));
}

TEST_F(KioskCommands, AMachineWithoutADisplayDoesNotRunUnseen) {
  const auto finished = support::run({"/usr/bin/env", "-u", "DISPLAY", "-u", "WAYLAND_DISPLAY", "-u", "SDL_VIDEODRIVER",
                                      BANGWU_KIOSK_PROGRAM, "run", "--config", config(), "--data", data()});
  EXPECT_EQ(finished.code, 1);
  EXPECT_THAT(finished.errors, HasSubstr("display"));
  EXPECT_THAT(finished.errors, Not(HasSubstr("first_picture")));
}

TEST_F(KioskCommands, ADataFolderInUseIsNamedWithWhoUsesIt) {
  const auto lock = identity::DataLock::acquire(data());
  ASSERT_TRUE(lock);
  for (const auto& finished : {kiosk({"run", "--config", config(), "--data", data()}), enrol("ABCD-2345")}) {
    EXPECT_EQ(finished.code, 4);
    EXPECT_THAT(finished.errors, HasSubstr("in use by process " + std::to_string(::getpid())));
    EXPECT_THAT(finished.errors, HasSubstr("end that program first"));
  }
}

TEST_F(KioskCommands, WithoutADisplayTheStartFailsAndSaysSo) {
  const auto finished = run_with(kGoodSettings);
  EXPECT_EQ(finished.code, 1);
  EXPECT_THAT(finished.errors, HasSubstr("start the display"));
}

TEST_F(KioskCommands, EnrolmentSucceedsOnceWithItsCode) {
  central_.expect_code("ABCD-2345");
  const auto enrolled = enrol("ABCD-2345");
  EXPECT_EQ(enrolled.code, 0) << enrolled.errors;
  EXPECT_THAT(enrolled.output, HasSubstr("enrolled as k-test (hall 3)"));
  EXPECT_THAT(enrolled.output, HasSubstr("sealing key  " + envelope::fingerprint(central_.sealing_key())));
  EXPECT_THAT(enrolled.output, HasSubstr("receipt key  " + envelope::fingerprint(central_.receipt_key())));
  const auto again = enrol("ABCD-2345");
  EXPECT_EQ(again.code, 1);
  EXPECT_THAT(again.errors, HasSubstr("get a new one"));
}

TEST_F(KioskCommands, ACodeIsReadFromStandardInputAndTheNameIsTheCodes) {
  central_.expect_code("ABCD-2345");
  const std::string command =
      "echo ' ABCD-2345 ' | \"$0\" enrol --code - --name '一号' --plain-http-on-loopback --data " + data() + " --url " +
      server_.url();
  const auto enrolled = support::run({"/bin/sh", "-c", command, BANGWU_KIOSK_PROGRAM});
  EXPECT_EQ(enrolled.code, 0) << enrolled.errors;
  EXPECT_THAT(enrolled.output, HasSubstr("enrolled as k-test (hall 3)"));
  EXPECT_THAT(enrolled.output, HasSubstr("the code was made for hall 3: that is its name, not 一号"));
}

TEST_F(KioskCommands, NobodyIsGivenTheKeysOfItsConnections) {
  const auto certificates = support::make_certificates(scratch_ / "tls", "127.0.0.1");
  support::FaultServer secure{central_.handler(), certificates.server};
  central_.expect_code("ABCD-2345");
  write_file(scratch_ / "code", "ABCD-2345");
  const auto keys = scratch_ / "keys.log";
  const auto enrolled = support::run({BANGWU_KIOSK_PROGRAM, "enrol", "--data", data(), "--url", secure.url(), "--ca",
                                      certificates.ca, "--code-file", scratch_ / "code"},
                                     {{"SSLKEYLOGFILE", keys}});
  EXPECT_EQ(enrolled.code, 0) << enrolled.errors;
  EXPECT_FALSE(fs::exists(keys));
}

TEST_F(KioskCommands, ANameThatWouldMoveTheTerminalIsWrittenOut) {
  central_.expect_code("ABCD-2345", "\x1b[2Jhall");
  const auto enrolled = enrol("ABCD-2345");
  EXPECT_THAT(enrolled.output, HasSubstr("(\\u001b[2Jhall)")) << enrolled.errors;
  EXPECT_THAT(enrolled.output, Not(HasSubstr("\x1b")));
}

TEST_F(KioskCommands, AQueueIsReadWithoutEnrolmentAndWithoutTheKiosk) {
  make_queue();
  const auto list = kiosk({"queue", "--data", data(), "list"});
  EXPECT_EQ(list.code, 0) << list.errors;
  EXPECT_THAT(list.output, testing::StartsWith("0 ready"));
  EXPECT_EQ(kiosk({"queue", "--data", data(), "show", "019a0000-0000-7000-8000-000000000001"}).code, 1);
  EXPECT_EQ(kiosk({"queue", "--data", data(), "lst"}).code, 2);
}

TEST_F(KioskCommands, AQueueThatIsMissingOrDamagedIsFour) {
  const auto missing = kiosk({"queue", "--data", data(), "list"});
  EXPECT_EQ(missing.code, 4);
  EXPECT_THAT(missing.errors, HasSubstr("holds no queue"));
  EXPECT_FALSE(fs::exists(data())) << "looking makes nothing";
  make_queue();
  write_file(fs::path(data()) / "outbox/outbox.sqlite", std::string(8192, '!'));
  EXPECT_EQ(kiosk({"queue", "--data", data(), "list"}).code, 4);
}

TEST_F(KioskCommands, AQueueThatCannotBeReadSaysWhatToDoAndGoesOnAfterThat) {
  make_queue();
  write_file(fs::path(data()) / "outbox/outbox.sqlite", std::string(8192, '!'));
  const auto refused = kiosk({"queue", "--data", data(), "list"});
  EXPECT_EQ(refused.code, 4);
  EXPECT_THAT(refused.errors, HasSubstr("bangwu-kiosk queue --data DIR recover"));
  const auto recovered = kiosk({"queue", "--data", data(), "recover"});
  EXPECT_EQ(recovered.code, 0) << recovered.output << recovered.errors;
  EXPECT_THAT(recovered.output, HasSubstr("Put aside: "));
  EXPECT_EQ(kiosk({"queue", "--data", data(), "list"}).code, 0);
}

TEST_F(KioskCommands, CheckOfAnEnrolledMachineIsWell) {
  central_.expect_code("ABCD-2345");
  ASSERT_EQ(enrol("ABCD-2345").code, 0);
  write_file(config(), std::string(kGoodSettings) + kSaneOfTheTest);
  const auto check = kiosk({"check", "--config", config(), "--data", data()});
  EXPECT_EQ(check.code, 0) << check.output;
  EXPECT_THAT(check.output, HasSubstr("enrolled as k-test"));
  EXPECT_THAT(check.output, HasSubstr(" 0 problems"));
  EXPECT_THAT(check.output, testing::EndsWith("all is well\n"));
}

TEST_F(KioskCommands, CheckSaysEverythingThatIsWrongAtOnce) {
  write_file(config(), "[hall]\ncatalogue = \"nowhere\"\n[visit]\nidle_secs = 3\n");
  const auto check = kiosk({"check", "--config", config(), "--data", data(), "--share", scratch_ / "share"});
  EXPECT_EQ(check.code, 3) << "the first problem's";
  for (const char* said : {"kiosk.toml:2: hall.catalogue", "kiosk.toml:4: unknown key idle_secs", "share/icons",
                           "share/locale", "share/rime", "not enrolled"}) {
    EXPECT_THAT(check.output, HasSubstr(said));
  }
  EXPECT_THAT(check.output, Not(HasSubstr("all is well")));
}

TEST_F(KioskCommands, CheckNamesAFolderOfPagesThatIsNotThereThoughTheKioskStartsWithoutIt) {
  write_file(config(), std::string(kGoodSettings) + kSaneOfTheTest + "folders = [\"scans\"]\n");
  const auto check = kiosk({"check", "--config", config()});
  EXPECT_EQ(check.code, 3);
  EXPECT_THAT(check.output, HasSubstr("capture.folders: there is no folder " + scratch_.path().string() + "/scans"));
  EXPECT_EQ(kiosk({"run", "--config", config(), "--data", data()}).code, 1) << "it comes as far as the display";
}

TEST_F(KioskCommands, CheckListsTheScannersThatAnswerAndMissesTheNamedOne) {
  write_file(scratch_ / "sane/dll.conf", "test\n");
  write_file(scratch_ / "sane/test.conf", "number_of_devices 1\n");
  const auto check_with = [&](const std::string& scanner) {
    write_file(config(), std::string(kGoodSettings) + kSaneOfTheTest + scanner);
    return kiosk({"check", "--config", config()});
  };
  for (const char* scanner : {"", "scanner = \"test:0\"\n"}) {
    const auto check = check_with(scanner);
    EXPECT_EQ(check.code, 0) << check.output;
    EXPECT_THAT(check.output, HasSubstr("scanner: test:0 ("));
  }
  const auto missed = check_with("scanner = \"test:7\"\n");
  EXPECT_EQ(missed.code, 1);
  EXPECT_THAT(missed.output, HasSubstr("scanner: test:0 ("));
  EXPECT_THAT(missed.output, HasSubstr("capture.scanner: test:7 does not answer: switch it on"));
  write_file(scratch_ / "sane/dll.conf", "");
  EXPECT_THAT(check_with("").output, HasSubstr("scanners: none answers"));
}

TEST_F(KioskCommands, CheckTellsEachKindOfProblemByItsCode) {
  write_file(config(), std::string(kGoodSettings) + kSaneOfTheTest);
  EXPECT_EQ(kiosk({"check", "--config", config(), "--data", data()}).code, 4) << "not enrolled";
  EXPECT_EQ(kiosk({"check", "--config", config(), "--share", scratch_ / "share"}).code, 1) << "not installed whole";
  write_file(scratch_ / "catalogue/items/broken.toml", "code = 1\n");
  write_file(config(), std::string("[hall]\ncatalogue = \"catalogue\"\n") + kSaneOfTheTest);
  const auto broken = kiosk({"check", "--config", config()});
  EXPECT_EQ(broken.code, 3);
  EXPECT_THAT(broken.output, HasSubstr("broken.toml:1"));
}

}  // namespace
}  // namespace bangwu
