#include "envelope/provisional_number.h"

#include <set>

#include "format_1.h"
#include "samples.h"

namespace bangwu::envelope {
namespace {

TEST(ProvisionalNumber, IsThreeGroupsOfFiveOfCrockfordsAlphabet) {
  base::KernelRandom random;
  for (int n = 0; n < 2000; ++n) {
    const std::string number = provisional_number("hall-1", base::make_uuid_v7(kMorning, random));
    ASSERT_TRUE(number.starts_with("临")) << number;
    const std::string_view rest = std::string_view(number).substr(std::string_view("临").size());
    ASSERT_EQ(rest.size(), 17U) << number;
    ASSERT_TRUE(rest[5] == '-' && rest[11] == '-') << number;
    ASSERT_EQ(rest.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ-"), std::string_view::npos) << number;
  }
}

TEST(ProvisionalNumber, IsTheSameForTheSameEnvelopeForEver) {
  // Printed on receipts people keep; computed once by hand with sha256sum.
  EXPECT_EQ(provisional_number("hall-1.kiosk_2", id_of(1)), "临16FD6-95937-D2EW6");
  EXPECT_EQ(provisional_number(sample_envelope(SigningKey::make())), "临16FD6-95937-D2EW6");
  EXPECT_EQ(provisional_number(Format::one, "hall-1.kiosk_2", id_of(1)), "临28T5-CY01");
  EXPECT_EQ(provisional_number(*envelope_from_json(format_1::kSubmission)), format_1::kProvisionalNumber);
}

TEST(ProvisionalNumber, FollowsFromKioskAndEnvelopeBoth) {
  EXPECT_NE(provisional_number("hall-1", id_of(1)), provisional_number("hall-2", id_of(1)));
  EXPECT_NE(provisional_number("hall-1", id_of(1)), provisional_number("hall-1", id_of(2)));
}

TEST(ProvisionalNumber, IsNotWhatTheSenderWroteIntoTheEndOfTheId) {
  // In format 1 the last five bytes were the number; who chose the id chose the number.
  const auto mine = id_of(1);
  auto same_end = mine;
  same_end.bytes[10] ^= 1;
  EXPECT_EQ(provisional_number(Format::one, "k", mine), provisional_number(Format::one, "k", same_end));
  EXPECT_NE(provisional_number("k", mine), provisional_number("k", same_end));
}

TEST(ProvisionalNumber, NeverMeetsAnother) {
  base::KernelRandom random;
  std::set<std::string> seen;
  for (int n = 0; n < 5000; ++n) seen.insert(provisional_number("k", base::make_uuid_v7(kMorning, random)));
  EXPECT_EQ(seen.size(), 5000U);
}

}  // namespace
}  // namespace bangwu::envelope
