#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "session/session.h"

/// Inside of the room: pieces of view_of().
namespace bangwu::session {

struct Looking {
  const Hall& hall;
  const Session& session;
  Now now;
  [[nodiscard]] const Draft& draft() const { return *session.visit->draft; }
};

inline constexpr std::size_t kMostChoices = 6;  ///< on one page of the screen

struct Paged {
  std::size_t first = 0, count = 0;
  int page = 0, pages = 1;
};
/// A page beyond the last is the last.
[[nodiscard]] Paged page_of(std::size_t total, int page);
/// The page of a long list of answers that is shown: the one turned to, else the one of the chosen answer.
[[nodiscard]] int choice_page(const domain::Field& field, const std::string& chosen, std::optional<int> turned_to);

[[nodiscard]] ScreenView see(const Looking&, const AtField&);
[[nodiscard]] ScreenView see(const Looking&, const AtRows&);
[[nodiscard]] ScreenView see(const Looking&, const AtCell&);
[[nodiscard]] ScreenView see(const Looking&, const AtCheck&);
[[nodiscard]] ScreenView see(const Looking&, const AtMaterials&);
[[nodiscard]] ScreenView see(const Looking&, const AtSource&);
[[nodiscard]] ScreenView see(const Looking&, const AtFiles&);
[[nodiscard]] ScreenView see(const Looking&, const AtCapturing&);
[[nodiscard]] ScreenView see(const Looking&, const AtPages&);
[[nodiscard]] ScreenView see(const Looking&, const AtPage&);
[[nodiscard]] ScreenView see(const Looking&, const AtSending&);
[[nodiscard]] ScreenView see(const Looking&, const AtResult&);

}  // namespace bangwu::session
