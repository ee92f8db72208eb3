#include <gmock/gmock.h>

#include <ctime>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include "typist.h"

namespace bangwu::input {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

struct Entry {
  std::string text, code;
  int weight;
};

std::vector<Entry> entries_of(const std::string& file) {
  std::ifstream in(std::string(BANGWU_RIME_SOURCES) + "/" + file);
  std::vector<Entry> entries;
  for (std::string line; std::getline(in, line);) {
    std::istringstream fields(line);
    Entry entry;
    std::string weight;
    if (std::getline(fields, entry.text, '\t') && std::getline(fields, entry.code, '\t') && fields >> entry.weight)
      entries.push_back(entry);
  }
  return entries;
}

/// "hu tang zhen" as typed when nothing may be read otherwise: hu'tang'zhen.
std::string typed(std::string code) {
  for (char& c : code)
    if (c == ' ') c = '\'';
  return code;
}

std::size_t rank_of(PinyinEngine& engine, const Entry& entry) {
  const auto found = offered(engine, typed(entry.code), 60);
  return static_cast<std::size_t>(std::find(found.begin(), found.end(), entry.text) - found.begin());
}

class Pinyin : public ScratchTest {
 protected:
  void SetUp() override {
    ScratchTest::SetUp();
    engine_ = open_engine(scratch_);
  }
  void TearDown() override {
    engine_.reset();
    ScratchTest::TearDown();
  }
  std::unique_ptr<PinyinEngine> engine_;
};

TEST_F(Pinyin, OffersTheDistrictsPlacesFirst) {
  EXPECT_EQ(offered(*engine_, "hutangzhen").front(), "湖塘镇");
  EXPECT_EQ(offered(*engine_, "lijiazhen").front(), "礼嘉镇");
  EXPECT_EQ(offered(*engine_, "hengshanqiaozhen").front(), "横山桥镇");
  EXPECT_EQ(offered(*engine_, "nanxiashujiedao").front(), "南夏墅街道");
  EXPECT_EQ(offered(*engine_, "wujinqu").front(), "武进区");
}

TEST_F(Pinyin, InitialsAreEnoughForOurWords) {
  EXPECT_EQ(offered(*engine_, "wjq").front(), "武进区");
  EXPECT_EQ(offered(*engine_, "bdcdj").front(), "不动产登记");
  EXPECT_EQ(offered(*engine_, "spjyxkz").front(), "食品经营许可证");
}

TEST_F(Pinyin, EveryOwnWordIsOnTheFirstPages) {
  for (const char* file : {"places.dict.yaml", "items.dict.yaml"}) {
    const auto entries = entries_of(file);
    EXPECT_GE(entries.size(), 150U) << file;
    for (const Entry& entry : entries)
      EXPECT_LT(rank_of(*engine_, entry), entry.text.size() > 3 ? 6U : 18U) << entry.text << ' ' << entry.code;
  }
}

TEST_F(Pinyin, SurnamesAreWithinReach) {
  std::set<std::string> surnames;
  for (const Entry& entry : entries_of("surnames.dict.yaml")) {
    surnames.insert(entry.text);
    const std::size_t reach = entry.weight >= 30000 ? 10 : entry.weight >= 6000 ? 24 : 40;
    EXPECT_LT(rank_of(*engine_, entry), reach) << entry.text << ' ' << entry.code;
  }
  EXPECT_GE(surnames.size(), 400U);
}

TEST_F(Pinyin, CharactersOfNamesAreNotRewritten) {
  for (const Entry& entry : entries_of("names.dict.yaml"))
    EXPECT_LT(rank_of(*engine_, entry), 60U) << entry.text << ' ' << entry.code;
  EXPECT_THAT(offered(*engine_, "sheng", 30), Contains("昇"));
  EXPECT_THAT(offered(*engine_, "kun", 30), Contains("堃"));
  EXPECT_THAT(offered(*engine_, "qian", 40), Contains("乾"));
}

TEST_F(Pinyin, CandidatesAreSimplified) {
  EXPECT_EQ(offered(*engine_, "toufa").front(), "头发");
  EXPECT_EQ(offered(*engine_, "ganbu").front(), "干部");
  EXPECT_EQ(offered(*engine_, "shehuibaozhangka").front(), "社会保障卡");
  for (const char* letters : {"hao", "guo", "zhang", "ye", "men"})
    EXPECT_THAT(offered(*engine_, letters, 60), AllOf(Not(Contains("號")), Not(Contains("國")), Not(Contains("張")),
                                                      Not(Contains("葉")), Not(Contains("門"))));
}

TEST_F(Pinyin, ReadsHeteronymsAndUmlauts) {
  EXPECT_EQ(offered(*engine_, "chongqing").front(), "重庆");
  EXPECT_EQ(offered(*engine_, "yinhang").front(), "银行");
  EXPECT_THAT(offered(*engine_, "lv"), Contains("吕"));
  EXPECT_EQ(offered(*engine_, "nver").front(), "女儿");
}

TEST_F(Pinyin, AnApostropheSplitsSyllables) {
  EXPECT_EQ(offered(*engine_, "xi'an").front(), "西安");
  EXPECT_THAT(offered(*engine_, "xi'an", 40), Not(Contains("先")));
  EXPECT_THAT(offered(*engine_, "xian", 40), Contains("先"));
}

TEST_F(Pinyin, ShowsSyllablesApart) {
  type(*engine_, "nihao");
  EXPECT_EQ(engine_->composition(), "ni hao");
}

TEST_F(Pinyin, ChoosingAllReturnsTheTextAndEndsTheComposition) {
  type(*engine_, "changzhou");
  EXPECT_EQ(engine_->choose(0), "常州");
  EXPECT_EQ(engine_->composition(), "");
  EXPECT_THAT(engine_->candidates(0, 5), IsEmpty());
}

TEST_F(Pinyin, ChoosingAPartLeavesTheRest) {
  type(*engine_, "nihaoma");
  const auto found = engine_->candidates(0, 40);
  const auto part = std::find(found.begin(), found.end(), "你");
  ASSERT_NE(part, found.end());
  EXPECT_EQ(engine_->choose(static_cast<std::size_t>(part - found.begin())), "");
  EXPECT_EQ(engine_->composition(), "你hao ma");
  ASSERT_EQ(engine_->candidates(0, 2), (std::vector<std::string>{"号码", "好吗"}));
  EXPECT_EQ(engine_->choose(1), "你好吗");
}

TEST_F(Pinyin, PagesFollowEachOtherWithoutGapsOrRepeats) {
  type(*engine_, "shi");
  const auto all = engine_->candidates(0, 27);
  ASSERT_THAT(all, SizeIs(27));
  std::vector<std::string> paged;
  for (std::size_t first = 0; first < 27; first += 9)
    for (auto& text : engine_->candidates(first, 9)) paged.push_back(text);
  EXPECT_EQ(paged, all);
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), all.size());
  EXPECT_EQ(engine_->choose(20), all[20]);
}

