#include "runtime/devices.h"

#include <gmock/gmock.h>
#include <sys/mount.h>

#include "kiosk/capture/sample_files.h"
#include "kiosk/runtime/inbox.h"
#include "support/files.h"
#include "support/scratch_directory.h"
#include "support/small_disk.h"

namespace bangwu::runtime {
namespace {

namespace fs = std::filesystem;
using domain::PageFault;
using session::SlipOutcome;

constexpr VisitNumber kVisit = 1;

/// The devices' threads with a stick that is mounted, a folder of the machine's own and a data disk, all of them small.
class DevicesTest : public testing::Test {
 protected:
  DevicesTest() {
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
    settings.hand_out.file_systems = {"tmpfs"};
    settings.look_every = std::chrono::milliseconds{5};
    return settings;
  }
  void start() { start(settings()); }
  void start(DeviceSettings settings) { devices_ = std::make_unique<Devices>(settings, vault_, inbox_.mailbox()); }

  static paper::SlipContent slip() {
    paper::SlipContent slip;
    slip.title = "办件回执";
    slip.number_label = "办件编号";
    slip.number = "WJ20261123000001";
    return slip;
  }
  [[nodiscard]] SlipOutcome save_slip() {
    devices_->order(kVisit, SaveSlipJob{slip()});
    return inbox_.await<session::SlipSaveEnded>().outcome;
  }
  /// Imports the one file that lies in the machine's own folder.
  [[nodiscard]] PageFault import_with_room_for(int pages) {
    const auto listed = list_files();
    EXPECT_EQ(listed.files.size(), 1U);
    return import(listed.files.at(0).file, pages);
  }
  [[nodiscard]] session::FilesListed list_files() {
    devices_->order(kVisit, ListFilesJob{});
    return inbox_.await<session::FilesListed>();
  }
  [[nodiscard]] PageFault import(std::uint64_t file, int pages) {
    devices_->order(kVisit, ImportJob{file, pages});
    return inbox_.await<session::CaptureEnded>().fault;
  }
  /// A scanner's driver that says nothing, for as long as anybody waits.
  [[nodiscard]] DeviceSettings with_hanging_scanner() const {
    auto hanging = settings();
    hanging.worker.program = scratch_ / "worker";
    support::write_file(hanging.worker.program,
                        "#!/bin/sh\n[ \"$1\" = --worker=scan ] && exec sleep 1000\nexec " BANGWU_KIOSK_PARTS
                        "/bangwu-capture-worker \"$@\"\n");
    fs::permissions(hanging.worker.program, fs::perms::owner_all);
    return hanging;
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
  std::unique_ptr<Devices> devices_;
};

// Promise 4: making the paper takes longer than a frame, so the UI thread only orders it.
TEST_F(DevicesTest, ASlipIsMadeAndWrittenOnTheDevicesThread) {
  start();
  EXPECT_EQ(save_slip(), SlipOutcome::saved);
  EXPECT_NE(inbox_.last_poster(), std::this_thread::get_id());
  const auto file = media() / "stick" / "帮吾办回执-WJ20261123000001.pdf";
  EXPECT_THAT(support::read_file(file), testing::StartsWith("%PDF"));
  EXPECT_EQ(std::distance(fs::directory_iterator(media() / "stick"), fs::directory_iterator{}), 1);
}

TEST_F(DevicesTest, ASecondSlipTakesAnotherName) {
  start();
  EXPECT_EQ(save_slip(), SlipOutcome::saved);
  EXPECT_EQ(save_slip(), SlipOutcome::saved);
  EXPECT_TRUE(fs::exists(media() / "stick" / "帮吾办回执-WJ20261123000001.pdf"));
  EXPECT_TRUE(fs::exists(media() / "stick" / "帮吾办回执-WJ20261123000001 (2).pdf"));
}

TEST_F(DevicesTest, ASlipIsWrittenToNoFileSystemButThoseNamed) {
  auto fat_only = settings();
  fat_only.hand_out = {};
  start(fat_only);
  EXPECT_EQ(save_slip(), SlipOutcome::not_written);
  EXPECT_TRUE(fs::is_empty(media() / "stick"));
}

TEST_F(DevicesTest, ASlipIsNeverLeftOnTheMachineItself) {
  auto without_stick = settings();
  without_stick.places.media = {(media() / "empty").string()};
  start(without_stick);
  EXPECT_EQ(save_slip(), SlipOutcome::no_medium);
  EXPECT_TRUE(fs::is_empty(scratch_ / "folder"));
  EXPECT_TRUE(fs::is_empty(media() / "empty"));
}

TEST_F(DevicesTest, AStickThatTakesNothingIsNotCalledMissing) {
  start();
  stick_.leave_only(4096);
  EXPECT_EQ(save_slip(), SlipOutcome::not_written);
  EXPECT_EQ(std::distance(fs::directory_iterator(media() / "stick"), fs::directory_iterator{}), 1)
      << "only what filled it";
  stick_.make_read_only();
  EXPECT_EQ(save_slip(), SlipOutcome::not_written);
}

TEST_F(DevicesTest, ASlipThatCannotBeMadeIsTheMachinesFault) {
  auto incomplete = settings();
  incomplete.paper_module = scratch_ / "none.so";
  start(incomplete);
  EXPECT_EQ(save_slip(), SlipOutcome::not_made);
}

TEST_F(DevicesTest, APageTheDiskHasNoRoomForIsSaidAndLeavesNothing) {
  put_file("photo.jpg", capture::test::jpeg_file(capture::test::written_page(1200, 1600)));
  start();
  disk_.leave_only(8192);
  EXPECT_EQ(import_with_room_for(5), PageFault::disk_full);
  EXPECT_EQ(inbox_.count_passed<session::PageCaptured>(), 0U);
  EXPECT_TRUE(vault_.forget(kVisit).empty());
}

TEST_F(DevicesTest, AFileOfMorePagesThanThereIsRoomForEndsAtTheRoom) {
  put_file("three.pdf", capture::test::pdf_file(3));
  start();
  EXPECT_EQ(import_with_room_for(2), PageFault::too_many_pages);
  EXPECT_EQ(inbox_.count_passed<session::PageCaptured>(), 2U);
}

TEST_F(DevicesTest, PagesOfAVisitThatEndedMeanwhileAreNotKept) {
  put_file("photo.jpg", capture::test::jpeg_file(capture::test::written_page(600, 800)));
  start();
  vault_.begin(kVisit + 1);
  EXPECT_EQ(import_with_room_for(5), PageFault::cancelled);
  EXPECT_EQ(inbox_.count_passed<session::PageCaptured>(), 0U);
}

TEST_F(DevicesTest, AStickDoesNotWaitBehindAScannersSearch) {
  put_file("photo.jpg", capture::test::jpeg_file(capture::test::written_page(60, 80)));
  start(with_hanging_scanner());
  devices_->order(kVisit, ListScannersJob{});
  EXPECT_EQ(import_with_room_for(5), PageFault::none);
  EXPECT_EQ(inbox_.count_passed<session::ScannersListed>(), 0U);
}

TEST_F(DevicesTest, ACancelReachesAJobThatWaits) {
  start(with_hanging_scanner());
  const Ticket search = devices_->order(kVisit, ListScannersJob{});
  const Ticket scan = devices_->order(kVisit, ScanJob{});
  devices_->cancel(scan);
  devices_->cancel(search);
  EXPECT_EQ(inbox_.await<session::CaptureEnded>().fault, PageFault::cancelled);
  EXPECT_EQ(inbox_.count_passed<session::ScannersListed>(), 0U) << "nobody waits for it any more";
}

TEST_F(DevicesTest, ACancelReachesNoJobButItsOwn) {
  put_file("photo.jpg", capture::test::jpeg_file(capture::test::written_page(60, 80)));
  start();
  const auto listed = list_files();
  const Ticket first = devices_->order(kVisit, ImportJob{listed.files.at(0).file, 5});
  EXPECT_EQ(inbox_.await<session::CaptureEnded>().fault, PageFault::none);
  devices_->order(kVisit, ImportJob{listed.files.at(0).file, 5});
  devices_->cancel(first);
  EXPECT_EQ(inbox_.await<session::CaptureEnded>().fault, PageFault::none);
}

TEST_F(DevicesTest, TheEndOfAVisitCancelsAllItStillWanted) {
  start(with_hanging_scanner());
  devices_->order(kVisit, ListScannersJob{});
  devices_->order(kVisit, ScanJob{});
  devices_->end_visit(kVisit);
  EXPECT_EQ(inbox_.await<session::CaptureEnded>().fault, PageFault::cancelled);
}

TEST_F(DevicesTest, FilesAppearWhenAStickIsPutInAndGoWhenItIsPulled) {
  auto sticks_only = settings();
  sticks_only.places = {{(media() / "late*").string()}, {}};
  fs::create_directory(media() / "late");
  start(sticks_only);
  EXPECT_EQ(list_files(), session::FilesListed{});
  {
    const support::SmallDisk prepared(scratch_ / "prepared", 1U << 20);
    const auto photo = capture::test::jpeg_file(capture::test::written_page(60, 80));
    support::write_file(scratch_ / "prepared/photo.jpg", {reinterpret_cast<const char*>(photo.data()), photo.size()});
    ASSERT_EQ(::mount((scratch_ / "prepared").c_str(), (media() / "late").c_str(), nullptr, MS_BIND, nullptr), 0);
  }
  const auto put_in = inbox_.await<session::FilesListed>();
  EXPECT_TRUE(put_in.medium_present);
  ASSERT_EQ(put_in.files.size(), 1U);
  EXPECT_EQ(import(put_in.files[0].file, 5), PageFault::none);
  ASSERT_EQ(::umount2((media() / "late").c_str(), MNT_DETACH), 0);
  EXPECT_EQ(inbox_.await<session::FilesListed>(), session::FilesListed{});
  EXPECT_EQ(import(put_in.files[0].file, 5), PageFault::media_removed);
}

TEST_F(DevicesTest, AfterAVisitNobodyIsToldOfSticks) {
  start();
  EXPECT_TRUE(list_files().files.empty());
  devices_->end_visit(kVisit);
  put_file("photo.jpg", capture::test::jpeg_file(capture::test::written_page(60, 80)));
  vault_.begin(kVisit + 1);
  devices_->order(kVisit + 1, ImportJob{1, 1});  // answered after any look around
  EXPECT_EQ(inbox_.await<session::CaptureEnded>().fault, PageFault::file_gone);
  EXPECT_EQ(inbox_.count_passed<session::FilesListed>(), 0U);
}

// The list is made anew under the visitor's finger: what he chose is what he saw, or it is gone.
TEST_F(DevicesTest, AChoiceFromAnEarlierListIsTheSameFileOrNone) {
  put_file("a.jpg", capture::test::jpeg_file(capture::test::written_page(60, 80)));
  put_file("b.jpg", capture::test::jpeg_file(capture::test::written_page(60, 80)));
  start();
  const auto before = list_files();
  ASSERT_EQ(before.files.size(), 2U);
  const auto& a = before.files[before.files[0].name == "a.jpg" ? 0 : 1];
  const auto& b = before.files[before.files[0].name == "a.jpg" ? 1 : 0];
  put_file("b.jpg", capture::test::jpeg_file(capture::test::written_page(600, 800)));
  put_file("c.jpg", capture::test::jpeg_file(capture::test::written_page(60, 80)));
  const auto now = list_files();
  ASSERT_EQ(now.files.size(), 3U);
  EXPECT_EQ(import(a.file, 5), PageFault::none);
  EXPECT_EQ(import(b.file, 5), PageFault::file_gone);
  for (const auto& file : now.files) EXPECT_TRUE(file.name == "a.jpg" || (file.file != a.file && file.file != b.file));
}

}  // namespace
}  // namespace bangwu::runtime
