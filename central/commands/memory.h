#pragma once
#include <memory>
#include <string>
#include <vector>

#include "commands/data_folder.h"
#include "watermark/keeper.h"

namespace bangwu::commands {

/// For who is about to take envelopes in: the database is whole and knows all that the service ever acknowledged, and
/// its watermark moves from now on. `corrupt` and `conflict` say what is wrong and what a person can do: it is a
/// person's to decide, nothing is changed.
[[nodiscard]] base::Result<std::unique_ptr<watermark::Keeper>> keep_watermark(const DataFolder& data,
                                                                              const Arguments& arguments);

/// What the database has forgotten, a line each; empty when nothing, or when there is no watermark yet.
[[nodiscard]] base::Result<std::vector<std::string>> forgotten_by(const DataFolder& data);

}  // namespace bangwu::commands
