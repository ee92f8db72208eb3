#include "fuzz/target.h"

#include <sys/stat.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "support/scratch_directory.h"

namespace bangwu::fuzz {

void expect(bool holds, const char* promise) {
  if (holds) return;
  std::fprintf(stderr, "a promise did not hold: %s\n", promise);
  std::abort();
}

std::string_view text_of(Input input) { return {reinterpret_cast<const char*>(input.data()), input.size()}; }

std::size_t take_choice(Input& input, std::size_t choices) {
  if (input.empty()) return 0;
  const std::size_t choice = input.front() % choices;
  input = input.subspan(1);
  return choice;
}

const std::filesystem::path& scratch() {
  static const support::ScratchDirectory directory(support::In::memory);
  return directory.path();
}

std::filesystem::path file_with(const std::string& name, std::string_view content) {
  const std::filesystem::path path = scratch() / name;
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(content.data(), static_cast<std::streamsize>(content.size()));
  file.close();
  ::chmod(path.c_str(), 0600);  // keys must be secret
  expect(file.good(), "the scratch directory takes files");
  return path;
}

std::filesystem::path file_with(const std::string& name, Input content) { return file_with(name, text_of(content)); }

}  // namespace bangwu::fuzz
