#pragma once
#include <chrono>
#include <functional>
#include <set>
#include <string>
#include <string_view>

namespace bangwu::domain {

/// Which number identifies an applicant.
enum class IdKind {
  resident_id,                 ///< 居民身份证, GB 11643
  foreign_permanent_resident,  ///< 外国人永久居留身份证: 18 digits beginning with 9, or the older 3 letters + 12 digits
  hmt_residence_permit,  ///< 港澳台居民居住证: GB 11643 with 810000, 820000 or 830000
  uscc,                  ///< 统一社会信用代码, GB 32100
};

/// What is wrong with a typed number. Screens map each to a sentence.
enum class NumberProblem {
  none,
  empty,
  wrong_length,
  wrong_characters,
  wrong_prefix,     ///< e.g. a residence permit that does not begin with 810000, 820000 or 830000
  impossible_date,  ///< the birth date inside does not exist
  born_in_future,
  out_of_use,   ///< 15 digits, as cards had until 2004; void since 2013 (居民身份证法, amended 2011, article 23)
  wrong_check,  ///< the check character does not fit: a digit is wrong or two are swapped
  persons_number,  ///< an organisation's code that reads as a person's 公民身份号码
};

/// What a person may insist on with the document in hand: some cards upgraded from 15 digits and some printed codes
/// carry a check character that does not fit, and a code may look like a person's number. The window compares.
[[nodiscard]] constexpr bool may_be_printed_so(NumberProblem problem) {
  return problem == NumberProblem::wrong_check || problem == NumberProblem::persons_number;
}

/// Tidied numbers that the applicant or a helper has confirmed to stand so on the document.
using PrintedSo = std::set<std::string, std::less<>>;

/// What people type, as the rules want it: full-width letters and digits become ASCII, spaces and hyphens go, letters
/// become upper case. Other characters stay, so that the check can name them.
[[nodiscard]] std::string tidy_number(std::string_view typed);

/// Checks a tidied number. `today` is the date in the hall.
[[nodiscard]] NumberProblem check_id(IdKind kind, std::string_view number, std::chrono::year_month_day today);
/// The same, where what may be printed so is no problem for a number that was confirmed.
[[nodiscard]] NumberProblem check_id(IdKind kind, std::string_view number, std::chrono::year_month_day today,
                                     const PrintedSo& confirmed);
[[nodiscard]] NumberProblem check_resident_id(std::string_view number, std::chrono::year_month_day today);
[[nodiscard]] NumberProblem check_uscc(std::string_view number);

/// True when the organisation code inside a valid 统一社会信用代码 (positions 9–17, GB 11714) has a wrong check
/// character: worth a warning, never a rejection.
[[nodiscard]] bool uscc_organisation_code_is_doubtful(std::string_view number);

/// Mobile (11 digits, 1[3-9]) or landline with area code (0 and 10 or 11 digits in all); tidied first by the caller.
[[nodiscard]] NumberProblem check_telephone(std::string_view number);

/// Longest number of the kind, for the number pad.
[[nodiscard]] std::size_t longest(IdKind kind);

/// Grouped for reading: an 18-character number as 6-8-4, a mobile as 3-4-4; others unchanged.
[[nodiscard]] std::string group_for_reading(std::string_view number);

/// First four and last four stay, the middle becomes *: 4405**********0014; short numbers keep two and two.
[[nodiscard]] std::string masked(std::string_view number);

[[nodiscard]] const char* name_of(IdKind kind);  ///< "resident_id"

}  // namespace bangwu::domain
