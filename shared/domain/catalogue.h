#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/form.h"

namespace bangwu::domain {

/// The six service domains of Article 3.
enum class Domain { project_construction, market_access, public_service, upward_filing, town_agent, other };
inline constexpr Domain kDomains[] = {Domain::project_construction, Domain::market_access, Domain::public_service,
                                      Domain::upward_filing,        Domain::town_agent,    Domain::other};

/// Who applies. Article 2.
enum class ApplicantKind { natural_person, legal_person, other_organisation };

/// How central answers at once: 即办 items are accepted when complete, the others go to a window for review.
enum class Handling { instant, review };

struct TimeLimit {
  int working_days = 0;  ///< 0: on the spot
  bool operator==(const TimeLimit&) const = default;
};

struct Contact {
  std::string name, place, telephone, hours;
  bool operator==(const Contact&) const = default;
};

/// A fee is shown only where a law sets it, with its basis; empty: 免费. Article 4(2).
struct Fee {
  std::string amount, basis;
  bool operator==(const Fee&) const = default;
};

/// A word people use for a thing besides its name: searched, never shown.
struct Keyword {
  std::string text;
  std::string pinyin;  ///< as of a name: one syllable a Hanzi; empty where there is no Hanzi
  bool operator==(const Keyword&) const = default;
};

/// One government-service item (事项) with its 办事指南.
struct Item {
  std::string code;  ///< opaque, never parsed
  std::string name;
  std::string pinyin;   ///< the name's syllables, one a Hanzi, separated by spaces: "shi pin jing ying xu ke"
  std::string summary;  ///< one plain sentence
  Domain domain = Domain::other;
  std::vector<Keyword> keywords;
  std::vector<ApplicantKind> applicants;
  std::string department;
  std::vector<std::string> conditions;
  TimeLimit statutory_limit, promised_limit;
  std::optional<Fee> fee;
  Handling handling = Handling::review;
  std::vector<std::string> pickup;  ///< ways to collect the result, e.g. 窗口领取, 邮寄
  Contact window, consult, complaint;
  std::vector<Field> form;
  std::vector<Material> materials;
  std::string definition;  ///< SHA-256 of definition_text(), from the loader
  bool operator==(const Item&) const = default;
};

/// A “一件事” package: its items are applied for in one visit. Article 4(1).
struct Bundle {
  std::string code, name, pinyin, summary;
  std::vector<std::string> items;
  std::vector<Keyword> keywords{};
  bool operator==(const Bundle&) const = default;
};

/// What people look for here and is done elsewhere: said with who does it. Article 8(4).
struct Elsewhere {
  std::string code, name, pinyin;
  std::vector<Keyword> keywords;
  std::string department;  ///< who does it
  std::string telephone;
  bool operator==(const Elsewhere&) const = default;
};

/// What can be applied for. Built by room catalogue from files, then never changed.
struct Catalogue {
  std::vector<Item> items;
  std::vector<Bundle> bundles{};
  std::vector<Elsewhere> elsewhere{};
  [[nodiscard]] const Item* find_item(std::string_view code) const;
  [[nodiscard]] const Bundle* find_bundle(std::string_view code) const;
  [[nodiscard]] const Elsewhere* find_elsewhere(std::string_view code) const;
  bool operator==(const Catalogue&) const = default;
};

/// What one visit applies for: an item, or a bundle's items as one. Fields and materials with the same id are merged
/// (asked once, required if any item requires it); limits are the longest; it is instant only if all its items are.
struct Procedure {
  std::string code;  ///< the item's or the bundle's
  std::string name;
  bool is_bundle = false;
  std::vector<std::string> item_codes;
  std::vector<ApplicantKind> applicants;  ///< those every item allows
  std::vector<Field> form;
  std::vector<Material> materials;
  TimeLimit promised_limit, statutory_limit;
  Handling handling = Handling::review;
  std::vector<std::string> pickup;
  Contact window, consult, complaint;
  std::string definition;  ///< the items' definitions in their order, with a comma between
  bool operator==(const Procedure&) const = default;
};

/// The procedure for an item's or a bundle's code; nothing if the catalogue has no such code.
[[nodiscard]] std::optional<Procedure> procedure_for(const Catalogue& catalogue, std::string_view code);

[[nodiscard]] const char* name_of(Domain domain);          ///< "project_construction"
[[nodiscard]] const char* name_of(ApplicantKind kind);     ///< "natural_person"
[[nodiscard]] const char* chinese_name_of(Domain domain);  ///< 项目建设领域 …, a key of the translation catalogue

}  // namespace bangwu::domain
