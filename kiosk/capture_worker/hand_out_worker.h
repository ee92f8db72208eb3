#pragma once
#include "capture/channel.h"

namespace bangwu::capture_worker {

/// The life of a worker that hands out one file: takes a hand_out message, writes the file as capture/hand_out.h
/// promises below the directory it was started with (capture::kWorkerDirectory), and answers handed_out.
void run_hand_out_worker(const capture::Channel& channel);

}  // namespace bangwu::capture_worker
