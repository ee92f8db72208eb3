#include "commands/arguments.h"

#include <algorithm>
#include <charconv>
#include <iostream>

#include "base/date.h"
#include "base/text.h"

namespace bangwu::commands {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;

template <class Number>
Result<void> take_number(std::optional<Number>& number, std::string_view text, const char* wanted) {
  number = base::number_from<Number>(text);
  if (!number) return fail(ErrorCode::invalid_input, wanted);
  return {};
}

Result<void> take_date(std::optional<std::chrono::year_month_day>& date, std::string_view text) {
  date = base::parse_date(text);
  if (!date)
    return fail(ErrorCode::invalid_input, std::string(text) + " is no date; dates are written like 2026-11-23");
  return {};
}

Result<void> take_value(Arguments& arguments, std::string_view option, std::string_view value) {
  if (option == "config") arguments.config = value;
  if (option == "data") arguments.data = value;
  if (option == "name") arguments.name = value;
  if (option == "seed") arguments.seed = value;
  if (option == "kiosk") arguments.kiosk = value;
  if (option == "because") arguments.because = value;
  if (option == "from") return take_date(arguments.from, value);
  if (option == "to") return take_date(arguments.to, value);
  if (option == "port") return take_number(arguments.port, value, "--port wants a number from 0 to 65535");
  if (option == "count") return take_number(arguments.count, value, "--count wants how many cases to draw");
  return {};
}

}  // namespace

Result<Arguments> parse_arguments(std::span<const std::string_view> words, std::span<const std::string_view> allowed,
                                  std::size_t operands) {
  Arguments arguments;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!words[i].starts_with("--")) {
      arguments.operands.emplace_back(words[i]);
      continue;
    }
    const std::string_view option = words[i].substr(2);
    if (std::find(allowed.begin(), allowed.end(), option) == allowed.end()) {
      return fail(ErrorCode::invalid_input, "unknown option " + std::string(words[i]));
    }
    if (option == "print-port") arguments.print_port = true;
    else if (option == "json") arguments.json = true;
    else if (option == "original") arguments.originals = Originals::too;
    else if (i + 1 == words.size()) return fail(ErrorCode::invalid_input, std::string(words[i]) + " wants a value");
    else if (auto taken = take_value(arguments, option, words[++i]); !taken) return tl::unexpected(taken.error());
  }
  if (arguments.operands.size() != operands) {
    return fail(ErrorCode::invalid_input,
                "wants " + std::to_string(operands) + " operands, not " + std::to_string(arguments.operands.size()));
  }
  const auto wants = [&](std::string_view option) {
    return std::find(allowed.begin(), allowed.end(), option) != allowed.end();
  };
  if (wants("data") && !arguments.data) return fail(ErrorCode::invalid_input, "--data DIR is missing");
  return arguments;
}

Exit complain(Exit code, std::string_view what) {
  std::cerr << "bangwu-central: " << what << "\n";
  return code;
}

Exit complain(const base::Error& error) {
  return complain(error.code == base::ErrorCode::invalid_input ? Exit::configuration : Exit::store, error.detail);
}

}  // namespace bangwu::commands
