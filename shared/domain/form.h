#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bangwu::domain {

/// What a form's field asks for; it decides the way of typing and the check.
enum class FieldKind {
  text,         ///< free words
  number,       ///< digits, with minimum and maximum
  money,        ///< yuan with at most two decimals, no sign
  date,         ///< an existing calendar date, typed as YYYYMMDD and kept as YYYY-MM-DD
  choice,       ///< one of `choices`, kept as its value
  yes_no,       ///< kept as "yes" or "no"
  telephone,    ///< mobile or landline with area code
  address,      ///< free words, longer
  resident_id,  ///< GB 11643 number of a person other than the applicant
  rows,         ///< a repeated group: `columns` asked for each row
};

struct Choice {
  std::string value;  ///< kept and sent; ASCII
  std::string label;  ///< shown; Chinese, a key of the translation catalogue
  bool operator==(const Choice&) const = default;
};

/// Shown only when another field of the same form holds one of the values.
struct Condition {
  std::string field;
  std::vector<std::string> values;
  bool operator==(const Condition&) const = default;
};

struct Field {
  std::string id;     ///< ASCII, unique in its item; the same id in two items of a bundle is asked once
  std::string label;  ///< the question's name, e.g. 经营场所
  std::string hint;   ///< one sentence of help; may be empty
  FieldKind kind = FieldKind::text;
  bool required = true;
  std::optional<std::int64_t> minimum;  ///< number, money (in fen), rows (how many); text and address: characters
  std::optional<std::int64_t> maximum;
  bool may_lie_in_future = true;  ///< date
  std::vector<Choice> choices;
  std::vector<Field> columns;  ///< rows: none of them is itself `rows`
  std::optional<Condition> shown_if;
  bool operator==(const Field&) const = default;
};

/// required 必要 · conditional 符合条件时提交 · optional 可选
enum class MaterialNeed { required, conditional, optional };

struct Material {
  std::string id;    ///< ASCII, unique in its item; the same id in two items of a bundle is handed in once
  std::string name;  ///< e.g. 申请人身份证
  MaterialNeed need = MaterialNeed::required;
  std::string condition;               ///< in words, for conditional ones
  std::optional<Condition> needed_if;  ///< for conditional ones the form can decide; without it the applicant decides
  int copies = 1;                      ///< paper copies to bring
  int sides = 1;                       ///< 2: front and back are both asked for
  std::string specification;           ///< e.g. 原件扫描件，四角完整、字迹清楚
  bool has_sample = false;
  bool operator==(const Material&) const = default;
};

[[nodiscard]] const char* name_of(FieldKind kind);

}  // namespace bangwu::domain
