#pragma once
#include <filesystem>
#include <functional>
#include <memory>

#include "base/result.h"

namespace bangwu::outbox {

/// Says to whoever listens, in this process or another, that something became ready in the outbox of that directory. It
/// cannot fail: who does not hear it looks again by itself before long.
void ring(const std::filesystem::path& directory);

/// Listens for ring(), on a thread of its own that sleeps until then.
class Listener {
 public:
  /// `heard` is called on the listener's thread, for one ring or several at once.
  [[nodiscard]] static base::Result<Listener> start(const std::filesystem::path& directory,
                                                    std::function<void()> heard);
  Listener(Listener&&) noexcept;
  Listener& operator=(Listener&&) noexcept;
  ~Listener();  ///< joins at once

 private:
  struct Ear;
  explicit Listener(std::unique_ptr<Ear> ear);
  std::unique_ptr<Ear> ear_;
};

}  // namespace bangwu::outbox
