#pragma once
#include "cell/cell.h"

namespace bangwu::capture_worker {

/// First thing in main(). With --worker=import, --worker=scan or --worker=hand-out as its only argument it does that
/// worker's work (see capture/worker.h) and ends the process; with any other it returns at once and has done nothing.
///
/// A worker has one socket, /dev/null as its standard streams and no other descriptor. Before it reads from the socket
/// it shuts itself in (cell/cell.h) and says which walls stand; without those that its work needs it ends. It ends with
/// the thread that started it. `wanted`: fewer walls, for tests of kernels that grant less.
void run_worker_if_asked(int argc, char** argv, cell::Walls wanted = cell::Walls::all());

}  // namespace bangwu::capture_worker
