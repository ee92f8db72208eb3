#pragma once
#include <optional>
#include <string>

#include "commands/arguments.h"
#include "commands/data_folder.h"
#include "evidence/evidence.h"

namespace bangwu::commands {

/// The case staff named, proven, or what to tell them.
struct FoundCase {
  evidence::ProvenCase proven;
  bool is_misdated = false;  ///< its arrival was noted by a clock that a person called wrong
  const domain::Application& application() const { return std::get<domain::Application>(proven.source.opened->body); }
};

/// `not_found`; `conflict` when two cases have that provisional number: their case numbers are told; `corrupt` when
/// what is stored is not what was signed: nothing of it is shown; `unsupported` when the case was erased.
[[nodiscard]] base::Result<FoundCase> find_one(const DataFolder& data, const std::string& typed_number);
/// How a command ends with such an error, said on standard error.
[[nodiscard]] Exit complain_of(const base::Error& error);

}  // namespace bangwu::commands
