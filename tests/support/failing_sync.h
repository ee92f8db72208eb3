#pragma once

/// A disk whose syncs fail: the program's fdatasync() and fsync(), SQLite's too, say so, and nobody knows what it kept.
namespace bangwu::support {

/// Of the calls to come, those after the first `but_first`: so many fail, -1: all.
void fail_syncs(int count, int but_first = 0);
inline void heal_syncs() { fail_syncs(0); }
/// How many are still to fail.
[[nodiscard]] int failures_left();

}  // namespace bangwu::support
