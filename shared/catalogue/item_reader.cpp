#include "catalogue/item_reader.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/sha256.h"
#include "catalogue/field_reader.h"
#include "catalogue/table_reader.h"
#include "catalogue/text_checks.h"
#include "domain/definition.h"

namespace bangwu::catalogue {
namespace {

using domain::ApplicantKind;
using domain::Handling;
using domain::Item;

constexpr std::array kApplicants{ApplicantKind::natural_person, ApplicantKind::legal_person,
                                 ApplicantKind::other_organisation};
constexpr std::array<const char*, 2> kHandlings{"instant", "review"};
constexpr int kLongestLimit = 750;  // working days; three years

template <class Enum, std::size_t size>
std::array<const char*, size> names_of(const std::array<Enum, size>& values) {
  std::array<const char*, size> names{};
  std::transform(values.begin(), values.end(), names.begin(), [](Enum value) { return domain::name_of(value); });
  return names;
}

domain::Domain read_domain(TableReader& reader) {
  const auto names = names_of(std::to_array(domain::kDomains));
  const auto found = reader.one_of("domain", names);
  return found ? domain::kDomains[*found] : domain::Domain::other;
}

std::vector<ApplicantKind> read_applicants(TableReader& reader) {
  std::vector<ApplicantKind> applicants;
  const auto names = names_of(kApplicants);
  for (const auto& written : reader.texts("applicants", TableReader::Least::one)) {
    const auto found = std::find(names.begin(), names.end(), written);
    if (found != names.end()) applicants.push_back(kApplicants[static_cast<std::size_t>(found - names.begin())]);
    else if (!written.empty()) {
      reader.problem_at("applicants", "不认识的申请人类型“" + written + "”",
                        "只能是：natural_person、legal_person、other_organisation");
    }
  }
  return applicants;
}

std::optional<int> read_limit(TableReader& limits, const char* key) {
  if (!limits.has(key)) limits.problem_at(key, "缺少 “" + std::string{key} + "”", "请写工作日数，当场办结写 0");
  const auto days = limits.integer(key, 0, kLongestLimit);
  return days ? std::optional{static_cast<int>(*days)} : std::nullopt;
}

// The handling and the limits are checked against each other only where all of them could be read: one slip, one
// problem.
void read_limits_and_handling(TableReader& reader, Item& item) {
  const auto handling = reader.one_of("handling", kHandlings);
  const toml::table* table = reader.table("limits");
  if (table == nullptr) return;
  TableReader limits(*table, "时限", reader.report());
  const auto statutory = read_limit(limits, "statutory");
  const auto promised = read_limit(limits, "promised");
  limits.refuse_unknown_keys();
  if (!handling || !statutory || !promised) return;
  item.handling = static_cast<Handling>(*handling);
  item.statutory_limit.working_days = *statutory;
  item.promised_limit.working_days = *promised;
  if (*promised > *statutory) {
    limits.problem_at("promised", "承诺时限长于法定时限", "请核对两个时限；法律没有规定时限的，两个写成一样");
  }
  if ((item.handling == Handling::instant) != (*promised == 0)) {
    reader.problem_at("handling", "办件类型和承诺时限不一致",
                      "即办件（instant）的 promised 写 0，其他（review）至少写 1");
  }
}

std::optional<domain::Fee> read_fee(TableReader& reader) {
  const toml::table* table = reader.optional_table("fee");
  if (table == nullptr) return std::nullopt;
  TableReader fee(*table, "收费", reader.report());
  domain::Fee read{fee.text("amount"), fee.text("basis")};
  fee.refuse_unknown_keys();
  return read;
}

domain::Contact read_contact(TableReader& reader, const char* key, const char* called) {
  const toml::table* table = reader.table(key);
  if (table == nullptr) return {};
  TableReader contact(*table, called, reader.report());
  domain::Contact read{contact.text("name"), contact.optional_text("place"), contact.text("telephone"),
                       contact.optional_text("hours")};
  contact.refuse_unknown_keys();
  return read;
}

Provenance read_provenance(TableReader& reader, const Document& document, const std::string& code) {
  return {code, document.report.file(), reader.text("source"), reader.flag("sample")};
}

// Keywords without a pinyin are found by their characters only.
std::vector<domain::Keyword> read_keywords(TableReader& reader) {
  const auto texts = reader.texts("keywords", TableReader::Least::none);
  const auto pinyin = reader.has("keyword_pinyin")
                          ? reader.texts("keyword_pinyin", TableReader::Least::none, TableReader::Repeats::allowed)
                          : std::vector<std::string>(texts.size());
  if (!texts.empty() && pinyin.size() != texts.size()) {
    reader.problem_at("keyword_pinyin", "拼音和关键词的个数不一样", "每个关键词写一个拼音，次序相同");
    return {};
  }
  std::vector<domain::Keyword> keywords;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (!pinyin[i].empty() && check_pinyin(texts[i], pinyin[i]) != PinyinProblem::none)
      reader.problem_at("keyword_pinyin", "“" + texts[i] + "”的拼音“" + pinyin[i] + "”不对",
                        "每个汉字一个音节，小写，不带声调，用空格分开，ü 写 v");
    keywords.push_back({texts[i], pinyin[i]});
  }
  return keywords;
}

void read_guide(TableReader& reader, Item& item) {
  item.code = reader.id("code");
  item.name = reader.text("name");
  item.pinyin = reader.pinyin("pinyin", item.name);
  item.summary = reader.text("summary");
  item.domain = read_domain(reader);
  item.keywords = read_keywords(reader);
  item.applicants = read_applicants(reader);
  item.department = reader.text("department");
  item.conditions = reader.texts("conditions", TableReader::Least::one);
  read_limits_and_handling(reader, item);
  item.fee = read_fee(reader);
  item.pickup = reader.texts("pickup", TableReader::Least::one);
  item.window = read_contact(reader, "window", "办理窗口");
  item.consult = read_contact(reader, "consult", "咨询方式");
  item.complaint = read_contact(reader, "complaint", "投诉方式");
}

toml::source_region place_of(const toml::table& table, std::string_view key) {
  const toml::node* node = table.get(key);
  return node != nullptr ? node->source() : table.source();
}

}  // namespace

