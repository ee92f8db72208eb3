#include <fstream>
#include <set>
#include <sstream>

#include "desk.h"
#include "envelope/export_file.h"
#include "envelope/provisional_number.h"
#include "outbox/advice.h"
#include "outbox/queue_command.h"

namespace bangwu::outbox {
namespace {

using base::ErrorCode;

class Export : public Desk {
 protected:
  struct Content {
    std::vector<envelope::Envelope> envelopes;
    std::vector<envelope::ExportedBlob> blobs;
  };
  Content read(const std::filesystem::path& file) {
    Content content;
    auto reader = envelope::ExportReader::open(file);
    EXPECT_TRUE(reader) << reader.error().detail;
    for (;;) {
      auto entry = reader->next();
      EXPECT_TRUE(entry) << entry.error().detail;
      if (!entry || !*entry) return content;
      if (auto* envelope = std::get_if<envelope::Envelope>(&**entry)) content.envelopes.push_back(*envelope);
      else content.blobs.push_back(std::get<envelope::ExportedBlob>(**entry));
    }
  }
  int command(std::vector<std::string> args) {
    out_.str("");
    return queue_command(args, outbox(), kNow, out_);
  }
  std::ostringstream out_;
};

TEST_F(Export, HoldsEverythingUndelivered) {
  const auto shared = put(3000, 1);
  auto first = draft_of(1);
  first.attachments = {shared};
  auto second = draft_of(2, 500);
  second.attachments = {shared, put(1000, 2)};
  second.depends_on = id_of(1);
  for (const auto& draft : {first, second, draft_of(3), draft_of(4)}) accept(draft);
  const auto delivered = lease();
  ASSERT_TRUE(outbox().deliver(delivered.lease.id, receipt_for(delivered), kNow));
  ASSERT_TRUE(outbox().bury(lease().lease, Reason::refused));

  EXPECT_EQ(outbox().export_to(folder_ / "out.tar", kNow).value(), (Exported{3, 2, 0}));
  const auto content = read(folder_ / "out.tar");
  ASSERT_EQ(content.envelopes.size(), 3U);
  EXPECT_EQ(content.blobs.size(), 2U);
  for (const auto& envelope : content.envelopes) EXPECT_TRUE(envelope::is_signed_by(envelope, device_.public_key()));
  EXPECT_EQ(outbox().counts()->delivered, 1U);  // an export delivers nothing
}

TEST_F(Export, NeverOverwrites) {
  std::ofstream(folder_ / "out.tar") << "something";
  EXPECT_EQ(code_of(outbox().export_to(folder_ / "out.tar", kNow)), ErrorCode::already_exists);
  EXPECT_EQ(std::filesystem::file_size(folder_ / "out.tar"), 9U);
}

TEST_F(Export, LeavesOutWhatIsDamagedAndSaysSo) {
  auto draft = draft_of(1);
  draft.attachments = {put(3000, 1)};
  accept(draft);
  accept(draft_of(2));
  std::filesystem::resize_file(blobs_.path_of(draft.attachments[0].sha256), 5);
  EXPECT_EQ(outbox().export_to(folder_ / "out.tar", kNow).value(), (Exported{1, 0, 1}));
  EXPECT_EQ(command({"export", (folder_ / "again.tar").string()}), 1);
}

TEST_F(Export, AnExportThatFailsLeavesNoFile) {
  EXPECT_EQ(code_of(outbox().export_to(folder_ / "no" / "such.tar", kNow)), ErrorCode::not_found);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "no"));
}

using Queue = Export;

TEST_F(Queue, ListShowsStatesAndNothingOfAnApplicant) {
  for (int i = 1; i <= 3; ++i) accept(draft_of(i));
  auto dependant = draft_of(4);
  dependant.depends_on = id_of(3);
  accept(dependant);
  ASSERT_TRUE(outbox().bury(lease().lease, Reason::too_large));
  ASSERT_TRUE(outbox().postpone(lease().lease, kNow, kNow + 1h, Reason::network));
  EXPECT_EQ(command({"list"}), 0);
  EXPECT_EQ(
      out_.str(),
      "019a0000-0000-7000-8000-000000000001  2026-11-23T02:00:00.000Z  submission  100 bytes  1 attempts  dead: "
      "too_large\n"
      "019a0000-0000-7000-8000-000000000002  2026-11-23T02:00:00.000Z  submission  100 bytes  1 attempts  waits until "
      "2026-11-23T03:00:00.000Z: network\n"
      "019a0000-0000-7000-8000-000000000003  2026-11-23T02:00:00.000Z  submission  100 bytes  0 attempts  ready\n"
      "019a0000-0000-7000-8000-000000000004  2026-11-23T02:00:00.000Z  submission  100 bytes  0 attempts  waits for "
      "019a0000-0000-7000-8000-000000000003\n"
      "2 ready, 0 being sent, 1 waiting, 1 dead, 0 delivered; 400 bytes to send, the oldest since "
      "2026-11-23T02:00:00.000Z\n");
}

