#pragma once
#include <sys/types.h>

#include <array>
#include <string_view>

#include "cell/cell.h"

/// The steps of enter(), in the order it takes them. Each acts on the calling process, which has one thread.
namespace bangwu::cell {

/// What poppler and fontconfig read of a Debian 12 to draw type that a PDF names and does not bring along.
inline constexpr std::array<const char*, 6> kFontFolders = {
    "/etc/fonts",        "/usr/share/fontconfig", "/usr/share/fonts", "/usr/local/share/fonts", "/var/cache/fontconfig",
    "/usr/share/poppler"};

/// Writes one of the small files of /proc/self; false if it cannot.
bool write_proc(const char* path, std::string_view text);

/// No further descriptors, nothing of the environment, first to go when memory runs out.
void leave_behind(const Plan& plan);

/// A network, System V memory and mounts of its own; for scan mounts and memory only. Root needs no user namespace for
/// that, anybody else gets one.
[[nodiscard]] bool enter_namespaces(Purpose purpose);
/// decode: `/` is a small read-only directory with the fonts. hand_out: an empty one. scan: `hidden` is covered. Only
/// in mounts of its own.
[[nodiscard]] bool change_root(const Plan& plan);

struct User {
  uid_t user = 0;
  gid_t group = 0;
};
/// Who root becomes: the user bangwu-cell if the system has one, else nobody; for hand_out the one the directory
/// belongs to; scan keeps its own, to whom devices belong. Asked before the root directory, and the list of users with
/// it, goes.
[[nodiscard]] User user_for(const Plan& plan);
/// Becomes that user, if it is root, and has no capabilities, now or later. False when that cannot be.
[[nodiscard]] bool drop_powers(const User& user);

/// Memory, time, files and processes; ends with its parent; no core dumps, no debugger. False when the parent is gone.
[[nodiscard]] bool set_limits(const Plan& plan);

/// 0 or less: this kernel has none, or it is switched off.
[[nodiscard]] int landlock_version();
[[nodiscard]] bool enter_landlock(const Plan& plan);

enum class Opening { allowed, refused };
[[nodiscard]] bool limit_calls(Purpose purpose, Opening opening);

}  // namespace bangwu::cell
