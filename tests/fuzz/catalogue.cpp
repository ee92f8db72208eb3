// Items with their forms, bundles and calendars, as the hall writes them.
#include <filesystem>

#include "catalogue/load.h"
#include "domain/definition.h"
#include "domain/search.h"
#include "domain/working_days.h"
#include "fuzz/target.h"

using namespace bangwu;

namespace {

/// Folders as a hall has them, with one item that bundles may name.
const std::filesystem::path& hall() {
  static const std::filesystem::path path = [] {
    for (const char* folder : {"items", "bundles", "calendar"})
      std::filesystem::create_directory(fuzz::scratch() / folder);
    std::filesystem::copy_file(BANGWU_ITEM, fuzz::scratch() / "items/sound.toml");
    return fuzz::scratch();
  }();
  return path;
}

void use(const domain::Catalogue& catalogue) {
  const domain::SearchIndex index(catalogue, [](std::string_view text) { return std::string(text); });
  for (const auto& item : catalogue.items) {
    fuzz::expect(domain::procedure_for(catalogue, item.code).has_value(), "each item can be applied for");
    (void)index.find(item.name);
  }
  for (const auto& bundle : catalogue.bundles)
    fuzz::expect(domain::procedure_for(catalogue, bundle.code).has_value(), "each bundle can be applied for");
}

void read_entry(const std::string& name, fuzz::Input input) {
  const auto file = fuzz::file_with(name, input);
  const auto loaded = catalogue::load_catalogue(hall());
  fuzz::expect(loaded.catalogue.find_item("WJ-GG-0004") != nullptr || !loaded.problems.empty(),
               "a broken file breaks no other");
  use(loaded.catalogue);
  std::filesystem::remove(file);
}

void read_year(fuzz::Input input) {
  using std::chrono::year;
  (void)fuzz::file_with("calendar/2026.toml", input);
  const auto loaded = catalogue::load_calendars(hall() / "calendar");
  (void)domain::due_date(loaded.calendar, year{2026} / 12 / 31, 20);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  (void)hall();
  switch (fuzz::take_choice(input, 3)) {
    case 0: read_entry("items/read.toml", input); break;
    case 1: read_entry("bundles/read.toml", input); break;
    default: read_year(input); break;
  }
  return 0;
}
