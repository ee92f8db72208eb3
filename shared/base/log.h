#pragma once
#include <initializer_list>
#include <string_view>
#include <utility>

namespace bangwu::base {

/// info: a thing that happened; warning: it was handled, look when there is time; error: a person must act.
enum class LogLevel { info, warning, error };

/// One line an event to standard error: time, level, event id, key=value pairs. Values with spaces or quotes are
/// quoted, control characters written out (base/printable.h). Never give it an applicant's data: names, numbers,
/// telephones, free text, file names from their stick. Thread-safe; a line is written in one write(2).
void log(LogLevel level, std::string_view event,
         std::initializer_list<std::pair<std::string_view, std::string_view>> fields = {});

}  // namespace bangwu::base
