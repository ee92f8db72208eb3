#include <cstdio>

#include "capture_worker/run_worker.h"

// What strangers hand in is decoded here, and scanners are driven here, away from the kiosk's memory. The kiosk starts
// it; it is nothing to start by hand.
int main(int argc, char** argv) {
  bangwu::capture_worker::run_worker_if_asked(argc, argv);
  std::fputs("bangwu-capture-worker: a part of bangwu-kiosk, which starts it\n", stderr);
  return 2;
}
