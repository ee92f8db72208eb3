#pragma once
#include "session/apply/apply.h"

/// Inside of the journey: the way from step to step.
namespace bangwu::session::apply {

struct Work {
  Context& context;
  Visit& visit;

  template <class S>
  [[nodiscard]] S* at() const {
    return std::get_if<S>(&visit.step);
  }
  [[nodiscard]] Draft& draft() const { return *visit.draft; }
  [[nodiscard]] capture::Checklist checklist() const;
  void go(Step next) const { visit.step = std::move(next); }

  void begin_draft(domain::Procedure procedure) const;
  void go_to_form() const;
  void go_to_materials() const;
  void go_to_pickup() const;
  void back_to_form() const;
  void back_to_materials() const;
  void back_to_pickup() const;
  void confirm_check() const;
  void change(const std::string& line) const;
  void end_change() const;    ///< confirmed: the check page shows it
  void leave_change() const;  ///< 上一步: the application is as before, what was begun is kept aside
  void submit(signing::Signed what) const;
  void show_result(storing::Success stored) const;
};

}  // namespace bangwu::session::apply
