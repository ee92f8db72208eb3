#include <gtest/gtest.h>

#include "capture_worker/run_worker.h"

// The workers of a test are this program again.
int main(int argc, char** argv) {
  bangwu::capture_worker::run_worker_if_asked(argc, argv);
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
