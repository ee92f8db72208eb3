#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "recorder.h"
#include "scan_folder.h"

namespace bangwu::capture {
namespace {

using domain::PageFault;
using test::Recorder;
using test::ScanFolder;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

ScanLimits impatient() {
  ScanLimits limits;
  limits.silence_limit = std::chrono::milliseconds(1'000);
  limits.cancel_limit = std::chrono::milliseconds(500);
  limits.max_pixels = 1'000'000;  // so that an endless page is soon too long, however busy the machine
  return limits;
}

struct Case {
  const char* behaviour;
  PageFault fault;
  ScanSource source = ScanSource::feeder;
  std::size_t pages_kept = 0;
};

void PrintTo(const Case& scan, std::ostream* out) { *out << scan.behaviour; }

class ScannerFault : public testing::TestWithParam<Case> {};

TEST_P(ScannerFault, IsNamedAndKeepsWholePagesOnly) {
  const ScanFolder folder = ScanFolder::of_faulty(GetParam().behaviour);
  Recorder recorder;
  const Outcome outcome = Scanners(folder.worker(), impatient())
                              .scan(folder.device(), GetParam().source, 300, recorder.sink(), CancelToken{});
  EXPECT_EQ(outcome.fault, GetParam().fault) << outcome.detail;
  EXPECT_THAT(recorder.pages, SizeIs(GetParam().pages_kept));
  EXPECT_EQ(outcome.pages, static_cast<int>(GetParam().pages_kept));
}

INSTANTIATE_TEST_SUITE_P(
    EachFault, ScannerFault,
    testing::Values(Case{"busy", PageFault::scanner_busy}, Case{"switched off", PageFault::scanner_missing},
                    Case{"empty feeder", PageFault::feeder_empty}, Case{"cover open", PageFault::cover_open},
                    Case{"jam at the third", PageFault::scanner_jammed, ScanSource::feeder, 2},
                    Case{"jam in the page", PageFault::scanner_jammed}, Case{"unplugged", PageFault::scanner_unplugged},
                    Case{"hang", PageFault::scanner_hanging}, Case{"hang at start", PageFault::scanner_hanging},
                    Case{"crash", PageFault::scanner_failed}, Case{"short", PageFault::scan_incomplete},
                    Case{"stop button", PageFault::cancelled}, Case{"three passes", PageFault::scanner_failed},
                    Case{"enormous", PageFault::too_many_pixels}, Case{"endless", PageFault::too_many_pixels}),
    [](const auto& one) {
      std::string name = one.param.behaviour;
      std::ranges::replace(name, ' ', '_');
      return name;
    });

TEST(ScannerFault, ADeviceThatIsNotThereIsMissing) {
  const ScanFolder folder = ScanFolder::of_faulty("none");
  Recorder recorder;
  const Scanners scanners(folder.worker(), impatient());
  for (const char* device : {"faulty:other", "nobackend:0", ""}) {
    const PageFault fault = scanners.scan(device, ScanSource::feeder, 300, recorder.sink(), CancelToken{}).fault;
    if (*device != '\0') {  // an empty name is the first device there is
      EXPECT_EQ(fault, PageFault::scanner_missing) << device;
      EXPECT_THAT(recorder.pages, IsEmpty());
    }
  }
}

TEST(ScannerFault, ThreePassesAreNamedInTheLog) {
  const ScanFolder folder = ScanFolder::of_test_backend("three-pass true\n");
  Recorder recorder;
  const Outcome outcome =
      Scanners(folder.worker()).scan(folder.device(), ScanSource::flatbed, 75, recorder.sink(), CancelToken{});
  EXPECT_EQ(outcome.fault, PageFault::scanner_failed);
  EXPECT_THAT(outcome.detail, HasSubstr("three-pass"));
}

TEST(ScannerFault, StatusesOfTheTestBackendAreMapped) {
  const std::pair<const char*, PageFault> statuses[] = {{"SANE_STATUS_JAMMED", PageFault::scanner_jammed},
                                                        {"SANE_STATUS_NO_DOCS", PageFault::feeder_empty},
                                                        {"SANE_STATUS_COVER_OPEN", PageFault::cover_open},
                                                        {"SANE_STATUS_IO_ERROR", PageFault::scanner_unplugged},
                                                        {"SANE_STATUS_DEVICE_BUSY", PageFault::scanner_busy},
                                                        {"SANE_STATUS_EOF", PageFault::scan_incomplete},
                                                        {"SANE_STATUS_NO_MEM", PageFault::internal},
                                                        {"SANE_STATUS_CANCELLED", PageFault::cancelled},
                                                        {"SANE_STATUS_ACCESS_DENIED", PageFault::scanner_failed},
                                                        {"SANE_STATUS_UNSUPPORTED", PageFault::scanner_failed}};
  for (const auto& [status, fault] : statuses) {
    const ScanFolder folder = ScanFolder::of_test_backend("read-status-code \"" + std::string(status) + "\"\n");
    Recorder recorder;
    const Outcome outcome =
        Scanners(folder.worker()).scan(folder.device(), ScanSource::feeder, 75, recorder.sink(), CancelToken{});
    EXPECT_EQ(outcome.fault, fault) << status << ": " << outcome.detail;
    EXPECT_THAT(recorder.pages, IsEmpty()) << status;
  }
}

/// Cancels in the middle of the second page.
Outcome cancel_in_second_page(const ScanFolder& folder, Recorder& recorder) {
  CancelToken cancel;
  recorder.when_progress = [&](const Progress& now) {
    if (now.page == 2 && now.percent >= 10) {
      cancel.cancel();
    }
  };
  return Scanners(folder.worker()).scan(folder.device(), ScanSource::feeder, 75, recorder.sink(), cancel);
}

TEST(ScanCancel, InsideAPageKeepsThePagesBefore) {
  const ScanFolder folder = ScanFolder::of_test_backend(
      "read-delay true\nread-delay-duration 20000\nread-limit true\nread-limit-size 20000\n");
  Recorder recorder;
  const auto begin = std::chrono::steady_clock::now();
  const Outcome outcome = cancel_in_second_page(folder, recorder);
  EXPECT_EQ(outcome.fault, PageFault::cancelled);
  EXPECT_THAT(recorder.pages, SizeIs(1));
  EXPECT_THAT(outcome.detail, HasSubstr("exit 0")) << "the scanner was told, not cut off";
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(60));
}

/// Cancels once so much of the first page has come.
Outcome cancel_at(int percent, const ScanFolder& folder, Recorder& recorder) {
  CancelToken cancel;
  recorder.when_progress = [&, percent](const Progress& now) {
    if (now.percent >= percent) {
      cancel.cancel();
    }
  };
  return Scanners(folder.worker(), impatient()).scan(folder.device(), ScanSource::feeder, 75, recorder.sink(), cancel);
}

TEST(ScanCancel, IsObeyedByASlowScanner) {
  const ScanFolder folder = ScanFolder::of_faulty("slow");
  Recorder recorder;
  const Outcome outcome = cancel_at(1, folder, recorder);
  EXPECT_EQ(outcome.fault, PageFault::cancelled);
  EXPECT_THAT(outcome.detail, HasSubstr("exit 0"));
  EXPECT_THAT(recorder.pages, IsEmpty());
}

TEST(ScanCancel, ABackendThatCrashesOnItIsCancelledAllTheSame) {
  const ScanFolder folder = ScanFolder::of_faulty("crash on cancel");
  Recorder recorder;
  const Outcome outcome = cancel_at(1, folder, recorder);
  EXPECT_EQ(outcome.fault, PageFault::cancelled);
  EXPECT_THAT(outcome.detail, HasSubstr("signal 6"));
}

TEST(ScanCancel, ABackendThatDoesNotHearItIsKilled) {
  const ScanFolder folder = ScanFolder::of_faulty("hang");
  Recorder recorder;
  const auto begin = std::chrono::steady_clock::now();
  const Outcome outcome = cancel_at(50, folder, recorder);
  EXPECT_EQ(outcome.fault, PageFault::cancelled);
  EXPECT_THAT(outcome.detail, HasSubstr("signal 9"));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(30));
}

/// Whether a process still does something: a zombie does not.
bool is_alive(pid_t pid) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/stat");
  std::string number;
  std::string name;
  char state = 'X';
  status >> number >> name >> state;
  return state != 'X' && state != 'Z';
}

