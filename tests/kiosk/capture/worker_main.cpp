#include <gtest/gtest.h>

#include "capture/worker.h"

// The workers of a test are this program again, as the kiosk's are the kiosk again.
int main(int argc, char** argv) {
  bangwu::capture::run_worker_if_asked(argc, argv);
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
