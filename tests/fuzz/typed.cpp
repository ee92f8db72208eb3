// What people and barcode scanners type, and what is shown of it: numbers, dates, names, search words.
#include <chrono>

#include "base/date.h"
#include "base/ids.h"
#include "base/printable.h"
#include "domain/application.h"
#include "domain/case_number.h"
#include "domain/characters.h"
#include "domain/numbers.h"
#include "fuzz/target.h"

using namespace bangwu;

namespace {

constexpr auto kToday = std::chrono::year{2026} / 11 / 23;

void number(std::string_view text) {
  using domain::IdKind;
  const std::string tidy = domain::tidy_number(text);
  const bool is_utf8 = domain::is_utf8(text);  // of other bytes new characters may come together
  fuzz::expect(!is_utf8 || domain::tidy_number(tidy) == tidy, "a tidied number is tidy");
  for (const IdKind kind :
       {IdKind::resident_id, IdKind::foreign_permanent_resident, IdKind::hmt_residence_permit, IdKind::uscc}) {
    const auto problem = domain::check_id(kind, tidy, kToday);
    fuzz::expect(problem != domain::NumberProblem::none || tidy.size() <= domain::longest(kind), "a number ends");
  }
  (void)domain::uscc_organisation_code_is_doubtful(tidy);
  (void)domain::check_telephone(tidy);
  (void)domain::group_for_reading(tidy);
  (void)domain::masked(tidy);
  const std::string asked = domain::case_number_from(text);
  fuzz::expect(!is_utf8 || domain::case_number_from(asked) == asked, "a number as it is kept stays");
  if (const auto code = domain::read_receipt_code(text))
    fuzz::expect(domain::may_be_case_number(code->number), "a receipt's code names a number");
}

void words(std::string_view text) {
  const std::string shown = base::printable(text);
  fuzz::expect(shown.find_first_of("\x1b\r\b\x7f") == std::string::npos, "nothing printed moves a cursor");
  fuzz::expect(base::printable(shown) == shown, "what may be printed is printed as it is");
  const auto name = domain::check_name(text);
  fuzz::expect(name.problem != domain::AnswerProblem::none || domain::check_name(name.value) == name, "a name stays");
  (void)domain::length_of(text);
}

void date(std::string_view text) {
  const auto date = base::parse_date(text);
  fuzz::expect(!date || base::date_text(*date) == text, "a date has one form");
  const auto time = base::parse_time(text);
  fuzz::expect(!time || base::to_rfc3339(*time) == text, "a time has one form");
  const auto id = base::parse_uuid(text);
  fuzz::expect(!id || base::parse_uuid(base::to_string(*id)) == id, "an id is written as it was read");
}

void answer(domain::FieldKind kind, std::string_view text) {
  domain::Field field;
  field.kind = kind;
  field.minimum = 1;
  field.maximum = 1000;
  const auto checked = domain::check_answer(field, text, kToday);
  fuzz::expect(
      checked.problem != domain::AnswerProblem::none || domain::check_answer(field, checked.value, kToday) == checked,
      "an answer as it is kept passes again");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const std::size_t choice = fuzz::take_choice(input, 12);
  const std::string_view text = fuzz::text_of(input);
  switch (choice) {
    case 0: number(text); break;
    case 1: words(text); break;
    case 2: date(text); break;
    default: answer(static_cast<domain::FieldKind>(choice - 3), text); break;
  }
  return 0;
}
