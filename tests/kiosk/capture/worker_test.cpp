#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <sstream>

#include "capture/scanner.h"
#include "capture/worker_process.h"
#include "capture_worker/run_worker.h"
#include "recorder.h"

namespace bangwu::capture {
namespace {

namespace fs = std::filesystem;
using domain::PageFault;
using test::Recorder;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr const char* kLies[] = {"crash",
                                 "hang",
                                 "trickle",
                                 "endless length",
                                 "unknown kind",
                                 "garbage page",
                                 "garbage progress",
                                 "garbage done",
                                 "preview too small for its size",
                                 "preview larger than asked",
                                 "impossible size",
                                 "other media type",
                                 "not a jpeg",
                                 "endless pages",
                                 "exit at once"};

/// What only takes too long is not called damaged.
PageFault fault_of(std::string_view lie) {
  return lie == "hang" || lie == "trickle" ? PageFault::file_too_complex : PageFault::file_damaged;
}

WorkerSettings liar(const std::string& lie) { return {.program = LIAR, .environment = {"LIE=" + lie}}; }

ImportLimits impatient() {
  ImportLimits limits;
  limits.silence_limit = std::chrono::milliseconds(300);
  return limits;
}

TEST(Worker, WhateverItDoesTheFileIsAtFaultAndTheKioskGoesOn) {
  const test::Folder folder;
  folder.put("a.pdf", test::pdf_file(1));
  for (const char* lie : kLies) {
    Importer importer(liar(lie), impatient());
    Recorder recorder;
    const Outcome outcome = test::import_only_file(importer, folder, recorder);
    EXPECT_EQ(outcome.fault, fault_of(lie)) << lie;
    EXPECT_THAT(outcome.detail, Not(IsEmpty())) << lie;
    EXPECT_EQ(recorder.pages.size(), std::string_view(lie) == "endless pages" ? 50U : 0U) << lie;
  }
}

// Long before the worker's silence would end it, and by its number: the others can be had.
TEST(Worker, APageThatTakesTooLongIsNamedAndTheOthersCanBeHad) {
  const test::Folder folder;
  folder.put("a.pdf", test::pdf_file(3));
  ImportLimits limits;
  limits.page_limit = std::chrono::milliseconds(200);
  limits.silence_limit = std::chrono::hours(1);
  Importer importer(liar("draws for ever"), limits);
  Recorder refused;
  const Outcome named = test::import_only_file(importer, folder, refused);
  EXPECT_EQ(named.fault, PageFault::page_too_complex);
  EXPECT_EQ(named.page, 2);
  Recorder others;
  const Outcome rest = test::import_only_file(importer, folder, others, {}, UnreadablePages::leave_out);
  EXPECT_EQ(rest.fault, PageFault::none) << rest.detail;
  EXPECT_THAT(others.pages, SizeIs(2));
  EXPECT_EQ(rest.pages, 2);
}

TEST(Worker, APictureFileIsOnePage) {
  const test::Folder folder;
  folder.put("a.jpg", test::jpeg_file(test::written_page(60, 80)));
  Importer importer(liar("a file's page twice"), impatient());
  Recorder recorder;
  EXPECT_EQ(test::import_only_file(importer, folder, recorder).fault, PageFault::file_damaged);
  EXPECT_THAT(recorder.pages, SizeIs(1));
}

TEST(Worker, PreviewsSurviveItToo) {
  const base::Bytes jpeg = test::jpeg_file(test::written_page(60, 80));
  for (const char* lie : kLies) {
    Importer importer(liar(lie), impatient());
    EXPECT_EQ(importer.render_preview(jpeg, "image/jpeg", 400, CancelToken{}).error(), fault_of(lie)) << lie;
  }
}

TEST(Worker, ScannersSurviveItToo) {
  ScanLimits limits;
  limits.silence_limit = limits.list_limit = limits.cancel_limit = std::chrono::milliseconds(300);
  for (const std::string lie : kLies) {
    const Scanners scanners(liar(lie), limits);
    Recorder recorder;
    const bool is_silent = lie == "hang" || lie == "trickle";
    const Outcome outcome = scanners.scan("any", ScanSource::feeder, 300, recorder.sink(), CancelToken{});
    EXPECT_EQ(outcome.fault, is_silent ? PageFault::scanner_hanging : PageFault::scanner_failed) << lie;
    EXPECT_FALSE(scanners.list_scanners(CancelToken{})) << lie;
  }
}

TEST(Worker, WhatItSaysOfAFileDoesNotReachTheLog) {
  const test::Folder folder;
  folder.put("a.pdf", test::pdf_file(1));
  Importer importer(liar("words for the log"), impatient());
  Recorder recorder;
  EXPECT_THAT(test::import_only_file(importer, folder, recorder).detail, Not(HasSubstr("4405")));
}

TEST(Worker, AProgramThatIsNotThereIsAnInternalFault) {
  const test::Folder folder;
  folder.put("a.pdf", test::pdf_file(1));
  Importer importer({.program = folder.path() / "nothing", .environment = {}}, impatient());
  Recorder recorder;
  EXPECT_EQ(test::import_only_file(importer, folder, recorder).fault, PageFault::internal);
  const Scanners scanners({.program = folder.path() / "nothing", .environment = {}});
  EXPECT_EQ(scanners.list_scanners(CancelToken{}).error(), PageFault::internal);
}

// What is not shut in is given nothing of a stranger's, whatever it says of itself.
TEST(Worker, OneThatIsNotInItsCellGetsNoFile) {
  const test::Folder folder;
  folder.put("a.jpg", test::jpeg_file(test::written_page(60, 80)));
  for (const char* lie : {"is shut in", "has no cell", "says nothing of a cell"}) {
    Importer importer(liar(lie), impatient());
    Recorder recorder;
    EXPECT_EQ(test::import_only_file(importer, folder, recorder).fault, PageFault::internal) << lie;
    const Scanners scanners(liar(lie));
    EXPECT_EQ(scanners.list_scanners(CancelToken{}).error(), PageFault::internal) << lie;
    EXPECT_FALSE(try_cell(liar(lie))) << lie;
  }
  EXPECT_TRUE(cell::is_shut(cell::Purpose::decode, try_cell({}).value()));
}

TEST(Worker, OneThatDiedWhileItWaitedIsReplaced) {
  const test::Folder folder;
  folder.put("a.jpg", test::jpeg_file(test::written_page(60, 80)));
  Importer importer;
  importer.warm_up();
  std::ifstream children("/proc/self/task/" + std::to_string(::gettid()) + "/children");
  pid_t child = 0;
  ASSERT_TRUE(children >> child);
  ASSERT_EQ(::kill(child, SIGKILL), 0);
  siginfo_t info{};
  ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT), 0);
  Recorder recorder;
  EXPECT_EQ(test::import_only_file(importer, folder, recorder).fault, PageFault::none);
}

