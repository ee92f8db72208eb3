#include "domain/case_number.h"

#include <gtest/gtest.h>

#include "domain/lookup_secret.h"

namespace bangwu::domain {
namespace {

TEST(CaseNumber, IsFoundAsPeopleTypeIt) {
  const std::pair<const char*, const char*> table[] = {
      {"wj20261123000001", "WJ20261123000001"},
      {" WJ 20261123 000001 ", "WJ20261123000001"},
      {"ＷＪ２０２６１１２３０００００１", "WJ20261123000001"},
      {"临7K3Q9-X2M4T-RD8WH", "临7K3Q9-X2M4T-RD8WH"},
      {"7k3q9x2m4trd8wh", "临7K3Q9-X2M4T-RD8WH"},
      {"7K3Q9 X2M4T RD8WH", "临7K3Q9-X2M4T-RD8WH"},
      {"临oK3Q9-X2M4T-RD8Wl", "临0K3Q9-X2M4T-RD8W1"},
      {"临7K3Q-9X2M", "临7K3Q-9X2M"},
      {"7k3q9x2m", "临7K3Q-9X2M"},
      {"7k3q9x2!", "7K3Q9X2!"},
      {"", ""},
  };
  for (const auto& [typed, kept] : table) EXPECT_EQ(case_number_from(typed), kept) << typed;
}

TEST(CaseNumber, IsNotWhatWasNeverGiven) {
  for (const char* given : {"WJ20261123000001", "WJ202611231234567", "临7K3Q9-X2M4T-RD8WH", "临7K3Q-9X2M"})
    EXPECT_TRUE(may_be_case_number(given)) << given;
  for (const char* other : {"", "临", "WJ", "WJ2026112300001", "WJ20261123ABCDEF", "临7K3Q9-X2M4T", "临7K3Q9X2M",
                            "11010519491231002X", "BANGWU1|WJ20261123000001"})
    EXPECT_FALSE(may_be_case_number(other)) << other;
}

TEST(LookupSecret, IsTidiedAndGroupedForReading) {
  EXPECT_EQ(lookup_secret_of(0), "000000");
  EXPECT_EQ(lookup_secret_of(0x3FFFFFFF), "ZZZZZZ");
  for (const char* typed : {"K7Q401", "k7q-4o1", " K7Q 4OI ", "Ｋ７Ｑ４ｏｌ"})
    EXPECT_EQ(tidy_lookup_secret(typed), "K7Q401") << typed;
  EXPECT_EQ(group_lookup_secret("K7Q4X2"), "K7Q-4X2");
  EXPECT_EQ(group_lookup_secret(""), "");
}

TEST(ReceiptCode, IsReadAsAScannerTypesIt) {
  const auto code = receipt_code("临7K3Q9-X2M4T-RD8WH", "K7Q4X2");
  EXPECT_EQ(code, "BANGWU1|7K3Q9-X2M4T-RD8WH|K7Q4X2") << "no keyboard types 临";
  EXPECT_EQ(read_receipt_code(code), (ReceiptCode{"临7K3Q9-X2M4T-RD8WH", "K7Q4X2"}));
  EXPECT_EQ(read_receipt_code("bangwu1|wj20261123000001|k7q4x2"), (ReceiptCode{"WJ20261123000001", "K7Q4X2"}));
  EXPECT_EQ(read_receipt_code("BANGWU1|临7K3Q-9X2M"), (ReceiptCode{"临7K3Q-9X2M", ""}))
      << "of a receipt before secrets";
}

TEST(ReceiptCode, IsNoOtherTextAndNotOneThatIsStillBeingTyped) {
  for (const char* text : {"", "WJ20261123000001", "BANGWU1|", "BANGWU1|WJ2026", "BANGWU1|WJ20261123000001|",
                           "BANGWU1|WJ20261123000001|K7Q4X", "BANGWU2|WJ20261123000001|K7Q4X2",
                           "BANGWU1|WJ20261123000001|K7Q4X2|", "https://example.com/BANGWU1|WJ20261123000001|K7Q4X2"})
    EXPECT_FALSE(read_receipt_code(text)) << text;
}

}  // namespace
}  // namespace bangwu::domain
