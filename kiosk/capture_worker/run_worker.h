#pragma once

namespace bangwu::capture_worker {

/// First thing in main(). With --worker=import or --worker=scan as its only argument it does that worker's work (see
/// capture/worker.h) and ends the process; with any other it returns at once and has done nothing.
///
/// A worker has one socket, /dev/null as its standard streams, no other descriptor, no core dumps, and limits on memory
/// and processor time; an import worker cannot write to any file. It ends with the thread that started it.
void run_worker_if_asked(int argc, char** argv);

}  // namespace bangwu::capture_worker
