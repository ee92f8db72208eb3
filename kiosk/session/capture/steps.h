#pragma once
#include "session/capture/capture.h"

/// Inside of the part: moving between its steps.
namespace bangwu::session::capture {

using Captured = Outcome<Nothing>;

struct Work {
  Context& context;
  const Checklist& checklist;
  State& state;

  template <class S>
  [[nodiscard]] S* at() const {
    return std::get_if<S>(&state.step);
  }
  [[nodiscard]] std::vector<DraftPage>& pages(const std::string& material) const { return state.pages[material]; }
  [[nodiscard]] bool has_material(const std::string& id) const;
  [[nodiscard]] int room_for(const std::string& material, const std::optional<std::size_t>& replaces) const;

  void go(Step next) const;
  [[nodiscard]] Captured back() const;
  void look_for_pages(const std::string& material, std::optional<std::size_t> replaces) const;
  void open(const std::string& material) const;  ///< its pages, or where to get some
  /// From wherever pages were looked for, to the list of this material's pages.
  void show_pages(const std::string& material, domain::PageFault fault) const;
  void look_at(const std::string& material, std::size_t page) const;
};

}  // namespace bangwu::session::capture
