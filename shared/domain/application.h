#pragma once
#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/catalogue.h"
#include "domain/numbers.h"

namespace bangwu::domain {

/// A person, as an applicant or as an organisation's agent (经办人).
struct Person {
  IdKind id_kind = IdKind::resident_id;
  std::string id_number;  ///< tidied and checked
  std::string name;
  bool operator==(const Person&) const = default;
};

/// Who applies (Article 2). For an organisation `identity` holds its 统一社会信用代码 and name, and `agent` is the
/// person at the machine; for a natural person there is no agent.
struct Applicant {
  ApplicantKind kind = ApplicantKind::natural_person;
  Person identity;
  std::optional<Person> agent;
  bool operator==(const Applicant&) const = default;
};

/// One row of a repeated group: column id → value.
using Row = std::map<std::string, std::string>;

/// What was answered: field id → value, and for `rows` fields field id → rows. Values are normalised by
/// check_answer(); what was left out is absent.
struct Answers {
  std::map<std::string, std::string> values;
  std::map<std::string, std::vector<Row>> rows;
  bool operator==(const Answers&) const = default;
};

/// One page handed in: the sealed blob's SHA-256 (64 lower-case hex digits), the type of what is inside it
/// ("image/jpeg" or "image/png"), and clockwise quarter turns to show it upright.
struct Page {
  std::string sha256;
  std::string media_type;
  int quarter_turns = 0;
  bool operator==(const Page&) const = default;
};

struct HandedIn {
  std::string material;  ///< Material::id
  std::vector<Page> pages;
  bool operator==(const HandedIn&) const = default;
};

/// A signature as drawn: strokes kept, not only a picture. x and y run 0…1 over the pad, t is milliseconds since the
/// first touch.
struct InkPoint {
  float x = 0, y = 0;
  std::int32_t t = 0;
  bool operator==(const InkPoint&) const = default;
};
using Stroke = std::vector<InkPoint>;
struct Signature {
  std::vector<Stroke> strokes;
  float aspect = 3;  ///< width / height of the pad
  bool operator==(const Signature&) const = default;
};

/// The body of an envelope of kind submission.
struct Application {
  std::string procedure;  ///< the item's or the bundle's code
  Applicant applicant;
  Answers answers;
  std::vector<HandedIn> materials;
  std::string declaration;  ///< the text that was accepted, word for word. Article 4(4)
  Signature signature;
  std::string pickup;    ///< one of Procedure::pickup
  std::string language;  ///< a name of base::kLanguages: how to address the applicant later
  PrintedSo printed_so;  ///< numbers above that a window compares with the document
  /// Procedure::definition of the form that asked; empty from machines that did not say it yet.
  std::string definition;
  bool operator==(const Application&) const = default;
};

enum class AnswerProblem {
  none,
  missing,    ///< required and empty
  too_short,  ///< fewer characters or rows than asked for
  too_long,
  not_a_number,
  too_small,
  too_large,
  not_a_date,
  in_future,
  not_a_choice,
  bad_telephone,
  bad_id,  ///< resident_id: see check_resident_id for which
  has_control_characters,
};

/// The value as it will be kept, or why it cannot be. Full-width digits are accepted, dates may be typed 20261123 or
/// 2026-11-23. An empty optional answer is `none` with an empty value. A number in `confirmed` passes although its
/// check does not fit.
struct CheckedAnswer {
  AnswerProblem problem = AnswerProblem::none;
  std::string value;
  bool operator==(const CheckedAnswer&) const = default;
};
[[nodiscard]] CheckedAnswer check_answer(const Field& field, std::string_view typed, std::chrono::year_month_day today,
                                         const PrintedSo& confirmed = {});

/// Fields that apply to these answers: those without a condition, or whose condition holds.
[[nodiscard]] bool is_shown(const Field& field, const Answers& answers);
/// Whether the material must be handed in: required, or conditional with a condition that the form says is met.
[[nodiscard]] bool is_needed(const Material& material, const Answers& answers);

/// A name of a person or an organisation: 1…60 characters without the spaces around it, no control characters, at least
/// one that is neither a digit nor a mark. The dots people type in names of 少数民族 and foreigners (• ． ・ ‧ ∙)
/// become the one that documents print: · (U+00B7, GB/T 15834-2011, 4.14 间隔号).
[[nodiscard]] CheckedAnswer check_name(std::string_view typed);

/// Number of characters (Unicode code points) of a UTF-8 text.
[[nodiscard]] std::size_t length_of(std::string_view utf8);

}  // namespace bangwu::domain
