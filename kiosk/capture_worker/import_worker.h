#pragma once
#include "capture/channel.h"

namespace bangwu::capture_worker {
using capture::Channel;

/// The import worker's life: answers import and preview requests until the other end closes. A file that a decoder
/// cannot digest may end the process at any point.
void run_import_worker(const Channel& channel);

}  // namespace bangwu::capture_worker
