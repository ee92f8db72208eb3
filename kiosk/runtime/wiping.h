#pragma once

namespace bangwu::runtime {

/// Overwrites the part of the calling thread's stack below the caller, where locals of functions that have returned
/// still lie. Called by each thread when it has finished something of a visit.
void wipe_unused_stack();

/// Has pages' pixels and files taken from the system and given back one by one, whatever their size: left to itself the
/// C library learns from the first large ones it sees to keep the next. Once, before there are threads.
void keep_heap_small();
/// Gives back what is free between things still in use, so that a day's visits leave as much as the first one found.
void return_free_memory();

/// Whether freed heap memory is overwritten in this build (see wiping_heap.cpp): not under the sanitizers, which
/// bring a heap of their own.
[[nodiscard]] bool heap_is_wiped();

/// No core files, and no attaching by other users' debuggers.
void forbid_core_dumps();

}  // namespace bangwu::runtime