std::string text_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// A confined import worker that waits for work.
class Confined : public testing::Test {
 protected:
  void SetUp() override {
    importer_.warm_up();
    std::ifstream children("/proc/self/task/" + std::to_string(::gettid()) + "/children");
    ASSERT_TRUE(children >> pid_);
    const base::Bytes jpeg = test::jpeg_file(test::written_page(60, 80));
    ASSERT_TRUE(importer_.render_preview(jpeg, "image/jpeg", 40, CancelToken{}));
  }
  [[nodiscard]] fs::path proc(const char* name) const { return fs::path("/proc") / std::to_string(pid_) / name; }
  /// One that exec would hand on, above those the worker gets.
  base::FileHandle inheritable_{::fcntl(STDERR_FILENO, F_DUPFD, 20)};
  Importer importer_;
  pid_t pid_ = 0;
};

TEST_F(Confined, HasLimitsAndLeavesNoCore) {
  const std::string limits = text_of(proc("limits"));
  EXPECT_THAT(limits, testing::ContainsRegex("Max core file size +0 +0 "));
  EXPECT_THAT(limits, testing::ContainsRegex("Max file size +0 +0 "));
  EXPECT_THAT(limits, testing::ContainsRegex("Max cpu time +600 +600 "));
#ifndef __SANITIZE_ADDRESS__
  EXPECT_THAT(limits, testing::ContainsRegex("Max address space +1610612736 +1610612736 "));
#endif
  const std::string status = text_of(proc("status"));
  EXPECT_THAT(status, HasSubstr("NoNewPrivs:\t1"));
  EXPECT_THAT(status, HasSubstr("Seccomp:\t2"));
  EXPECT_THAT(status, testing::ContainsRegex("CapEff:\t0+\n"));
}

TEST_F(Confined, HoldsNothingOpenButItsSocket) {
  std::vector<std::string> open;
  for (const auto& entry : fs::directory_iterator(proc("fd"))) {
    open.push_back(entry.path().filename().string() + " " + fs::read_symlink(entry.path()).string().substr(0, 8));
  }
  EXPECT_THAT(open, testing::UnorderedElementsAre("0 /dev/nul", "1 /dev/nul", "2 /dev/nul", "3 socket:["));
}

TEST_F(Confined, KnowsNothingOfTheVisitFromItsStart) {
  const std::string environment = text_of(proc("environ"));
  EXPECT_THAT(environment, Not(HasSubstr("GTEST")));
  EXPECT_THAT(environment, Not(HasSubstr("LD_PRELOAD")));
}

// What a stranger's file did to it must not reach the next visitor's.
TEST_F(Confined, SeesNoSecondFile) {
  const test::Folder folder;
  folder.put("a.jpg", test::jpeg_file(test::written_page(60, 80)));
  Recorder recorder;
  ASSERT_EQ(test::import_only_file(importer_, folder, recorder).fault, PageFault::none);
  EXPECT_FALSE(fs::exists(proc("status")));
}

TEST_F(Confined, EndsWithTheVisit) {
  importer_.forget();
  EXPECT_FALSE(fs::exists(proc("status")));
}

TEST(Worker, AnOrdinaryStartIsNoWorker) {
  std::string program = "kiosk";
  std::string argument = "run";
  std::array<char*, 2> arguments{program.data(), argument.data()};
  capture_worker::run_worker_if_asked(2, arguments.data());
  capture_worker::run_worker_if_asked(1, arguments.data());
}

}  // namespace
}  // namespace bangwu::capture
