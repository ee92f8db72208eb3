#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "capture_worker/run_worker.h"

// The workers of a test are this program again.
int main(int argc, char** argv) {
  // WALLS: of a kernel that grants fewer.
  const char* walls = std::getenv("WALLS");
  const auto wanted = walls != nullptr ? static_cast<unsigned>(std::stoul(walls)) : bangwu::cell::Walls::all().bits();
  bangwu::capture_worker::run_worker_if_asked(argc, argv, bangwu::cell::Walls(wanted));
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
