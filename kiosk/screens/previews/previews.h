#pragma once
#include <string>
#include <vector>

#include "session/view.h"

/// Sample views of every screen: short and long texts, errors, empty lists, the most there can be. Golden pictures are
/// drawn from them, and designers look at them. All people and numbers in them are made up.
namespace bangwu::screens {

struct Preview {
  std::string name;    ///< "<screen>.<what>", the golden picture's name
  session::View view;  ///< in Chinese; the caller changes the language
};

/// All of them, in the order of a visit. Views borrow from samples that live as long as the program.
[[nodiscard]] std::vector<Preview> previews();

}  // namespace bangwu::screens
