#pragma once
#include <filesystem>
#include <string>
#include <vector>

/// The cell that programs are shut in which read what strangers brought. They shut themselves in, before they read the
/// first byte; the process that started them looks whether they did (watch.h). What a program may do inside:
///
/// | Purpose  | files                                     | network | else                                          |
/// |----------|-------------------------------------------|---------|-----------------------------------------------|
/// | decode   | fonts, read only, and nothing else        | none    | memory, its channel, its own end              |
/// | hand_out | new ones below the one directory it holds | none    | the same                                      |
/// | scan     | all but what is hidden from it            | all     | threads, devices; no exec, no way into others |
///
/// What is left open to scan: an abstract socket cannot be covered, and only Landlock of Linux 6.12 and later refuses
/// it. On an older kernel the X server has to be run with `-nolisten local`, for a driver could read the screen.
///
/// None of them may take up powers, reach into other processes, signal them, or outlive the one that started it.
namespace bangwu::cell {

enum class Purpose {
  decode,
  hand_out,
  scan,  ///< scanner drivers need devices, sockets and their settings: they are locked out of what they do not need
};

/// A part of the cell that the kernel grants or does not.
enum class Wall : unsigned {
  namespaces = 1,      ///< no network of the machine's, no System V memory, mounts of its own
  root_directory = 2,  ///< `/` holds the fonts and nothing else; for scan: what is hidden is covered
  landlock = 4,        ///< Linux 5.13 and later, if it is switched on
  calls = 8,           ///< seccomp: a list of system calls
};

/// The walls that stand.
class Walls {
 public:
  constexpr Walls() = default;
  constexpr explicit Walls(unsigned bits) : bits_(bits) {}
  [[nodiscard]] static constexpr Walls all() { return Walls(15U); }
  [[nodiscard]] constexpr bool has(Wall wall) const { return (bits_ & static_cast<unsigned>(wall)) != 0; }
  [[nodiscard]] constexpr Walls with(Wall wall) const { return Walls(bits_ | static_cast<unsigned>(wall)); }
  [[nodiscard]] constexpr Walls without(Wall wall) const { return Walls(bits_ & ~static_cast<unsigned>(wall)); }
  [[nodiscard]] constexpr unsigned bits() const { return bits_; }
  bool operator==(const Walls&) const = default;

 private:
  unsigned bits_ = 0;
};
/// "namespaces, root directory, Landlock, system calls", or "none".
[[nodiscard]] std::string to_string(Walls walls);

struct Plan {
  Purpose purpose = Purpose::decode;
  int channel = 3;                            ///< the descriptor that stays open
  int directory = -1;                         ///< hand_out: the directory that files are made in; stays open
  std::vector<std::filesystem::path> hidden;  ///< scan: folders and files that are not to be seen
  Walls wanted = Walls::all();                ///< fewer only in tests, to see what holds where a kernel grants less
};

/// Shuts this process in for good and says which walls stand. Before the second thread and the first stranger's byte;
/// about 1 ms. Closes all descriptors but the standard streams, the channel and the directory, and empties the
/// environment.
[[nodiscard]] Walls enter(const Plan& plan);

/// Whether a process of this purpose may do its work behind these walls. None may without `calls`. scan needs its
/// `root_directory`: without it the machine's data would lie open to a driver that reads the network. hand_out needs
/// `landlock` where the kernel has it: without it `..` of the directory it holds leads to the rest of the machine, and
/// all that is left is that the worker itself asks for RESOLVE_BENEATH (openat2(2)).
[[nodiscard]] bool is_shut(Purpose purpose, Walls walls);

/// Fonts can be opened behind these walls. Where neither a root directory nor Landlock narrows what can be opened,
/// opening is forbidden altogether, and with it what draws type (PDF).
[[nodiscard]] bool has_fonts(Walls walls);

/// Whether the cell of a decoder holds, found by trying what it must not be able to do. Inside, after enter().
[[nodiscard]] bool holds();

}  // namespace bangwu::cell
