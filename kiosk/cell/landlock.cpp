#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/file.h"
#include "cell/rules.h"

namespace bangwu::cell {
namespace {

// Debian 12's header stops at the second version of the interface, its C library has no wrappers.
struct Handled {
  std::uint64_t files = 0, network = 0, scoped = 0;
};
constexpr std::uint64_t kFilesOfFirst = (1U << 13) - 1;  ///< all rights to files and folders of version 1
constexpr std::uint64_t kRefer = 1U << 13;               ///< 2: links and renames across folders
constexpr std::uint64_t kTruncate = 1U << 14;            ///< 3
constexpr std::uint64_t kDeviceControl = 1U << 15;       ///< 5
constexpr std::uint64_t kTcp = 3;                        ///< 4: bind, connect
constexpr std::uint64_t kSocketsAndSignals = 3;          ///< 6: abstract sockets and signals to those outside

int create_rules(const Handled* handled, std::size_t size, unsigned flags) {
  return static_cast<int>(::syscall(SYS_landlock_create_ruleset, handled, size, flags));
}

/// What a kernel of this version is asked to refuse; what it does not know has to stay 0.
Handled handled_by(int version, Purpose purpose) {
  Handled handled;
  if (version >= 6) handled.scoped = kSocketsAndSignals;
  if (purpose == Purpose::scan) return handled;  // drivers need files, devices and the network
  handled.files = kFilesOfFirst;
  if (version >= 2) handled.files |= kRefer;
  if (version >= 3) handled.files |= kTruncate;
  if (version >= 4) handled.network = kTcp;
  if (version >= 5) handled.files |= kDeviceControl;
  return handled;
}

bool allow(int rules, int folder, std::uint64_t rights) {
  landlock_path_beneath_attr beneath{};
  beneath.allowed_access = rights;
  beneath.parent_fd = folder;
  return ::syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) == 0;
}

bool allow_fonts(int rules) {
  for (const char* path : kFontFolders) {
    const base::FileHandle folder(::open(path, O_PATH | O_CLOEXEC));
    if (folder.is_open() && !allow(rules, folder.get(), LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)) {
      return false;
    }
  }
  return true;
}

bool allow_files_in(int rules, int folder) {
  return allow(rules, folder,
               LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_WRITE_FILE |
                   LANDLOCK_ACCESS_FS_REMOVE_FILE);
}

}  // namespace

int landlock_version() { return create_rules(nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION); }

bool enter_landlock(const Plan& plan) {
  const int version = landlock_version();
  const Handled handled = handled_by(version, plan.purpose);
  if (version < 1 || (handled.files == 0 && handled.scoped == 0)) return false;
  const base::FileHandle rules(create_rules(&handled, sizeof handled, 0));
  if (!rules.is_open()) return false;
  if (plan.purpose == Purpose::decode && !allow_fonts(rules.get())) return false;
  if (plan.purpose == Purpose::hand_out && !allow_files_in(rules.get(), plan.directory)) return false;
  return ::syscall(SYS_landlock_restrict_self, rules.get(), 0) == 0;
}

}  // namespace bangwu::cell