TEST_F(Queue, ListLeavesOutDeliveredUnlessAsked) {
  accept(draft_of(1));
  ASSERT_TRUE(outbox().deliver(id_of(1), receipt_for(lease()), kNow));
  EXPECT_EQ(command({"list"}), 0);
  EXPECT_EQ(out_.str().find("019a"), std::string::npos);
  EXPECT_EQ(command({"list", "--all"}), 0);
  EXPECT_NE(out_.str().find("delivered 2026-11-23T02:00:00.000Z"), std::string::npos);
}

TEST_F(Queue, ShowSaysHowFarAnItemIs) {
  auto draft = draft_of(1);
  draft.attachments = {put(10, 1), put(20, 2)};
  accept(draft);
  const auto parcel = lease();
  ASSERT_TRUE(outbox().record_upload(parcel.lease, draft.attachments[0].sha256, "/v1/uploads/a"));
  EXPECT_EQ(command({"show", base::to_string(id_of(1))}), 0);
  EXPECT_NE(out_.str().find("10 bytes  begun"), std::string::npos) << out_.str();
  EXPECT_NE(out_.str().find("20 bytes  not begun"), std::string::npos);
  EXPECT_NE(out_.str().find(envelope::provisional_number(parcel.envelope)), std::string::npos);
  ASSERT_TRUE(outbox().deliver(id_of(1), receipt_for(parcel), kNow));
  EXPECT_EQ(command({"show", base::to_string(id_of(1))}), 0);
  EXPECT_NE(out_.str().find("as case WJ-1"), std::string::npos);
}

TEST_F(Queue, ShowSaysWhyAnItemDoesNotGoAndWhatToDo) {
  accept(draft_of(1));
  ASSERT_TRUE(outbox().bury(lease().lease, Reason::duplicate_identity));
  EXPECT_EQ(command({"show", base::to_string(id_of(1))}), 0);
  EXPECT_NE(out_.str().find("dead: duplicate_identity"), std::string::npos);
  EXPECT_NE(out_.str().find("on the copy, bangwu-kiosk enrol --as-another"), std::string::npos) << out_.str();
  std::set<std::string> advice;
  for (int reason = 1; reason <= static_cast<int>(kLastReason); ++reason) {
    EXPECT_TRUE(advice.insert(advice_for(static_cast<Reason>(reason))).second) << reason;
  }
  EXPECT_FALSE(advice.contains(""));
}

TEST_F(Queue, RetryMakesReady) {
  accept(draft_of(1));
  ASSERT_TRUE(outbox().bury(lease().lease, Reason::refused));
  EXPECT_EQ(command({"retry", base::to_string(id_of(1))}), 0);
  EXPECT_EQ(state_of(1), State{Ready{}});
  ASSERT_TRUE(outbox().bury(lease().lease, Reason::refused));
  EXPECT_EQ(command({"retry", "all"}), 0);
  EXPECT_EQ(out_.str(), "1 dead and waiting items are ready again\n");
}

TEST_F(Queue, RetrySaysHowTheItemStands) {
  accept(draft_of(1));
  const auto held = lease();
  const auto id = base::to_string(id_of(1));
  EXPECT_EQ(command({"retry", id}), 0);
  EXPECT_TRUE(out_.str().starts_with(id + "  being sent, until ")) << out_.str();
  ASSERT_TRUE(outbox().bury(held.lease, Reason::refused));
  EXPECT_EQ(command({"retry", id}), 0);
  EXPECT_EQ(out_.str(), id + "  ready\n");
}

TEST_F(Queue, ExportSaysWhatItWrote) {
  accept(draft_of(1));
  EXPECT_EQ(command({"export", (folder_ / "out.tar").string()}), 0);
  EXPECT_EQ(out_.str().rfind("1 envelopes and 0 files written to", 0), 0U);
  EXPECT_EQ(command({"export", (folder_ / "out.tar").string()}), 1);
  EXPECT_EQ(out_.str().rfind("failed (already_exists)", 0), 0U);
}

TEST_F(Queue, WrongUseIsTwoUnknownIsOne) {
  for (const auto& args : std::vector<std::vector<std::string>>{{},
                                                                {"lst"},
                                                                {"list", "--every"},
                                                                {"list", "--all", "x"},
                                                                {"show"},
                                                                {"retry"},
                                                                {"export"},
                                                                {"export", ""},
                                                                {"export", "a", "b"},
                                                                {"lst", base::to_string(id_of(1))}}) {
    EXPECT_EQ(command(args), 2);
    EXPECT_EQ(out_.str(), queue_usage());
  }
  for (const char* verb : {"show", "retry"}) {
    EXPECT_EQ(command({verb, "nosuch"}), 1);
    EXPECT_TRUE(out_.str().starts_with("\"nosuch\" is no item's id: copy one from queue list")) << out_.str();
  }
  EXPECT_EQ(command({"show", base::to_string(id_of(1))}), 1);
  EXPECT_EQ(command({"retry", base::to_string(id_of(1))}), 1);
  ASSERT_NE(out_.str().find("failed (not_found)"), std::string::npos);
}

}  // namespace
}  // namespace bangwu::outbox
