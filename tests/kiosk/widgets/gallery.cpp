// gallery ICONS LOCALE OUT [NAME]: draws the sample pages to OUT/<page>-<language>-<portrait|landscape>.png.
#include <cstdio>
#include <filesystem>
#include <string>

#include "gallery_pages.h"
#include "widgets/stage.h"
#include "widgets/words.h"

namespace {

using namespace bangwu;

bool draw_page(const std::filesystem::path& icons, const tests::GalleryPage& page, widgets::Panel panel,
               const std::filesystem::path& out) {
  auto stage = widgets::Stage::create({.panel = panel, .icons = icons});
  if (!stage) {
    std::fprintf(stderr, "%s\n", stage.error().detail.c_str());
    return false;
  }
  std::vector<std::uint32_t> memory(static_cast<std::size_t>(panel.width * panel.height));
  const widgets::Pixels pixels{memory.data(), panel.width, panel.height, panel.width};
  const auto draw = [&](widgets::Ui& ui) {
    page.draw(ui);
    return widgets::Drawn::current;
  };
  (*stage)->frame(base::SteadyTime{}, draw, pixels);
  (*stage)->frame(base::SteadyTime{}, draw, pixels);
  const auto saved = widgets::save_png(pixels, out);
  return saved.has_value();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr, "usage: gallery ICONS LOCALE OUT [NAME]\n");
    return 2;
  }
  if (const auto loaded = widgets::load_words(argv[2]); !loaded) {
    std::fprintf(stderr, "%s\n", loaded.error().detail.c_str());
  }
  bool good = true;
  for (const tests::GalleryPage& page : tests::gallery_pages()) {
    if (argc > 4 && page.name != argv[4]) {
      continue;
    }
    for (const auto& facts : base::kLanguages) {
      widgets::set_language(facts.language);
      for (const bool landscape : {false, true}) {
        const std::string name = page.name + "-" + facts.name + (landscape ? "-landscape.png" : "-portrait.png");
        const widgets::Panel panel = landscape ? widgets::Panel{1920, 1080, 24} : widgets::Panel{};
        good = draw_page(argv[1], page, panel, std::filesystem::path(argv[3]) / name) && good;
      }
    }
  }
  return good ? 0 : 1;
}
