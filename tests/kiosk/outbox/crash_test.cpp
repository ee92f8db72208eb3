#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <map>
#include <set>

#include "crash_story.h"
#include "envelope/export_file.h"
#include "support/power_cut/power_cut.h"
#include "support/scratch_directory.h"

namespace bangwu::outbox {
namespace {

namespace fs = std::filesystem;

struct Ending {
  int status = 0;
  std::set<std::string> promises;
  [[nodiscard]] bool came_to_the_end() const { return WIFEXITED(status) && WEXITSTATUS(status) == 0; }
  [[nodiscard]] bool was_killed() const { return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL; }
};

/// Tells the story in a process of its own, with the given POWER_CUT_ variables.
Ending run_child(const fs::path& root, const Keys& keys, const std::map<std::string, std::string>& settings) {
  int pipe_ends[2] = {};
  EXPECT_EQ(::pipe(pipe_ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(pipe_ends[0]);
    ::setenv("POWER_CUT_ROOT", root.c_str(), 1);
    for (const auto& [name, value] : settings) ::setenv(("POWER_CUT_" + name).c_str(), value.c_str(), 1);
    power_cut_start();
    const auto report = [&](const std::string& line) {
      const std::string whole = line + "\n";
      if (::write(pipe_ends[1], whole.data(), whole.size()) < 0) ::_exit(4);
    };
    const auto told = tell_story(root, keys, report);
    if (!told) std::fprintf(stderr, "%s: %s\n", base::name_of(told.error().code), told.error().detail.c_str());
    ::_exit(told ? 0 : 3);
  }
  ::close(pipe_ends[1]);
  std::string text;
  char buffer[4096];
  for (ssize_t got; (got = ::read(pipe_ends[0], buffer, sizeof buffer)) > 0;)
    text.append(buffer, static_cast<std::size_t>(got));
  ::close(pipe_ends[0]);
  Ending ending;
  EXPECT_EQ(::waitpid(child, &ending.status, 0), child);
  for (std::size_t at = 0, end; (end = text.find('\n', at)) != std::string::npos; at = end + 1) {
    ending.promises.insert(text.substr(at, end - at));
  }
  return ending;
}

class Crash : public testing::Test {
 protected:
  /// A kiosk that has been started before, and had room for its ballast.
  void start_once(const fs::path& root) {
    fs::create_directory(root);
    ASSERT_TRUE(open_for_story(root, keys_));
  }
  Ending run(const fs::path& root, const std::map<std::string, std::string>& settings) {
    return run_child(root, keys_, settings);
  }

  /// Everything that must hold on any disk this day may leave behind.
  void check(const fs::path& root, const std::set<std::string>& promises) {
    auto outbox = open_for_story(root, keys_);
    ASSERT_TRUE(outbox) << outbox.error().detail;
    const auto blobs = open_blobs(root);
    ASSERT_TRUE(blobs);
    for (int item = 1; item <= kItems; ++item) check_item(item, *outbox, *blobs, promises);
    check_whole(root, *outbox);
  }

  void check_item(int item, Outbox& outbox, const blobs::BlobStore& blobs, const std::set<std::string>& promises) {
    const auto promised = [&](const char* what) { return promises.contains(what + std::to_string(item)); };
    const auto details = outbox.show(story_id(item));
    if (!details) {
      EXPECT_EQ(details.error().code, base::ErrorCode::not_found) << details.error().detail;
      EXPECT_FALSE(promised("accepted ")) << "lost: item " << item;
      return;
    }
    const bool is_delivered = std::holds_alternative<Delivered>(details->entry.state);
    EXPECT_TRUE(is_delivered || promised("giving ") || !promised("delivered "))
        << "forgotten: delivery of item " << item;
    if (is_delivered) {
      EXPECT_TRUE(details->receipt);
      check_pages(item, details->entry, blobs);
      EXPECT_FALSE(details->entry.is_kept && promises.contains("settled 0")) << "kept: item " << item;
      EXPECT_TRUE(details->entry.is_kept || promises.contains("settling 0")) << "not kept: item " << item;
    } else if (promised("uploaded ") && !promised("giving ")) {
      EXPECT_TRUE(details->uploads[0].is_complete) << "forgotten: an upload of item " << item;
    }
  }

  /// What is delivered is there whole until it is settled, and gone then, once the outbox has been opened again; a page
  /// of item 1 belongs to item 2 as well.
  void check_pages(int item, const Entry& entry, const blobs::BlobStore& blobs) {
    for (const auto& page : story_pages(item)) {
      const std::string sha256 = envelope::sha256_hex(page);
      const bool is_shared = (item == 1 && page == story_pages(2)[0]) || (item == 2 && page == story_pages(1)[1]);
      if (entry.is_kept) EXPECT_TRUE(blobs.verify({sha256, page.size()})) << "lost: a kept page of item " << item;
      else EXPECT_TRUE(is_shared || !fs::exists(blobs.path_of(sha256))) << "kept: a page of item " << item;
    }
  }

  /// Every envelope that is not delivered is there whole, signed, with all its pages, under a number of its own.
  void check_whole(const fs::path& root, Outbox& outbox) {
    const auto file = root / "check.tar";
    fs::remove(file);
    const auto exported = outbox.export_to(file, base::SystemTime{});
    ASSERT_TRUE(exported) << exported.error().detail;
    EXPECT_EQ(exported->damaged, 0U);
    EXPECT_EQ(exported->envelopes, outbox.list(Which::undelivered)->size());
    auto reader = envelope::ExportReader::open(file);
    ASSERT_TRUE(reader);
    for (;;) {
      const auto entry = reader->next();
      ASSERT_TRUE(entry) << entry.error().detail;
      if (!*entry) break;
      const auto* envelope = std::get_if<envelope::Envelope>(&**entry);
      EXPECT_TRUE(envelope == nullptr || envelope::is_signed_by(*envelope, keys_.device.public_key()));
    }
    std::set<std::uint64_t> numbers;
    const auto all = outbox.list(Which::all);
    for (const auto& entry : *all) numbers.insert(entry.sequence);
    EXPECT_EQ(numbers.size(), all->size());
    fs::remove(file);
  }

  /// The story told to its end on what was left: everything once, nothing twice.
  void check_goes_on(const fs::path& root) {
    const auto told = tell_story(root, keys_, [](const std::string&) {});
    ASSERT_TRUE(told) << told.error().detail;
    auto outbox = open_for_story(root, keys_);
    ASSERT_TRUE(outbox);
    EXPECT_EQ(outbox->list(Which::all)->size(), static_cast<std::size_t>(kItems));
    for (int item = 1; item <= kItems; ++item) {
      EXPECT_EQ(std::holds_alternative<Delivered>(outbox->show(story_id(item))->entry.state),
                item != kStaysUndelivered);
    }
    check_whole(root, *outbox);
    EXPECT_EQ(outbox->sweep_blobs().value(), 0U);  // no page is left that no one needs
  }

  /// Cuts the day at every step of it, until it comes to its end uncut.
  void cut_everywhere(const std::map<std::string, std::string>& settings, bool started_before) {
    const bool has_image = settings.at("MODE") == "cut";
    for (int at = 1;; ++at) {
      SCOPED_TRACE("step " + std::to_string(at));
      const auto root = folder_ / "root";
      const auto image = folder_ / "image";
      fs::remove_all(root);
      fs::remove_all(image);
      if (started_before) start_once(root);
      else fs::create_directory(root);
      auto with_step = settings;
      with_step["AT"] = with_step["SEED"] = std::to_string(at);
      with_step["IMAGE"] = image.string();
      const auto ending = run(root, with_step);
      if (ending.came_to_the_end()) {
        EXPECT_GT(at, 50) << "the cuts were not made";
        EXPECT_EQ(ending.promises.size(), 11U);
        return;
      }
      ASSERT_TRUE(ending.was_killed()) << "status " << ending.status;
      const auto& left = has_image ? image : root;
      check(left, ending.promises);
      check_goes_on(left);
      if (HasFailure()) return;
    }
  }

  bool is_ready_ = envelope::initialise_cryptography();
  support::ScratchDirectory folder_{support::In::memory};
  Keys keys_{envelope::SigningKey::make(), envelope::SigningKey::make()};
};

TEST_F(Crash, KilledAtEveryStep) { cut_everywhere({{"MODE", "kill"}}, true); }
TEST_F(Crash, KilledAtEveryStepOfTheFirstStart) { cut_everywhere({{"MODE", "kill"}}, false); }
TEST_F(Crash, PowerCutKeepsNothingUnsynced) { cut_everywhere({{"MODE", "cut"}, {"KEEP", "none"}}, true); }
TEST_F(Crash, PowerCutKeepsNothingUnsyncedOnTheFirstStart) {
  cut_everywhere({{"MODE", "cut"}, {"KEEP", "none"}}, false);
}
TEST_F(Crash, PowerCutKeepsNamesButNotBytes) { cut_everywhere({{"MODE", "cut"}, {"KEEP", "names"}}, true); }
TEST_F(Crash, PowerCutKeepsBytesButNotNames) { cut_everywhere({{"MODE", "cut"}, {"KEEP", "data"}}, true); }
TEST_F(Crash, PowerCutKeepsSectorsByChance) { cut_everywhere({{"MODE", "cut"}, {"KEEP", "half"}}, true); }

}  // namespace
}  // namespace bangwu::outbox
