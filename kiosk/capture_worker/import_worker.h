#pragma once
#include "capture/channel.h"

namespace bangwu::capture_worker {
using capture::Channel;

/// Whether fonts can be opened: without them a PDF may be drawn wrong and nobody would know, so none is.
enum class Documents { with_type, pictures_only };

/// The import worker's life: answers import and preview requests until the other end closes. A file that a decoder
/// cannot digest may end the process at any point.
void run_import_worker(const Channel& channel, Documents documents);

}  // namespace bangwu::capture_worker
