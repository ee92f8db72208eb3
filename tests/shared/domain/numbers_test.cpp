#include "domain/numbers.h"

#include <gtest/gtest.h>

namespace bangwu::domain {
namespace {

constexpr std::chrono::year_month_day kToday{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{23}};

NumberProblem resident(std::string_view typed) { return check_resident_id(tidy_number(typed), kToday); }

TEST(ResidentId, SamplesOfTheStandardAreValid) {
  for (const char* number : {"11010519491231002X", "440524188001010014", "34052419800101001X"}) {
    EXPECT_EQ(resident(number), NumberProblem::none) << number;
  }
}

TEST(ResidentId, SmallXFullWidthAndGroupingAreRead) {
  EXPECT_EQ(tidy_number("11010519491231002x"), "11010519491231002X");
  EXPECT_EQ(tidy_number("１１０１０５　１９４９１２３１－００２ｘ"), "11010519491231002X");
  EXPECT_EQ(tidy_number("110105 19491231 002X"), "11010519491231002X");
  EXPECT_EQ(tidy_number("张三1"), "张三1");
  EXPECT_EQ(tidy_number("、１"), "、1");
  EXPECT_EQ(tidy_number(""), "");
  EXPECT_EQ(tidy_number("\xEF\xBC"), "\xEF\xBC");  // cut off inside a character
  EXPECT_EQ(tidy_number("\xEF<P"), "\xEF<P");      // no character: it was read as a full-width zero
}

TEST(ResidentId, EveryWrongDigitIsNoticed) {
  const std::string good = "440524188001010014";
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (char c = '0'; c <= '9'; ++c) {
      if (c == good[i]) continue;
      std::string bad = good;
      bad[i] = c;
      EXPECT_NE(resident(bad), NumberProblem::none) << bad;
    }
  }
}

TEST(ResidentId, SwappedNeighboursAreNoticed) {
  EXPECT_EQ(resident("11010519491231020X"), NumberProblem::wrong_check);
  EXPECT_EQ(resident("101105194912310020"), NumberProblem::wrong_check);
}

TEST(ResidentId, DateThatDoesNotExistIsNamed) {
  EXPECT_EQ(resident("110105194902310018"), NumberProblem::impossible_date);
  EXPECT_EQ(resident("110105194913010010"), NumberProblem::impossible_date);
  EXPECT_EQ(resident("110105202502290019"), NumberProblem::impossible_date);  // no leap year
  EXPECT_EQ(resident("110105190002290017"), NumberProblem::impossible_date);
  EXPECT_EQ(resident("110105184912310020"), NumberProblem::impossible_date);  // before anyone alive
  EXPECT_EQ(resident("110105202402290011"), NumberProblem::none);
}

TEST(ResidentId, BirthInTheFutureIsNamedAndBirthTodayIsNot) {
  EXPECT_EQ(resident("110105202611240010"), NumberProblem::born_in_future);
  EXPECT_EQ(resident("110105202611230015"), NumberProblem::none);
}

TEST(ResidentId, FifteenDigitsAreNamedAsOutOfUse) {
  EXPECT_EQ(resident("110105491231002"), NumberProblem::out_of_use);
  EXPECT_EQ(resident("110105491331002"), NumberProblem::wrong_length);  // no date: no number of that time either
  EXPECT_FALSE(may_be_printed_so(NumberProblem::out_of_use));
}

TEST(ResidentId, CheckThatDoesNotFitPassesOnceConfirmed) {
  const std::string number = "110105194912310012";
  EXPECT_EQ(check_id(IdKind::resident_id, number, kToday), NumberProblem::wrong_check);
  EXPECT_EQ(check_id(IdKind::resident_id, number, kToday, {number}), NumberProblem::none);
  EXPECT_EQ(check_id(IdKind::resident_id, "110105194912310013", kToday, {number}), NumberProblem::wrong_check);
  EXPECT_EQ(check_id(IdKind::resident_id, "110105194913310012", kToday, {"110105194913310012"}),
            NumberProblem::impossible_date);  // a date that does not exist is a slip, whatever is said
}

TEST(CreditCode, CheckThatDoesNotFitPassesOnceConfirmed) {
  const std::string code = "91110105MA00B0D0XQ";
  EXPECT_EQ(check_id(IdKind::uscc, code, kToday), NumberProblem::wrong_check);
  EXPECT_EQ(check_id(IdKind::uscc, code, kToday, {code}), NumberProblem::none);
}

TEST(CreditCode, NumberOfAPersonIsAskedAboutEvenIfItsCheckFitsACode) {
  EXPECT_EQ(check_uscc("110105194912310409"), NumberProblem::persons_number);
  EXPECT_EQ(check_uscc("11010519491231002X"), NumberProblem::persons_number);
  EXPECT_EQ(check_id(IdKind::uscc, "110105194912310409", kToday, {"110105194912310409"}), NumberProblem::none);
}

TEST(ResidentId, LengthAndCharactersAreNamed) {
  EXPECT_EQ(resident(""), NumberProblem::empty);
  EXPECT_EQ(resident("1101051949123100"), NumberProblem::wrong_length);
  EXPECT_EQ(resident("11010519491231002X0"), NumberProblem::wrong_length);
  EXPECT_EQ(resident("1101051949123100AX"), NumberProblem::wrong_characters);
  EXPECT_EQ(resident("11010519491231002Y"), NumberProblem::wrong_characters);
  EXPECT_EQ(resident("X1010519491231002X"), NumberProblem::wrong_characters);
}

TEST(ForeignCard, NewOneIsEighteenDigitsFromNine) {
  const auto check = [](std::string_view n) { return check_id(IdKind::foreign_permanent_resident, n, kToday); };
  EXPECT_EQ(check("911124198108030024"), NumberProblem::none);
  EXPECT_EQ(check("911124198108030025"), NumberProblem::wrong_check);
  EXPECT_EQ(check("440524188001010014"), NumberProblem::wrong_prefix);
  EXPECT_EQ(check("911124202611240028"), NumberProblem::born_in_future);
  EXPECT_EQ(check(""), NumberProblem::empty);
}

TEST(ForeignCard, OldOneIsThreeLettersAndTwelveDigits) {
  const auto check = [](std::string_view n) { return check_id(IdKind::foreign_permanent_resident, n, kToday); };
  EXPECT_EQ(check("USA110074041521"), NumberProblem::none);
  EXPECT_EQ(check(tidy_number("ｕｓａ１１００７４０４１５２１")), NumberProblem::none);
  EXPECT_EQ(check("USA11007404152"), NumberProblem::wrong_length);
  EXPECT_EQ(check("US1110074041521"), NumberProblem::wrong_characters);
  EXPECT_EQ(check("USA11007404152A"), NumberProblem::wrong_characters);
}

TEST(ResidencePermit, BeginsWithOneOfThreePlaces) {
  const auto check = [](std::string_view n) { return check_id(IdKind::hmt_residence_permit, n, kToday); };
  for (const char* number : {"810000199408230021", "820000199408230023", "830000199201300022"}) {
    EXPECT_EQ(check(number), NumberProblem::none) << number;
  }
  EXPECT_EQ(check("840000199201300024"), NumberProblem::wrong_prefix);
  EXPECT_EQ(check("11010519491231002X"), NumberProblem::wrong_prefix);
  EXPECT_EQ(check("810000199408230022"), NumberProblem::wrong_check);
}

TEST(Uscc, SamplesAreValidAndAWrongCheckIsNamed) {
  EXPECT_EQ(check_uscc("91350100M000100Y43"), NumberProblem::none);
  EXPECT_EQ(check_uscc("91110000600037341L"), NumberProblem::none);
  EXPECT_EQ(check_uscc(tidy_number("９１１１００００６０００３７３４１ｌ")), NumberProblem::none);
  EXPECT_EQ(check_id(IdKind::uscc, "91350100M000100Y43", kToday), NumberProblem::none);
  EXPECT_EQ(check_uscc("91350100M000100Y44"), NumberProblem::wrong_check);
  EXPECT_EQ(check_uscc("91350100M000100Y4Z"), NumberProblem::wrong_characters);  // Z is not in the alphabet
}

TEST(Uscc, LettersOutsideItsAlphabetAreRefusedAnywhere) {
  for (const char letter : {'I', 'O', 'S', 'V', 'Z', '-'}) {
    std::string number = "91350100M000100Y43";
    number[8] = letter;
    EXPECT_EQ(check_uscc(number), NumberProblem::wrong_characters) << letter;
  }
  EXPECT_EQ(check_uscc(""), NumberProblem::empty);
  EXPECT_EQ(check_uscc("91350100M000100Y4"), NumberProblem::wrong_length);
}

TEST(Uscc, DoubtfulOrganisationCodeInsideIsToldButNotRejected) {
  EXPECT_EQ(check_uscc("91110000600037342P"), NumberProblem::none);
  EXPECT_TRUE(uscc_organisation_code_is_doubtful("91110000600037342P"));
  EXPECT_FALSE(uscc_organisation_code_is_doubtful("91350100M000100Y43"));
  EXPECT_FALSE(uscc_organisation_code_is_doubtful("91110000600037341L"));
  EXPECT_FALSE(uscc_organisation_code_is_doubtful("91350100M000100Y44"));  // invalid: nothing more to say
}

TEST(Telephone, MobilesAreElevenDigitsFrom13To19) {
  for (char c = '3'; c <= '9'; ++c)
    EXPECT_EQ(check_telephone(std::string("1") + c + "800138000"), NumberProblem::none) << c;
  for (char c = '0'; c <= '2'; ++c)
    EXPECT_EQ(check_telephone(std::string("1") + c + "800138000"), NumberProblem::wrong_prefix) << c;
  EXPECT_EQ(check_telephone("1380013800"), NumberProblem::wrong_length);
  EXPECT_EQ(check_telephone("138001380000"), NumberProblem::wrong_length);
}

TEST(Telephone, LandlinesNeedTheirAreaCode) {
  EXPECT_EQ(check_telephone("01065120000"), NumberProblem::none);
  EXPECT_EQ(check_telephone(tidy_number("0631-5200000")), NumberProblem::none);
  EXPECT_EQ(check_telephone("063152000000"), NumberProblem::none);
  EXPECT_EQ(check_telephone("65120000"), NumberProblem::wrong_prefix);
  EXPECT_EQ(check_telephone("00861065120000"), NumberProblem::wrong_prefix);
  EXPECT_EQ(check_telephone("010651"), NumberProblem::wrong_length);
  EXPECT_EQ(check_telephone("0106512000a"), NumberProblem::wrong_characters);
  EXPECT_EQ(check_telephone(""), NumberProblem::empty);
}

TEST(Reading, NumbersAreGroupedAsPeopleReadThem) {
  EXPECT_EQ(group_for_reading("11010519491231002X"), "110105 19491231 002X");
  EXPECT_EQ(group_for_reading("13800138000"), "138 0013 8000");
  EXPECT_EQ(group_for_reading("USA110074041521"), "USA110074041521");
  EXPECT_EQ(group_for_reading("1"), "1");
  EXPECT_EQ(group_for_reading(""), "");
}

TEST(Reading, MaskHidesTheMiddle) {
  EXPECT_EQ(masked("440524188001010014"), "4405**********0014");
  EXPECT_EQ(masked("USA110074041521"), "USA1*******1521");
  EXPECT_EQ(masked("13800138000"), "138****8000");
  EXPECT_EQ(masked("12345678"), "12****78");
  EXPECT_EQ(masked("12345"), "*****");
  EXPECT_EQ(masked(""), "");
}

}  // namespace
}  // namespace bangwu::domain
