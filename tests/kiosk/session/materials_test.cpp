#include "kiosk/session/driver.h"

namespace bangwu::session {
namespace {

using domain::PageFault;

TEST(Materials, PagesArriveOneByOneAndCompleteALine) {
  Driver driver;
  driver.to_materials();
  ASSERT_EQ(driver.screen(), "materials");
  driver.send(MaterialOpened{"id_card"});
  EXPECT_NE(driver.ordered<ListScanners>(), nullptr);
  EXPECT_FALSE(driver.seen<SourceView>().scanners.has_value());
  driver.send_all(ScannersListed{true, false}, SourceChosen{CaptureSource::flatbed});
  ASSERT_NE(driver.ordered<ScanPages>(), nullptr);
  driver.send(CaptureProgressed{40, 0});
  EXPECT_EQ(driver.seen<CapturingView>().percent, 40);
  driver.send_all(driver.page(), driver.page(), CaptureEnded{PageFault::none});
  EXPECT_EQ(driver.seen<PagesView>().total, 2U);
  driver.send(WentOn{});
  EXPECT_TRUE(driver.seen<MaterialsView>().lines[0].complete);
  EXPECT_TRUE(driver.seen<MaterialsView>().all_there);
}

TEST(Materials, WhatLacksMayBeHandedInLater) {
  Driver driver;
  driver.to_materials();
  EXPECT_FALSE(driver.seen<MaterialsView>().all_there);
  driver.send(WentOn{});
  EXPECT_EQ(driver.screen(), "pickup");
}

TEST(Scanning, AFaultKeepsThePagesThatWereFinished) {
  Driver driver;
  driver.to_materials();
  driver.send_all(MaterialOpened{"plan"}, ScannersListed{true, true}, SourceChosen{CaptureSource::feeder});
  driver.send_all(driver.page(), CaptureEnded{PageFault::scanner_jammed});
  EXPECT_EQ(driver.seen<PagesView>().total, 1U);
  EXPECT_EQ(driver.seen<PagesView>().fault, PageFault::scanner_jammed);
}

TEST(Scanning, AFaultBeforeTheFirstPageReturnsToTheChoiceWithTheReason) {
  Driver driver;
  driver.to_materials();
  driver.send_all(MaterialOpened{"plan"}, ScannersListed{true, true}, SourceChosen{CaptureSource::feeder},
                  CaptureEnded{PageFault::feeder_empty});
  EXPECT_EQ(driver.seen<SourceView>().fault, PageFault::feeder_empty);
  EXPECT_NE(driver.ordered<ListScanners>(), nullptr);
}

TEST(Scanning, CanBeStopped) {
  Driver driver;
  driver.to_materials();
  driver.send_all(MaterialOpened{"plan"}, ScannersListed{true, true}, SourceChosen{CaptureSource::feeder},
                  CaptureStopped{});
  EXPECT_NE(driver.ordered<CancelCapture>(), nullptr);
  EXPECT_TRUE(driver.seen<CapturingView>().stopping);
  driver.send(CaptureEnded{PageFault::cancelled});
  EXPECT_EQ(driver.seen<SourceView>().fault, PageFault::none) << "what the visitor stopped is no fault";
}

TEST(Importing, AFileIsHandedInWholeOrNotAtAll) {
  Driver driver;
  driver.to_materials();
  driver.send_all(MaterialOpened{"plan"}, SourceChosen{CaptureSource::files});
  EXPECT_NE(driver.ordered<ListFiles>(), nullptr);
  driver.send_all(FilesListed{{{7, "图.pdf", "PDF", 1000}}, true}, FileChosen{7});
  ASSERT_NE(driver.ordered<ImportFile>(), nullptr);
  driver.send_all(driver.page(), driver.page(), CaptureEnded{PageFault::media_removed});
  EXPECT_EQ(driver.seen<FilesView>().fault, PageFault::media_removed);
  EXPECT_TRUE(driver.pages("plan").empty());
}

TEST(Importing, AFileThatWasNotOfferedIsNotRead) {
  Driver driver;
  driver.to_materials();
  driver.send_all(MaterialOpened{"plan"}, SourceChosen{CaptureSource::files}, FilesListed{{}, true}, FileChosen{9});
  EXPECT_EQ(driver.screen(), "files");
  EXPECT_EQ(driver.ordered<ImportFile>(), nullptr);
}

TEST(Importing, AFileThatCannotBeTakenIsNotRead) {
  Driver driver;
  driver.to_materials();
  driver.send_all(MaterialOpened{"plan"}, SourceChosen{CaptureSource::files},
                  FilesListed{{{7, "IMG_1.HEIC", "HEIC", 1000, PageFault::file_heic}}, true}, FileChosen{7});
  EXPECT_EQ(driver.screen(), "files");
  EXPECT_EQ(driver.ordered<ImportFile>(), nullptr);
}

TEST(Importing, TheOtherPagesOfAFileWithABadOneCanBeHad) {
  Driver driver;
  driver.to_materials();
  driver.send_all(MaterialOpened{"plan"}, SourceChosen{CaptureSource::files},
                  FilesListed{{{7, "图.pdf", "PDF", 1000}}, true}, FileChosen{7});
  driver.send_all(driver.page(), CaptureEnded{PageFault::page_damaged, 2});
  EXPECT_EQ(driver.seen<FilesView>().fault, PageFault::page_damaged);
  EXPECT_EQ(driver.seen<FilesView>().fault_page, 2);
  EXPECT_EQ(driver.seen<FilesView>().rest_of, 7U);
  EXPECT_TRUE(driver.pages("plan").empty());
  driver.send(FilesListed{{{7, "图.pdf", "PDF", 1000}}, true});  // a file that is as it was keeps its token
  EXPECT_EQ(driver.seen<FilesView>().rest_of, 7U);
  driver.send(FileChosen{7, FilePages::readable});
  ASSERT_NE(driver.ordered<ImportFile>(), nullptr);
  EXPECT_EQ(driver.ordered<ImportFile>()->pages, FilePages::readable);
}

TEST(Importing, AListWithoutTheFileTakesTheOfferOfItsOtherPagesBack) {
  Driver driver;
  driver.to_materials();
  driver.send_all(MaterialOpened{"plan"}, SourceChosen{CaptureSource::files},
                  FilesListed{{{7, "图.pdf", "PDF", 1000}}, true}, FileChosen{7},
                  CaptureEnded{PageFault::page_shape, 1}, FilesListed{{{8, "图.pdf", "PDF", 1000}}, true});
  EXPECT_EQ(driver.seen<FilesView>().rest_of, std::nullopt);
}

TEST(Pages, CanBeTurnedMovedRetakenAndRemoved) {
  Driver driver;
  driver.to_materials();
  driver.capture("plan", 3);
  const auto first = driver.seen<PagesView>().shown[0].key;
  driver.send_all(PageOpened{0}, PageTurned{});
  EXPECT_EQ(driver.seen<PageView>().page.quarter_turns, 1);
  driver.send(PageMoved{1});
  EXPECT_EQ(driver.seen<PageView>().number, 2U);
  EXPECT_EQ(driver.seen<PageView>().page.key, first);
  driver.send_all(PageRetaken{}, ScannersListed{true, true}, SourceChosen{CaptureSource::flatbed});
  EXPECT_EQ(driver.ordered<ScanPages>()->room_for, 1);
  driver.send(driver.page());
  EXPECT_EQ(driver.ordered<DropPage>(), nullptr) << "the old page is there until the new one is sure";
  driver.send(CaptureEnded{PageFault::none});
  ASSERT_NE(driver.ordered<DropPage>(), nullptr);
  EXPECT_EQ(driver.ordered<DropPage>()->key, first);
  ASSERT_EQ(driver.seen<PagesView>().total, 3U);
  driver.send_all(PageOpened{2}, PageRemoved{});
  EXPECT_EQ(driver.seen<PagesView>().total, 2U);
}

TEST(Pages, RetakingFromAFileThatCannotBeReadWholeKeepsTheOldPage) {
  Driver driver;
  driver.to_materials();
  driver.capture("plan", 2);
  const auto before = driver.pages("plan");
  driver.send_all(PageOpened{1}, PageRetaken{}, SourceChosen{CaptureSource::files},
                  FilesListed{{{7, "图.pdf", "PDF", 1000}}, true}, FileChosen{7});
  const auto half = driver.page();
  driver.send_all(half, CaptureEnded{PageFault::too_many_pages});
  EXPECT_EQ(driver.seen<FilesView>().fault, PageFault::too_many_pages);
  const auto& after = driver.pages("plan");
  ASSERT_EQ(after.size(), 2U);
  EXPECT_EQ(after[1].key, before[1].key);
  const bool is_dropped = std::any_of(driver.effects_.begin(), driver.effects_.end(),
                                      [&](const Effect& effect) { return effect == Effect{DropPage{half.key}}; });
  EXPECT_TRUE(is_dropped);
}

TEST(Pages, RetakingWithAScannerThatStopsAfterTheNewPageKeepsTheNewOne) {
  Driver driver;
  driver.to_materials();
  driver.capture("plan", 1);
  const auto old = driver.pages("plan")[0].key;
  driver.send_all(PageOpened{0}, PageRetaken{}, ScannersListed{true, true}, SourceChosen{CaptureSource::feeder},
                  driver.page(), CaptureEnded{PageFault::scanner_jammed});
  ASSERT_EQ(driver.seen<PagesView>().total, 1U);
  EXPECT_NE(driver.seen<PagesView>().shown[0].key, old);
  ASSERT_NE(driver.ordered<DropPage>(), nullptr);
  EXPECT_EQ(driver.ordered<DropPage>()->key, old);
}

TEST(Pages, RemovingTheLastReturnsToTheChecklist) {
  Driver driver;
  driver.to_materials();
  driver.capture("plan", 1);
  driver.send_all(PageOpened{0}, PageRemoved{});
  EXPECT_EQ(driver.screen(), "materials");
}

TEST(Pages, ALatePageIsDropped) {
  Driver driver;
  driver.to_materials();
  driver.send(driver.page());
  EXPECT_NE(driver.ordered<DropPage>(), nullptr);
}

TEST(Pages, NoMoreThanTheLimitAreTaken) {
  Driver driver;
  driver.hall_.pages_per_material = 2;
  driver.to_materials();
  driver.capture("plan", 3);
  EXPECT_EQ(driver.seen<PagesView>().total, 2U);
  EXPECT_FALSE(driver.seen<PagesView>().may_add);
}

TEST(Importing, WhileTheStickIsLookedAtAgainNothingOfTheOldListCanBeChosen) {
  Driver driver;
  driver.to_materials();
  const FilesListed listed{{{7, "图.pdf", "PDF", 1000}}, true};
  driver.send_all(MaterialOpened{"plan"}, SourceChosen{CaptureSource::files}, listed, FileChosen{7},
                  CaptureEnded{PageFault::file_damaged});
  ASSERT_NE(driver.ordered<ListFiles>(), nullptr);
  EXPECT_EQ(driver.seen<FilesView>().medium, FilesView::Medium::looked_for);
  driver.send(FileChosen{7});
  EXPECT_EQ(driver.ordered<ImportFile>(), nullptr);
  driver.send_all(listed, FileChosen{7});
  EXPECT_NE(driver.ordered<ImportFile>(), nullptr);
}

TEST(Importing, AListThatComesByItselfTakesTheOldOnesPlace) {
  Driver driver;
  driver.to_materials();
  driver.send_all(MaterialOpened{"plan"}, SourceChosen{CaptureSource::files}, FilesListed{{}, false});
  EXPECT_EQ(driver.seen<FilesView>().medium, FilesView::Medium::absent);
  driver.send(FilesListed{{{1, "a.jpg", "JPEG", 5}}, true});
  ASSERT_EQ(driver.seen<FilesView>().files.size(), 1U);
  driver.send_all(FilesListed{{{2, "b.jpg", "JPEG", 5}}, true}, FileChosen{1});
  EXPECT_EQ(driver.ordered<ImportFile>(), nullptr) << "that file was on another stick";
}

TEST(Pages, EachLookAtAPageAsksForItsPictureSoThatOneThatFailedCanStillCome) {
  Driver driver;
  driver.to_materials();
  driver.capture("plan", 2);
  for (int i = 0; i < 2; ++i) {
    driver.send(PageOpened{1});
    ASSERT_NE(driver.ordered<FetchPicture>(), nullptr);
    EXPECT_EQ(driver.ordered<FetchPicture>()->key, driver.pages("plan")[1].key);
    driver.send(WentBack{});
  }
}

}  // namespace
}  // namespace bangwu::session
