#include "domain/definition.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace bangwu::domain {
namespace {

/// Each part with its length before it: no two lists of parts give one text.
class Text {
 public:
  void add(std::string_view part) { text_ += std::to_string(part.size()) + ":" + std::string(part); }
  void add(const char* part) { add(std::string_view(part)); }
  void add(std::int64_t number) { add(std::to_string(number)); }
  void add(const std::optional<std::int64_t>& number) { add(number ? std::to_string(*number) : std::string("-")); }
  void add(const std::optional<Condition>& condition) {
    add(static_cast<std::int64_t>(condition ? condition->values.size() + 1 : 0));
    if (!condition) return;
    add(condition->field);
    for (const auto& value : condition->values) add(value);
  }
  void add(const Field& field) {
    add(field.id);
    add(name_of(field.kind));
    add(std::int64_t{field.required});
    add(field.minimum);
    add(field.maximum);
    add(std::int64_t{field.may_lie_in_future});
    add(static_cast<std::int64_t>(field.choices.size()));
    for (const auto& choice : field.choices) add(choice.value);
    add(static_cast<std::int64_t>(field.columns.size()));
    for (const auto& column : field.columns) add(column);
    add(field.shown_if);
  }
  void add(const Material& material) {
    add(material.id);
    add(static_cast<std::int64_t>(material.need));
    add(material.needed_if);
    add(std::int64_t{material.sides});
  }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace

std::string definition_text(const Item& item) {
  Text text;
  text.add("bangwu-definition-v1");
  text.add(item.code);
  text.add(static_cast<std::int64_t>(item.applicants.size()));
  for (const ApplicantKind kind : item.applicants) text.add(name_of(kind));
  text.add(static_cast<std::int64_t>(item.form.size()));
  for (const auto& field : item.form) text.add(field);
  text.add(static_cast<std::int64_t>(item.materials.size()));
  for (const auto& material : item.materials) text.add(material);
  return text.take();
}

}  // namespace bangwu::domain
