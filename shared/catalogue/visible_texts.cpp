#include "catalogue/visible_texts.h"

#include <algorithm>
#include <map>
#include <utility>

#include "catalogue/text_checks.h"

namespace bangwu::catalogue {
namespace {

class Collector {
 public:
  void add(const std::string& text, std::string use) {
    if (count_hanzi(text) == 0) return;
    const auto [known, is_new] = position_.emplace(text, texts_.size());
    if (is_new) texts_.push_back({text, {}});
    auto& uses = texts_[known->second].uses;
    if (std::find(uses.begin(), uses.end(), use) == uses.end()) uses.push_back(std::move(use));
  }
  void add(const std::vector<std::string>& texts, const std::string& use) {
    for (const auto& text : texts) add(text, use);
  }
  [[nodiscard]] std::vector<VisibleText> take() { return std::move(texts_); }

 private:
  std::vector<VisibleText> texts_;
  std::map<std::string, std::size_t, std::less<>> position_;
};

void add_contact(Collector& collector, const domain::Contact& contact, const std::string& use) {
  collector.add({contact.name, contact.place, contact.telephone, contact.hours}, use);
}

void add_field(Collector& collector, const domain::Field& field, const std::string& code) {
  collector.add(field.label, code + " " + field.id);
  collector.add(field.hint, code + " " + field.id + " hint");
  for (const auto& choice : field.choices) collector.add(choice.label, code + " " + field.id + "=" + choice.value);
  for (const auto& column : field.columns) add_field(collector, column, code);
}

void add_item(Collector& collector, const domain::Item& item) {
  collector.add(item.name, item.code + " name");
  collector.add(item.summary, item.code + " summary");
  collector.add(item.department, item.code + " department");
  collector.add(item.conditions, item.code + " conditions");
  if (item.fee) collector.add({item.fee->amount, item.fee->basis}, item.code + " fee");
  collector.add(item.pickup, item.code + " pickup");
  add_contact(collector, item.window, item.code + " window");
  add_contact(collector, item.consult, item.code + " consult");
  add_contact(collector, item.complaint, item.code + " complaint");
  for (const auto& field : item.form) add_field(collector, field, item.code);
  for (const auto& material : item.materials) {
    collector.add({material.name, material.condition, material.specification}, item.code + " " + material.id);
  }
}

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

}  // namespace

std::vector<VisibleText> visible_texts(const domain::Catalogue& catalogue) {
  Collector collector;
  for (const auto domain : domain::kDomains) {
    collector.add(domain::chinese_name_of(domain), std::string{"domain "} + domain::name_of(domain));
  }
  for (const auto& item : catalogue.items) add_item(collector, item);
  for (const auto& bundle : catalogue.bundles) {
    collector.add(bundle.name, bundle.code + " name");
    collector.add(bundle.summary, bundle.code + " summary");
  }
  for (const auto& thing : catalogue.elsewhere) {
    collector.add(thing.name, thing.code + " name");
    collector.add(thing.department, thing.code + " department");
    collector.add(thing.telephone, thing.code + " telephone");
  }
  return collector.take();
}

std::string to_pot(const std::vector<VisibleText>& texts) {
  std::string pot =
      "msgid \"\"\nmsgstr \"\"\n\"MIME-Version: 1.0\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
      "\"Content-Transfer-Encoding: 8bit\\n\"\n";
  for (const auto& text : texts) {
    pot += "\n";
    for (const auto& use : text.uses) pot += "#. " + use + "\n";
    pot += "msgid \"" + escaped(text.text) + "\"\nmsgstr \"\"\n";
  }
  return pot;
}

}  // namespace bangwu::catalogue
