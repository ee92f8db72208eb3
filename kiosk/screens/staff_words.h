#pragma once
#include <string>
#include <vector>

#include "session/start_view.h"

/// What staff read on the machine's own screen: what is wrong, since when, what to do. Visitors see it too, so it is
/// calm and says nothing of them.
namespace bangwu::screens {

[[nodiscard]] std::string words_for(const session::StaffNotice& notice);
/// All of them, a line each, after the word that says whom they are for; empty when there is none.
[[nodiscard]] std::string staff_words(const std::vector<session::StaffNotice>& notices);

}  // namespace bangwu::screens
