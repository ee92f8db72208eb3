#include "runtime/config.h"

#include <gmock/gmock.h>

#include <fstream>

#include "support/scratch_directory.h"

namespace bangwu::runtime {
namespace {

using testing::HasSubstr;

class Config : public testing::Test {
 protected:
  Config() { std::filesystem::create_directory(scratch_ / "catalogue"); }
  base::Result<KioskConfig> read(const std::string& text) {
    std::ofstream(scratch_ / "kiosk.toml") << text;
    return read_config(scratch_ / "kiosk.toml");
  }
  std::string complaint(const std::string& text) {
    const auto config = read(text);
    return config ? "accepted" : config.error().detail;
  }
  support::ScratchDirectory scratch_;
};

constexpr const char* kLeast = "[hall]\ncatalogue = \"catalogue\"\n";

TEST_F(Config, WhatIsNotWrittenHasItsDefault) {
  const auto config = read(kLeast);
  ASSERT_TRUE(config) << config.error().detail;
  EXPECT_EQ(config->visit.idle, std::chrono::seconds{120});
  EXPECT_TRUE(config->production) << "what is installed and never configured is safe";
  EXPECT_EQ(config->visit.instrument, domain::Instrument::national);
}

TEST_F(Config, AnUnknownKeyIsNamedWithItsLineAndTheKnownOnes) {
  const auto text = complaint(std::string(kLeast) + "[visit]\nidle_secs = 3\n");
  EXPECT_THAT(text, HasSubstr("kiosk.toml:4"));
  EXPECT_THAT(text, HasSubstr("idle_secs"));
  EXPECT_THAT(text, HasSubstr("idle_seconds"));
}

TEST_F(Config, AnUnknownTableIsNamed) {
  EXPECT_THAT(complaint(std::string(kLeast) + "[visits]\n"), HasSubstr("visits"));
}

TEST_F(Config, AWrongTypeSaysWhatToGive) {
  EXPECT_THAT(complaint(std::string(kLeast) + "[visit]\nidle_seconds = \"120\"\n"), HasSubstr("from 60 to 600"));
  EXPECT_THAT(complaint(std::string(kLeast) + "[visit]\nrating = \"five\"\n"), HasSubstr("review, national"));
  EXPECT_THAT(complaint(std::string(kLeast) + "[capture]\nmedia = [1]\n"), HasSubstr("list of texts"));
  EXPECT_THAT(complaint(std::string(kLeast) + "[capture]\nfile_systems = [\"fat\"]\n"), HasSubstr("vfat, exfat"));
}

TEST_F(Config, AFolderThatIsNotThereIsNamed) {
  EXPECT_THAT(complaint("[hall]\ncatalogue = \"no\"\n"), HasSubstr("no"));
}
TEST_F(Config, TheCatalogueIsRequired) { EXPECT_THAT(complaint("[visit]\n"), HasSubstr("catalogue")); }
TEST_F(Config, ATextThatIsNoTomlNamesTheLine) { EXPECT_THAT(complaint("[hall\n"), HasSubstr("kiosk.toml:1")); }

TEST_F(Config, EverythingWrongIsSaidAtOnce) {
  const auto text = complaint("[hall]\ncatalogue = \"no\"\n[visit]\nidle_seconds = 5\n");
  EXPECT_THAT(text, HasSubstr(":2:"));
  EXPECT_THAT(text, HasSubstr(":4:"));
}

TEST_F(Config, AMissingFileSaysHowToNameOne) {
  const auto config = read_config(scratch_ / "nothing.toml");
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().code, base::ErrorCode::not_found);
  EXPECT_THAT(config.error().detail, HasSubstr("--config"));
}

}  // namespace
}  // namespace bangwu::runtime
