#include "runtime/device_worker.h"

#include <gmock/gmock.h>

#include "kiosk/capture/sample_files.h"
#include "kiosk/runtime/inbox.h"
#include "support/files.h"
#include "support/no_modes.h"
#include "support/scratch_directory.h"
#include "support/small_disk.h"

namespace bangwu::runtime {
namespace {

namespace fs = std::filesystem;
using domain::PageFault;
using session::SlipOutcome;

constexpr VisitNumber kVisit = 1;

/// The devices thread with a stick that is mounted, a folder of the machine's own and a data disk, all of them small.
class Devices : public testing::Test {
 protected:
  Devices() {
    fs::create_directories(media() / "empty");
    fs::create_directory(scratch_ / "folder");
    vault_.begin(kVisit);
  }
  [[nodiscard]] fs::path media() const { return scratch_ / "media"; }
  [[nodiscard]] DeviceSettings settings() const {
    DeviceSettings settings;
    settings.worker.program = BANGWU_KIOSK_PARTS "/bangwu-capture-worker";
    settings.paper_module = BANGWU_KIOSK_PARTS "/bangwu-paper.so";
    settings.places = {{(media() / "*").string()}, {scratch_ / "folder"}};
    return settings;
  }
  void start() { start(settings()); }
  void start(DeviceSettings settings) {
    worker_ = std::make_unique<DeviceWorker>(std::move(settings), vault_, inbox_.mailbox());
  }

  static paper::SlipContent slip() {
    paper::SlipContent slip;
    slip.title = "办件回执";
    slip.number_label = "办件编号";
    slip.number = "WJ20261123000001";
    return slip;
  }
  [[nodiscard]] SlipOutcome save_slip() {
    worker_->order(SaveSlipJob{kVisit, slip()});
    return inbox_.await<session::SlipSaveEnded>().outcome;
  }
  /// Imports the one file that lies in the machine's own folder.
  [[nodiscard]] PageFault import_with_room_for(int pages) {
    worker_->order(ListFilesJob{kVisit});
    const auto listed = inbox_.await<session::FilesListed>();
    EXPECT_EQ(listed.files.size(), 1U);
    worker_->order(ImportJob{kVisit, static_cast<std::uint32_t>(listed.files.at(0).file), pages});
    return inbox_.await<session::CaptureEnded>().fault;
  }
  void put_file(const std::string& name, const base::Bytes& bytes) const {
    support::write_file(scratch_ / "folder" / name, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  }

  support::ScratchDirectory scratch_;
  // Mounted before the thread begins, which sees what this one sees.
  support::SmallDisk stick_{scratch_ / "media" / "stick", 1U << 20};
  support::SmallDisk disk_{scratch_ / "data", 16U << 20};
  bool has_cryptography_ = envelope::initialise_cryptography();
  PageVault vault_{*blobs::BlobStore::open(scratch_ / "data" / "blobs")};
  Inbox inbox_;
  std::unique_ptr<DeviceWorker> worker_;
};

// Promise 4: making the paper takes longer than a frame, so the UI thread only orders it.
TEST_F(Devices, ASlipIsMadeAndWrittenOnTheDevicesThread) {
  start();
  EXPECT_EQ(save_slip(), SlipOutcome::saved);
  EXPECT_NE(inbox_.last_poster(), std::this_thread::get_id());
  const auto file = media() / "stick" / "帮吾办回执-WJ20261123000001.pdf";
  EXPECT_THAT(support::read_file(file), testing::StartsWith("%PDF"));
  EXPECT_EQ(std::distance(fs::directory_iterator(media() / "stick"), fs::directory_iterator{}), 1);
}

TEST_F(Devices, ASlipIsWrittenToAStickThatKnowsNoModes) {
  const support::NoModes fat;
  start();
  EXPECT_EQ(save_slip(), SlipOutcome::saved);
}

TEST_F(Devices, ASlipIsNeverLeftOnTheMachineItself) {
  auto without_stick = settings();
  without_stick.places.media = {(media() / "empty").string()};
  start(without_stick);
  EXPECT_EQ(save_slip(), SlipOutcome::no_medium);
  EXPECT_TRUE(fs::is_empty(scratch_ / "folder"));
  EXPECT_TRUE(fs::is_empty(media() / "empty"));
}

TEST_F(Devices, AStickThatTakesNothingIsNotCalledMissing) {
  start();
  stick_.leave_only(4096);
  EXPECT_EQ(save_slip(), SlipOutcome::not_written);
  EXPECT_EQ(std::distance(fs::directory_iterator(media() / "stick"), fs::directory_iterator{}), 1)
      << "only what filled it";
  stick_.make_read_only();
  EXPECT_EQ(save_slip(), SlipOutcome::not_written);
}

TEST_F(Devices, ASlipThatCannotBeMadeIsTheMachinesFault) {
  auto incomplete = settings();
  incomplete.paper_module = scratch_ / "none.so";
  start(incomplete);
  EXPECT_EQ(save_slip(), SlipOutcome::not_made);
}

TEST_F(Devices, APageTheDiskHasNoRoomForIsSaidAndLeavesNothing) {
  put_file("photo.jpg", capture::test::jpeg_file(capture::test::written_page(1200, 1600)));
  start();
  disk_.leave_only(8192);
  EXPECT_EQ(import_with_room_for(5), PageFault::disk_full);
  EXPECT_EQ(inbox_.count_passed<session::PageCaptured>(), 0U);
  EXPECT_TRUE(vault_.forget(kVisit).empty());
}

TEST_F(Devices, AFileOfMorePagesThanThereIsRoomForEndsAtTheRoom) {
  put_file("three.pdf", capture::test::pdf_file(3));
  start();
  EXPECT_EQ(import_with_room_for(2), PageFault::too_many_pages);
  EXPECT_EQ(inbox_.count_passed<session::PageCaptured>(), 2U);
}

TEST_F(Devices, PagesOfAVisitThatEndedMeanwhileAreNotKept) {
  put_file("photo.jpg", capture::test::jpeg_file(capture::test::written_page(600, 800)));
  start();
  vault_.begin(kVisit + 1);
  EXPECT_EQ(import_with_room_for(5), PageFault::cancelled);
  EXPECT_EQ(inbox_.count_passed<session::PageCaptured>(), 0U);
}

}  // namespace
}  // namespace bangwu::runtime
