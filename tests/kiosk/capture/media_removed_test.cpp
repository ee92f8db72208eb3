#include <gmock/gmock.h>

#include <cerrno>

#include "read_faults.h"
#include "recorder.h"

namespace bangwu::capture {
namespace {

namespace fs = std::filesystem;
using domain::PageFault;
using test::ReadFault;
using test::Recorder;
using testing::AllOf;
using testing::Field;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class StickPulledOut : public testing::Test {
 protected:
  void SetUp() override {
    file_ = stick_.put("stick/申请.pdf", test::pdf_file(10));
    place_ = {.path = stick_.path() / "stick", .label = "stick", .is_removable = true};
    const auto files = importer_.list_files(place_, CancelToken{});
    ASSERT_TRUE(files && files->size() == 1);
    token_ = files->front().token;
  }

  PageFault import() {
    const Outcome outcome = importer_.import_file(token_, recorder_.sink(), CancelToken{});
    EXPECT_EQ(outcome.pages, 0);
    EXPECT_THAT(recorder_.pages, IsEmpty()) << "nothing is half kept";
    return outcome.fault;
  }

  void pull_out() { fs::rename(place_.path, stick_.path() / "pocket"); }

  test::Folder stick_;
  fs::path file_;
  Place place_;
  Importer importer_;
  std::uint32_t token_ = 0;
  Recorder recorder_;
};

TEST_F(StickPulledOut, WhileTheFileIsRead) {
  for (const int number : {EIO, ENODEV, ENXIO, ENOENT}) {
    const ReadFault fault(file_, 5'000, number, [this] { pull_out(); });
    EXPECT_EQ(import(), PageFault::media_removed) << number;
    fs::rename(stick_.path() / "pocket", place_.path);
  }
}

TEST_F(StickPulledOut, AtTheFirstByte) {
  const ReadFault fault(file_, 0, EIO, [this] { pull_out(); });
  EXPECT_EQ(import(), PageFault::media_removed);
}

TEST_F(StickPulledOut, AndTheFileSeemsToEnd) {
  const ReadFault fault(file_, 5'000, 0, [this] { pull_out(); });
  EXPECT_EQ(import(), PageFault::media_removed);
}

TEST_F(StickPulledOut, BeforeTheFileIsChosen) {
  pull_out();
  EXPECT_EQ(import(), PageFault::media_removed);
}

TEST_F(StickPulledOut, AndTheMountPointStays) {
  // What is left is a directory of another file system than the one that was listed.
  pull_out();
  fs::create_directory_symlink("/proc", place_.path);
  EXPECT_EQ(import(), PageFault::media_removed);
}

TEST_F(StickPulledOut, AndAnotherOneHasAFileOfTheSameName) {
  const test::Folder other("/dev/shm");
  other.put("申请.pdf", test::pdf_file(1));
  pull_out();
  fs::create_directory_symlink(other.path(), place_.path);
  EXPECT_EQ(import(), PageFault::media_removed);
}

TEST_F(StickPulledOut, WhileItIsListed) {
  const ReadFault fault(file_, 0, EIO, [this] { pull_out(); });
  EXPECT_EQ(importer_.list_files(place_, CancelToken{}).error(), PageFault::media_removed);
}

TEST_F(StickPulledOut, IsNotWhatBadSectorsOfOneFileAre) {
  stick_.put("stick/photo.jpg", test::jpeg_file(test::plain_page(16, 16, 200)));
  const ReadFault fault(file_, 0, EIO);
  const auto files = importer_.list_files(place_, CancelToken{});
  ASSERT_TRUE(files);
  EXPECT_THAT(
      *files,
      UnorderedElementsAre(
          AllOf(Field(&FileEntry::display_name, "photo.jpg"), Field(&FileEntry::fault, PageFault::none)),
          AllOf(Field(&FileEntry::display_name, "申请.pdf"), Field(&FileEntry::fault, PageFault::file_damaged))));
}

TEST_F(StickPulledOut, IsNotWhatAFileIsThatFailsWhileItIsRead) {
  const ReadFault fault(file_, 5'000, EIO);
  EXPECT_EQ(import(), PageFault::file_damaged);
}

TEST_F(StickPulledOut, TheSameStickPutBackIsRead) {
  pull_out();
  EXPECT_EQ(import(), PageFault::media_removed);
  fs::rename(stick_.path() / "pocket", place_.path);
  const Outcome outcome = importer_.import_file(token_, recorder_.sink(), CancelToken{});
  EXPECT_EQ(outcome.fault, PageFault::none);
  EXPECT_EQ(recorder_.pages.size(), 10U);
}

TEST_F(StickPulledOut, AFileDeletedMeanwhileIsGoneAndTheStickIsNot) {
  fs::remove(file_);
  EXPECT_EQ(import(), PageFault::file_gone);
}

TEST_F(StickPulledOut, AFileCutShortWhileItIsReadIsDamaged) {
  const ReadFault fault(file_, 5'000, 0, [this] { fs::resize_file(file_, 4'000); });
  EXPECT_EQ(import(), PageFault::file_damaged);
}

TEST_F(StickPulledOut, AFileThatIsAnotherMeanwhileIsGone) {
  fs::resize_file(file_, 4'000);
  EXPECT_EQ(import(), PageFault::file_gone);
}

}  // namespace
}  // namespace bangwu::capture
