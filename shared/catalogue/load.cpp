#include "catalogue/load.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "catalogue/bundle_checks.h"
#include "catalogue/documents.h"
#include "catalogue/item_reader.h"

namespace bangwu::catalogue {
namespace fs = std::filesystem;

namespace {

using CodeOwners = std::map<std::string, fs::path, std::less<>>;

void take_problems(const Report& report, std::vector<Problem>& problems) {
  problems.insert(problems.end(), report.problems().begin(), report.problems().end());
}

// The first file that uses a code keeps it: an application on its way must not change its meaning.
bool claim_code(CodeOwners& owners, const Provenance& provenance, const toml::source_region& place, Report& report) {
  const auto [owner, is_new] = owners.emplace(provenance.code, provenance.file);
  if (is_new) return true;
  report.add(place, "编码“" + provenance.code + "”已用于 " + owner->second.filename().string(),
             "请换一个没有用过的编码");
  return false;
}

void load_items(const fs::path& folder, CodeOwners& owners, LoadedCatalogue& loaded) {
  for (auto& document : read_documents(folder, loaded.problems)) {
    auto read = read_item(document);
    if (read && claim_code(owners, read->provenance, read->code_place, document.report)) {
      loaded.catalogue.items.push_back(std::move(read->entry));
      loaded.provenance.push_back(std::move(read->provenance));
    }
    take_problems(document.report, loaded.problems);
  }
}

void check_bundle(const domain::Catalogue& catalogue, const Read<domain::Bundle>& read, Report& report) {
  std::vector<const domain::Item*> items;
  for (const auto& code : read.entry.items) {
    const domain::Item* item = catalogue.find_item(code);
    if (item != nullptr) items.push_back(item);
    else report.add(read.items_place, "没有事项“" + code + "”，或它的文件有错", "请检查编码，并先改正那个事项的文件");
  }
  if (!report.empty()) return;
  for (auto& conflict : conflicts_among(items)) {
    report.add(read.items_place, std::move(conflict.what), std::move(conflict.what_to_do));
  }
}

void load_bundles(const fs::path& folder, CodeOwners& owners, LoadedCatalogue& loaded) {
  for (auto& document : read_documents(folder, loaded.problems)) {
    auto read = read_bundle(document);
    if (read) check_bundle(loaded.catalogue, *read, document.report);
    if (read && document.report.empty() && claim_code(owners, read->provenance, read->code_place, document.report)) {
      loaded.catalogue.bundles.push_back(std::move(read->entry));
      loaded.provenance.push_back(std::move(read->provenance));
    }
    take_problems(document.report, loaded.problems);
  }
}

// Halls that name nothing of the kind have no such folder.
void load_elsewhere(const fs::path& folder, CodeOwners& owners, LoadedCatalogue& loaded) {
  std::error_code error;
  if (!fs::exists(folder, error)) return;
  for (auto& document : read_documents(folder, loaded.problems)) {
    auto read = read_elsewhere(document);
    if (read && claim_code(owners, read->provenance, read->code_place, document.report)) {
      loaded.catalogue.elsewhere.push_back(std::move(read->entry));
      loaded.provenance.push_back(std::move(read->provenance));
    }
    take_problems(document.report, loaded.problems);
  }
}

}  // namespace

std::string to_string(const Problem& problem) {
  std::string text = problem.file.string();
  if (problem.line > 0) text += ":" + std::to_string(problem.line) + ":" + std::to_string(problem.column);
  return text + ": " + problem.what + "。" + problem.what_to_do + "。";
}

LoadedCatalogue load_catalogue(const fs::path& directory) {
  LoadedCatalogue loaded;
  CodeOwners owners;  // one space for all: procedure_for takes either, and a search names any of them
  load_items(directory / "items", owners, loaded);
  load_bundles(directory / "bundles", owners, loaded);
  load_elsewhere(directory / "elsewhere", owners, loaded);
  return loaded;
}

LoadedCalendar load_calendars(const fs::path& directory) {
  LoadedCalendar loaded;
  for (auto& document : read_documents(directory, loaded.problems)) {
    auto year = read_calendar(document);  // the file is named after its year, so no year comes twice
    if (year) loaded.calendar.years.push_back(std::move(*year));
    take_problems(document.report, loaded.problems);
  }
  std::sort(loaded.calendar.years.begin(), loaded.calendar.years.end(),
            [](const auto& a, const auto& b) { return a.year < b.year; });
  return loaded;
}

}  // namespace bangwu::catalogue