TEST_F(Pinyin, APageBehindTheLastIsEmpty) {
  type(*engine_, "budongchandengji");
  EXPECT_THAT(engine_->candidates(100000, 9), IsEmpty());
  EXPECT_EQ(engine_->choose(100000), "");
  EXPECT_EQ(engine_->choose(0), "不动产登记");
}

TEST_F(Pinyin, BackspaceTakesLettersThenReportsThatThereAreNone) {
  type(*engine_, "ni");
  EXPECT_TRUE(engine_->backspace());
  EXPECT_EQ(engine_->composition(), "n");
  EXPECT_TRUE(engine_->backspace());
  EXPECT_EQ(engine_->composition(), "");
  EXPECT_FALSE(engine_->backspace());
}

TEST_F(Pinyin, BackspaceTakesBackAChoiceFirst) {
  type(*engine_, "nihaoma");
  const auto found = engine_->candidates(0, 40);
  const auto part = std::find(found.begin(), found.end(), "你");
  ASSERT_NE(part, found.end());
  EXPECT_EQ(engine_->choose(static_cast<std::size_t>(part - found.begin())), "");
  EXPECT_TRUE(engine_->backspace());
  EXPECT_EQ(engine_->composition(), "ni hao ma");
}

TEST_F(Pinyin, LettersCanBeKeptAsTyped) {
  type(*engine_, "nihao");
  EXPECT_EQ(engine_->commit_letters(), "nihao");
  EXPECT_EQ(engine_->composition(), "");
  EXPECT_EQ(engine_->commit_letters(), "");
}

