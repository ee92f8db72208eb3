#pragma once
#include <cstddef>
#include <filesystem>
#include <functional>

namespace bangwu::capture::test {

/// While it lives, read(2) of this program fails with `number`, or with 0 finds the end of the file, once `after` bytes
/// of it have been read, as it does when a stick is pulled out. `then` is called just before the first failure.
class ReadFault {
 public:
  ReadFault(const std::filesystem::path& file, std::size_t after, int number, std::function<void()> then = {});
  ReadFault(const ReadFault&) = delete;
  ReadFault& operator=(const ReadFault&) = delete;
  ~ReadFault();
};

}  // namespace bangwu::capture::test
