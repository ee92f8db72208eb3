#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace bangwu::support {

struct SeenItem {
  std::string id, role, label, value;
  double x = 0, y = 0, w = 0, h = 0;  ///< the visible part
  bool enabled = false, selected = false, touchable = false, covered = false;
};

struct SeenScreen {
  std::string name;
  std::vector<SeenItem> items;
  [[nodiscard]] const SeenItem* find(const std::string& id) const;
  [[nodiscard]] const SeenItem* labelled(const std::string& label) const;  ///< first whose label contains it
  [[nodiscard]] bool says(const std::string& words) const;
  [[nodiscard]] std::string listing() const;  ///< for failure messages
};

/// A client of the kiosk's inspection socket. Throws std::runtime_error when the kiosk does not answer.
class Inspector {
 public:
  explicit Inspector(const std::filesystem::path& socket);
  Inspector(const Inspector&) = delete;
  Inspector& operator=(const Inspector&) = delete;
  ~Inspector();
  [[nodiscard]] SeenScreen look();
  /// Waits until nothing moves or waits; the screen's name.
  std::string settle();
  void screenshot(const std::filesystem::path& path);

 private:
  [[nodiscard]] std::string ask(const std::string& line);
  int socket_ = -1;
  std::string pending_;
};

}  // namespace bangwu::support