TEST_F(Pinyin, ClearForgetsTheComposition) {
  type(*engine_, "nihao");
  engine_->clear();
  EXPECT_EQ(engine_->composition(), "");
  EXPECT_FALSE(engine_->backspace());
  EXPECT_EQ(offered(*engine_, "changzhou").front(), "常州");
}

TEST_F(Pinyin, RefusesWhatIsNoLetter) {
  for (const char key : {'A', '1', ' ', '\n', '\0', '\x7f', '-', '\''}) EXPECT_FALSE(engine_->press(key)) << int(key);
  EXPECT_EQ(engine_->composition(), "");
  type(*engine_, "ni'");
  EXPECT_FALSE(engine_->press('\'')) << "two apostrophes in a row";
}

TEST_F(Pinyin, ACompositionIsBounded) {
  std::size_t taken = 0;
  while (taken < 1000 && engine_->press("ma"[taken % 2])) ++taken;
  EXPECT_EQ(taken, PinyinEngine::kMaxLetters);
  engine_->clear();
  for (taken = 0; taken < 1000 && engine_->press('z');) ++taken;
  EXPECT_EQ(taken, PinyinEngine::kMaxInitials + 1);
  EXPECT_TRUE(engine_->backspace()) << "a full composition can be shortened";
}

TEST_F(Pinyin, AKeyTakesATenthOfAFrame) {
  const auto cpu_ms = [] {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) * 1e-6;
  };
  double total = 0, worst = 0;
  int keys = 0;
  for (const char* words : {"zhangwei", "wangxiaoming", "changzhoushiwujinquhutangzhenrenminzhonglu", "yingyezhizhao",
                            "woyaobanlibudongchandengji", "wjq", "spjyxkz", "shiyishishi", "zsc", "lijing"}) {
    for (const char* letter = words; *letter != '\0'; ++letter, ++keys) {
      const double before = cpu_ms();
      EXPECT_TRUE(engine_->press(*letter));
      EXPECT_FALSE(engine_->candidates(0, 9).empty());
      EXPECT_FALSE(engine_->composition().empty());
      const double took = cpu_ms() - before;
      total += took;
      worst = std::max(worst, took);
    }
    engine_->clear();
  }
  RecordProperty("mean_us", int(total / keys * 1e3));
  RecordProperty("worst_us", int(worst * 1e3));
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  constexpr double kSlowdown = 20;  // what sanitizers cost
#else
  constexpr double kSlowdown = 1;
#endif
  EXPECT_LT(total / keys, 1.0 * kSlowdown);
  EXPECT_LT(worst, 10.0 * kSlowdown);
}

TEST_F(Pinyin, OneEngineAtATime) {
  const auto second = PinyinEngine::open({.data = BANGWU_RIME_DATA, .scratch = scratch_});
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, base::ErrorCode::busy);
  engine_.reset();
  EXPECT_TRUE(PinyinEngine::open({.data = BANGWU_RIME_DATA, .scratch = scratch_}).has_value());
}

TEST_F(Pinyin, MayBeOpenedOnAWorkerThread) {
  engine_.reset();
  std::jthread([&] { engine_ = open_engine(scratch_); }).join();
  EXPECT_EQ(offered(*engine_, "changzhou").front(), "常州");
}

}  // namespace
}  // namespace bangwu::input
