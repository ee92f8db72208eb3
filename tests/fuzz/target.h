#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

/// A target reads one input as a stranger would have sent it. It is linked with libFuzzer (preset fuzz), or with
/// replay.cpp (every other build). Whatever it does with the bytes has to end, without a sanitizer's word, and with
/// every promise kept.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace bangwu::fuzz {

using Input = std::span<const std::uint8_t>;

/// A promise of the code under test: when it does not hold, the process ends and the fuzzer keeps the input.
void expect(bool holds, const char* promise);

[[nodiscard]] std::string_view text_of(Input input);
/// The first byte, taken away, as one of `choices`; 0 if there is none.
[[nodiscard]] std::size_t take_choice(Input& input, std::size_t choices);

/// A directory of this process's own, for readers that want a file; removed when the process ends.
[[nodiscard]] const std::filesystem::path& scratch();
/// Writes scratch()/name anew.
[[nodiscard]] std::filesystem::path file_with(const std::string& name, Input content);
[[nodiscard]] std::filesystem::path file_with(const std::string& name, std::string_view content);

}  // namespace bangwu::fuzz
