#include <gmock/gmock.h>
#include <sys/stat.h>

#include <algorithm>

#include "capture/places.h"
#include "recorder.h"

namespace bangwu::capture {
namespace {

namespace fs = std::filesystem;
using domain::PageFault;
using testing::AllOf;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

class Listed : public testing::Test {
 protected:
  void put(const std::string& name, const base::Bytes& bytes, int age_seconds = 0) {
    const auto path = folder_.put(name, bytes);
    fs::last_write_time(path, now_ - std::chrono::seconds(age_seconds));
  }

  std::vector<FileEntry> list(const ImportLimits& limits = {}) {
    importer_ = Importer({}, limits);
    auto files = importer_.list_files(test::place_of(folder_), CancelToken{});
    EXPECT_TRUE(files);
    return files ? *files : std::vector<FileEntry>();
  }

  std::vector<std::string> names(const ImportLimits& limits = {}) {
    std::vector<std::string> result;
    for (const FileEntry& file : list(limits)) {
      result.push_back(file.display_name);
    }
    return result;
  }

  test::Folder folder_;
  Importer importer_;
  fs::file_time_type now_ = fs::file_time_type::clock::now();
  const base::Bytes jpeg_ = test::jpeg_file(test::plain_page(16, 16, 200));
};

TEST_F(Listed, NewestFirst) {
  put("old.jpg", jpeg_, 300);
  put("new.jpg", jpeg_, 1);
  put("middle.pdf", test::pdf_file(1), 100);
  EXPECT_THAT(names(), ElementsAre("new.jpg", "middle.pdf", "old.jpg"));
}

TEST_F(Listed, EachTellsWhatItIs) {
  put("身份证.jpg", jpeg_, 5);
  put("照片/fax.TIF", test::tiff_file(test::plain_page(16, 16, 9), 1), 7);
  EXPECT_THAT(list(), ElementsAre(AllOf(Field(&FileEntry::display_name, "身份证.jpg"), Field(&FileEntry::folder, ""),
                                        Field(&FileEntry::kind, FileKind::jpeg), Field(&FileEntry::size, jpeg_.size()),
                                        Field(&FileEntry::fault, PageFault::none)),
                                  AllOf(Field(&FileEntry::display_name, "fax.TIF"), Field(&FileEntry::folder, "照片"),
                                        Field(&FileEntry::kind, FileKind::tiff))));
}

TEST_F(Listed, WhatCannotBeTakenSaysWhyAtOnce) {
  put("empty.jpg", {}, 1);
  put("text.jpg", {'h', 'i'}, 2);
  put("really-a.pdf", jpeg_, 3);
  ImportLimits limits;
  limits.max_file_bytes = 5'000;
  put("large.tif", test::tiff_file(test::plain_page(64, 64, 9), 1, false), 4);
  EXPECT_THAT(
      list(limits),
      ElementsAre(Field(&FileEntry::fault, PageFault::file_empty), Field(&FileEntry::fault, PageFault::file_wrong_type),
                  Field(&FileEntry::fault, PageFault::none), Field(&FileEntry::fault, PageFault::file_too_large)));
}

TEST_F(Listed, OtherFilesAndHiddenOnesAreLeftOut) {
  put("film.mp4", {0, 0, 0, 24, 'f', 't', 'y', 'p', 'i', 's', 'o', 'm', 0, 0, 0, 0, 'm', 'p', '4', '1'});
  put("setup.exe", {'M', 'Z', 0x90, 0});
  put("notes", {'h', 'i'});
  put(".hidden.jpg", jpeg_);
  put("._photo.jpg", jpeg_);
  put("$RECYCLE.BIN/gone.jpg", jpeg_);
  put(".Trashes/gone.jpg", jpeg_);
  put("a.jpg", jpeg_);
  EXPECT_THAT(names(), ElementsAre("a.jpg"));
}

TEST_F(Listed, TheContentDecidesNotTheName) {
  put("photo.jpg.exe", jpeg_, 1);
  put("really-a.mp4", test::pdf_file(1), 2);
  EXPECT_THAT(list(),
              ElementsAre(AllOf(Field(&FileEntry::kind, FileKind::jpeg), Field(&FileEntry::fault, PageFault::none)),
                          AllOf(Field(&FileEntry::kind, FileKind::pdf), Field(&FileEntry::fault, PageFault::none))));
}

TEST_F(Listed, DocumentsAndPicturesThatAreNotReadAreShownWithTheReason) {
  put("IMG_1.HEIC", {0, 0, 0, 24, 'f', 't', 'y', 'p', 'h', 'e', 'i', 'c', 0, 0, 0, 0}, 1);
  put("合同.ofd", {'P', 'K', 3, 4, 20, 0}, 2);
  put("章程.docx", {'P', 'K', 3, 4, 20, 0}, 3);
  put("图.bmp", {'B', 'M', 54, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0}, 4);
  put("broken.pdf", {'h', 'i'}, 5);
  EXPECT_THAT(
      list(),
      ElementsAre(Field(&FileEntry::fault, PageFault::file_heic), Field(&FileEntry::fault, PageFault::file_document),
                  Field(&FileEntry::fault, PageFault::file_document), Field(&FileEntry::fault, PageFault::picture_kind),
                  Field(&FileEntry::fault, PageFault::file_wrong_type)));
}

TEST_F(Listed, ThreeLevelsDeepAndAFolderBelowThemSaysThatItIsTooDeep) {
  put("a/b/c/4.jpg", jpeg_);
  put("1.jpg", jpeg_, 1);
  put("a/2.jpg", jpeg_, 2);
  put("a/b/3.jpg", jpeg_, 3);
  const auto files = list();
  ASSERT_THAT(files, SizeIs(4));
  EXPECT_EQ(files[0].display_name, "1.jpg");
  EXPECT_EQ(files[2].display_name, "3.jpg");
  EXPECT_THAT(files[3],
              AllOf(Field(&FileEntry::display_name, "c"), Field(&FileEntry::folder, "a/b"),
                    Field(&FileEntry::kind, FileKind::folder), Field(&FileEntry::fault, PageFault::folder_too_deep)));
}

TEST_F(Listed, WhereThereAreTooManyThoseThatCannotBeTakenGiveWay) {
  put("new.docx", {'P', 'K', 3, 4, 20, 0}, 1);
  put("newer.docx", {'P', 'K', 3, 4, 20, 0}, 0);
  put("old.jpg", jpeg_, 100);
  ImportLimits limits;
  limits.max_files = 2;
  EXPECT_THAT(names(limits), ElementsAre("newer.docx", "old.jpg"));
}

TEST_F(Listed, LinksAndSpecialFilesAreIgnored) {
  const test::Folder elsewhere;
  elsewhere.put("secret.jpg", jpeg_);
  fs::create_symlink(elsewhere.path() / "secret.jpg", folder_.path() / "link.jpg");
  fs::create_directory_symlink(elsewhere.path(), folder_.path() / "linked");
  ASSERT_EQ(::mkfifo((folder_.path() / "pipe.jpg").c_str(), 0600), 0);
  EXPECT_THAT(names(), IsEmpty());
}

TEST_F(Listed, AFileReplacedByALinkOrAPipeAfterListingIsNotFollowed) {
  const test::Folder elsewhere;
  elsewhere.put("secret.jpg", jpeg_);
  put("a.jpg", jpeg_, 1);
  put("b.jpg", jpeg_, 2);
  put("sub/c.jpg", jpeg_, 3);
  const auto files = list();
  ASSERT_THAT(files, SizeIs(3));
  fs::remove(folder_.path() / "a.jpg");
  fs::create_symlink(elsewhere.path() / "secret.jpg", folder_.path() / "a.jpg");
  fs::remove(folder_.path() / "b.jpg");
  ASSERT_EQ(::mkfifo((folder_.path() / "b.jpg").c_str(), 0600), 0);
  fs::rename(folder_.path() / "sub", folder_.path() / "was-sub");
  fs::create_directory_symlink(folder_.path() / "was-sub", folder_.path() / "sub");
  test::Recorder recorder;
  for (const FileEntry& file : files) {
    EXPECT_EQ(importer_.import_file(file.token, recorder.sink(), CancelToken{}).fault, PageFault::file_gone);
  }
  EXPECT_THAT(recorder.pages, IsEmpty());
}

TEST_F(Listed, OfTooManyFilesTheNewestAreListed) {
  for (int i = 0; i < 600; ++i) {
    put(std::to_string(i) + ".jpg", jpeg_, i);
  }
  const auto all = names();
  ASSERT_THAT(all, SizeIs(500));
  EXPECT_EQ(all.front(), "0.jpg");
  EXPECT_EQ(all.back(), "499.jpg");
}

TEST_F(Listed, CancelledBeforeItBegan) {
  put("a.jpg", jpeg_);
  CancelToken cancel;
  cancel.cancel();
  EXPECT_EQ(importer_.list_files(test::place_of(folder_), cancel).error(), PageFault::cancelled);
}

TEST_F(Listed, ADirectoryThatIsNotThereIsARemovedMedium) {
  const Place place{.path = folder_.path() / "gone", .label = "gone", .is_removable = true};
  EXPECT_EQ(importer_.list_files(place, CancelToken{}).error(), PageFault::media_removed);
}

TEST(CleanName, HidesNothingAndReordersNothing) {
  EXPECT_EQ(clean_name("身份证 (1).jpg"), "身份证 (1).jpg");
  EXPECT_EQ(clean_name("a\nb\tc\x7F.jpg"), "abc.jpg");
  EXPECT_EQ(clean_name("photo\u202Egpj.exe"), "photogpj.exe");
  EXPECT_EQ(clean_name("a\xFF\xFE.jpg"), "a.jpg");
  EXPECT_EQ(clean_name(""), "?");
  EXPECT_EQ(clean_name("𠮷.jpg"), "𠮷.jpg");
  EXPECT_EQ(clean_name(std::string(1'000, 'x')).size(), 120U);
}

TEST(CleanName, NamesOfGb18030AreRead) {
  EXPECT_EQ(clean_name("\xC9\xED\xB7\xDD\xD6\xA4.jpg"), "身份证.jpg");
  EXPECT_EQ(clean_name("\x95\x32\x82\x36.jpg"), "𠀀.jpg") << "four bytes";
}

TEST(Places, AMountPointCountsWhileSomethingIsMountedThere) {
  // /proc is mounted wherever this runs; /etc is a plain directory of the root.
  const auto present = present_places({.media = {"/pro*", "/etc", "/nothing-here/*"}, .folders = {}});
  EXPECT_THAT(present, ElementsAre(Place{.path = "/proc", .label = "proc", .is_removable = true}));
}

TEST(Places, ConfiguredFoldersCountWhileTheyExist) {
  const test::Folder folder;
  const auto present = present_places({.media = {}, .folders = {folder.path(), folder.path() / "gone"}});
  ASSERT_THAT(present, SizeIs(1));
  EXPECT_EQ(present.front().path, folder.path());
  EXPECT_FALSE(present.front().is_removable);
}

}  // namespace
}  // namespace bangwu::capture
