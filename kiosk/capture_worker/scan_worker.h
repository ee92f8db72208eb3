#pragma once
#include "capture/channel.h"

namespace bangwu::capture_worker {
using capture::Channel;

/// The scan worker's life: one list_scanners or one scan request, which a cancel message or the end of the channel
/// stops.
void run_scan_worker(const Channel& channel);

}  // namespace bangwu::capture_worker
