#pragma once
#include <string>
#include <vector>

#include "support/hall/hall_under_test.h"

namespace bangwu::support {

/// A person at the machine: sees what the inspection socket lists, does what fingers do. Throws std::runtime_error
/// with what was on the screen when something is not where a person would look for it.
class Visitor {
 public:
  explicit Visitor(HallUnderTest& hall) : hall_(hall) {}

  /// Touches the thing of that id and waits until the machine has settled. Turns the page down when it is below.
  void touch(const std::string& id);
  /// As a person does who does not wait until the machine is done: as soon as it is there.
  void touch_at_once(const std::string& id);
  void touch_label(const std::string& label);
  /// Waits for the screen (the machine may be scanning or sending).
  SeenScreen expect(const std::string& screen);
  [[nodiscard]] SeenScreen look() { return hall_.inspector().look(); }

  void type_digits(const std::string& digits);
  /// Pinyin letters on the screen's keyboard, then the candidate that is the word.
  void type_pinyin(const std::string& letters, const std::string& word);
  void sign();
  /// What sign() draws in one stroke, in 0…1 of the pad.
  [[nodiscard]] static std::vector<std::pair<double, double>> signature();

  /// From the start screen to the first question of the form, as a natural person.
  void begin(const std::string& search_letters, const std::string& code, const std::string& id_number);
  /// From the materials page or from the material's pages to its pages with what was scanned; `source` is "flatbed" or
  /// "feeder".
  void scan(const std::string& material, const std::string& source);
  /// The same, to where the scanner works: for those who do not wait for its end.
  void begin_scan(const std::string& material, const std::string& source);
  /// The same as scan() with a file of the stick.
  void import_file(const std::string& material, const std::string& file_name);
  /// From the materials page to the signature, and submits.
  void finish(const std::string& pickup_label);

 private:
  void look_for_pages(const std::string& material);
  HallUnderTest& hall_;
};

}  // namespace bangwu::support