std::optional<Read<Item>> read_item(Document& document) {
  if (!document.table) return std::nullopt;
  TableReader reader(*document.table, "事项", document.report);
  Read<Item> read;
  read_guide(reader, read.entry);
  read.entry.form = read_form(reader);
  read.entry.materials = read_materials(reader, read.entry.form);
  read.provenance = read_provenance(reader, document, read.entry.code);
  read.code_place = place_of(*document.table, "code");
  reader.refuse_unknown_keys();
  if (!document.report.empty()) return std::nullopt;
  read.entry.definition = base::sha256_hex(domain::definition_text(read.entry));
  return read;
}

std::optional<Read<domain::Bundle>> read_bundle(Document& document) {
  if (!document.table) return std::nullopt;
  TableReader reader(*document.table, "一件事", document.report);
  Read<domain::Bundle> read;
  read.entry.code = reader.id("code");
  read.entry.name = reader.text("name");
  read.entry.pinyin = reader.pinyin("pinyin", read.entry.name);
  read.entry.summary = reader.text("summary");
  read.entry.keywords = read_keywords(reader);
  read.entry.items = reader.texts("items", TableReader::Least::one);
  if (read.entry.items.size() == 1) reader.problem_at("items", "只有一个事项", "“一件事”至少包含两个事项");
  read.provenance = read_provenance(reader, document, read.entry.code);
  read.code_place = place_of(*document.table, "code");
  read.items_place = place_of(*document.table, "items");
  reader.refuse_unknown_keys();
  if (!document.report.empty()) return std::nullopt;
  return read;
}

std::optional<Read<domain::Elsewhere>> read_elsewhere(Document& document) {
  if (!document.table) return std::nullopt;
  TableReader reader(*document.table, "别处办理的事项", document.report);
  Read<domain::Elsewhere> read;
  read.entry.code = reader.id("code");
  read.entry.name = reader.text("name");
  read.entry.pinyin = reader.pinyin("pinyin", read.entry.name);
  read.entry.keywords = read_keywords(reader);
  read.entry.department = reader.text("department");
  read.entry.telephone = reader.text("telephone");
  read.provenance = read_provenance(reader, document, read.entry.code);
  read.code_place = place_of(*document.table, "code");
  reader.refuse_unknown_keys();
  if (!document.report.empty()) return std::nullopt;
  return read;
}

}  // namespace bangwu::catalogue
