#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "domain/form.h"
#include "session/frame.h"

namespace bangwu::session {

/// One question of the item's form. For rows, `row` and `rows_label` say which.
struct FieldView {
  domain::Field field;  ///< of many choices, the at most six of this screenful
  std::string typed{};  ///< text being typed, or the chosen value
  InputProblem problem{};
  int number = 1, of = 1;  ///< question number among the form's
  std::optional<std::size_t> row{};
  std::string rows_label{};
  int screenful = 0, screenfuls = 1;
};
struct RowsView {
  domain::Field field;
  std::vector<std::vector<std::string>> rows{};  ///< cells in the order of field.columns, choices as labels
  bool may_add = true;
  InputProblem problem{};
  int number = 1, of = 1;
};

}  // namespace bangwu::session
