#include "support/hall/visitor.h"

#include <cmath>
#include <stdexcept>
#include <thread>

namespace bangwu::support {
namespace {

[[noreturn]] void missing(const std::string& what, const SeenScreen& screen) {
  throw std::runtime_error("looked for " + what + " on " + screen.listing());
}

bool can_be_touched(const SeenItem& item) { return item.enabled && item.touchable && !item.covered && item.h > 4; }

const SeenItem* page_down_on(const SeenScreen& screen) {
  for (const auto& item : screen.items) {
    if ((item.id.ends_with(":down") || item.id == "list:next") && can_be_touched(item)) return &item;
  }
  return nullptr;
}

}  // namespace

void Visitor::touch(const std::string& id) {
  hall_.inspector().settle();
  auto screen = look();
  const auto* item = screen.find(id);
  // Below the fold: page down like a person would.
  for (int i = 0; i < 12 && (item == nullptr || !can_be_touched(*item)); ++i) {
    const auto* down = page_down_on(screen);
    if (down == nullptr) break;
    hall_.finger().tap(down->x + down->w / 2, down->y + down->h / 2);
    hall_.inspector().settle();
    screen = look();
    item = screen.find(id);
  }
  if (item == nullptr || !can_be_touched(*item)) missing(id, screen);
  hall_.finger().tap(item->x + item->w / 2, item->y + item->h / 2);
}

void Visitor::touch_at_once(const std::string& id) {
  SeenScreen screen;
  const SeenItem* item = nullptr;
  const bool there = eventually([&] {
    screen = look();
    item = screen.find(id);
    return item != nullptr;
  });
  if (!there) missing(id, screen);
  // Nobody hits sooner what has only just appeared, and the machine takes no such touch.
  std::this_thread::sleep_for(std::chrono::milliseconds{350});
  hall_.finger().tap(item->x + item->w / 2, item->y + item->h / 2);
}

void Visitor::touch_label(const std::string& label) {
  hall_.inspector().settle();
  const auto screen = look();
  for (const auto& item : screen.items) {
    if (item.label.find(label) == std::string::npos || !can_be_touched(item)) continue;
    return hall_.finger().tap(item.x + item.w / 2, item.y + item.h / 2);
  }
  missing("“" + label + "”", screen);
}

SeenScreen Visitor::expect(const std::string& name) {
  SeenScreen screen;
  const bool there = eventually([&] {
    screen = look();
    return screen.name == name;
  });
  if (!there) missing("screen " + name, screen);
  return screen;
}

void Visitor::type_digits(const std::string& digits) {
  for (const char digit : digits) touch(std::string("key:") + digit);
}

void Visitor::type_pinyin(const std::string& letters, const std::string& word) {
  for (const char letter : letters) touch(std::string("key:") + letter);
  hall_.inspector().settle();
  const auto screen = look();
  for (const auto& item : screen.items) {
    if (item.id.rfind("candidate:", 0) == 0 && item.label == word) return touch(item.id);
  }
  missing("candidate " + word, screen);
}

void Visitor::sign() {
  hall_.inspector().settle();
  const auto screen = look();
  const auto* pad = screen.find("pad");
  if (pad == nullptr) missing("pad", screen);
  auto points = signature();
  for (auto& [x, y] : points) {
    x = pad->x + pad->w * x;
    y = pad->y + pad->h * y;
  }
  hall_.finger().draw(points);
}

std::vector<std::pair<double, double>> Visitor::signature() {
  std::vector<std::pair<double, double>> points;
  for (int i = 0; i <= 30; ++i) {
    const double t = i / 30.0;
    points.emplace_back(0.2 + 0.6 * t, 0.5 + 0.3 * std::sin(t * 9));
  }
  return points;
}

void Visitor::begin(const std::string& search_letters, const std::string& code, const std::string& id_number) {
  expect("start");
  touch("entry:search");
  expect("search");
  for (const char letter : search_letters) touch(std::string("key:") + letter);
  touch("code:" + code);
  expect("guide");
  touch("next");
  expect("privacy");
  touch("next");
  hall_.inspector().settle();
  if (look().name == "applicant_kind") {
    touch("kind:natural_person");
    touch("next");
  }
  expect("id_number");
  type_digits(id_number);
  touch("next");
  expect("name");
}

void Visitor::look_for_pages(const std::string& material) {
  hall_.inspector().settle();
  touch(look().name == "pages" ? "add" : "material:" + material);
  expect("source");
}

void Visitor::scan(const std::string& material, const std::string& source) {
  look_for_pages(material);
  touch("source:" + source);
  expect("pages");
}

void Visitor::begin_scan(const std::string& material, const std::string& source) {
  look_for_pages(material);
  touch("source:" + source);
  expect("capturing");
}

void Visitor::import_file(const std::string& material, const std::string& file_name) {
  look_for_pages(material);
  touch("source:files");
  expect("files");
  hall_.inspector().settle();
  touch_label(file_name);
  expect("pages");
}

void Visitor::finish(const std::string& pickup_label) {
  expect("materials");
  touch("next");
  hall_.inspector().settle();
  if (look().name == "pickup") {
    touch_label(pickup_label);
    touch("next");
  }
  expect("check");
  touch("next");
  expect("declaration");
  touch("declare");
  touch("next");
  expect("sign");
  sign();
  touch("next");
}

}  // namespace bangwu::support
