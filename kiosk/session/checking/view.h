#pragma once
#include <cstddef>
#include <string>
#include <vector>

namespace bangwu::session {

struct CheckLine {
  std::string id;  ///< for ChangeAsked
  enum class Group { applicant, form, materials, pickup } group = Group::form;
  std::string label;  ///< catalogue key, or empty for the fixed ones named by id ("kind", "id", "name", "agent_id",
                      ///< "agent_name", "pickup")
  std::string value;  ///< masked where it is a number; empty: 未提供
  bool value_is_catalogue_text = false;
  std::size_t count = 0;  ///< pages or rows
  bool lacks = false;     ///< as the central service will say: domain::assess
};
struct CheckView {
  std::string procedure;
  std::vector<CheckLine> lines;
};

}  // namespace bangwu::session
