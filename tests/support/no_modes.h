#pragma once

namespace bangwu::support {

/// While it lives no file's mode can be set, as on FAT (Linux, fs/fat/file.c: what it cannot keep is EPERM). Takes the
/// place of libc's fchmod() for the whole program.
class NoModes {
 public:
  NoModes();
  ~NoModes();
  NoModes(const NoModes&) = delete;
  NoModes& operator=(const NoModes&) = delete;
};

}  // namespace bangwu::support