/// In a process of its own: scans with a backend that hangs, tells the worker's number, and is killed in the middle.
[[noreturn]] void be_killed_while_scanning(const ScanFolder& folder, int told) {
  Recorder recorder;
  recorder.when_progress = [&](const Progress& now) {
    if (now.percent >= 50) {
      std::ifstream children("/proc/self/task/" + std::to_string(::gettid()) + "/children");
      pid_t worker = 0;
      children >> worker;
      [[maybe_unused]] const ssize_t written = ::write(told, &worker, sizeof worker);
      ::raise(SIGKILL);
    }
  };
  [[maybe_unused]] const Outcome outcome =
      Scanners(folder.worker()).scan(folder.device(), ScanSource::feeder, 75, recorder.sink(), CancelToken{});
  std::_Exit(EXIT_FAILURE);
}

TEST(ScanWorker, EndsWithItsParentEvenWhileItHangs) {
  const ScanFolder folder = ScanFolder::of_faulty("hang");
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const pid_t parent = ::fork();
  if (parent == 0) {
    be_killed_while_scanning(folder, ends[1]);
  }
  ::close(ends[1]);
  pid_t worker = 0;
  ASSERT_EQ(::read(ends[0], &worker, sizeof worker), static_cast<ssize_t>(sizeof worker));
  ::close(ends[0]);
  ASSERT_EQ(::waitpid(parent, nullptr, 0), parent);
  ASSERT_GT(worker, 0);
  // The minute is not waited for; it bounds a test that fails.
  const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (is_alive(worker) && std::chrono::steady_clock::now() < end) {
    std::this_thread::yield();
  }
  EXPECT_FALSE(is_alive(worker));
  if (is_alive(worker)) {
    ::kill(worker, SIGKILL);
  }
}

}  // namespace
}  // namespace bangwu::capture
