#include "capture/hand_out.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/log.h"
#include "capture/messages.h"
#include "capture/worker_process.h"

namespace bangwu::capture {
namespace {

using base::ErrorCode;

/// A file system's name for mount(8) and what statfs(2) calls it.
struct FileSystem {
  std::string_view name;
  std::uint32_t magic;
};
constexpr std::array<FileSystem, 8> kFileSystems = {{{"vfat", 0x4D44},
                                                     {"exfat", 0x2011BAB0},
                                                     {"ntfs3", 0x7366746E},
                                                     {"ext4", 0xEF53},
                                                     {"xfs", 0x58465342},
                                                     {"btrfs", 0x9123683E},
                                                     {"f2fs", 0xF2F52010},
                                                     {"tmpfs", 0x01021994}}};

bool is_name_of_a_file(std::string_view name) {
  return !name.empty() && !name.starts_with('.') && name.find('/') == std::string_view::npos &&
         name.find('\0') == std::string_view::npos;
}

bool is_allowed(std::uint32_t magic, const HandOutRules& rules) {
  return std::ranges::any_of(kFileSystems, [&](const FileSystem& known) {
    return known.magic == magic && std::ranges::find(rules.file_systems, known.name) != rules.file_systems.end();
  });
}

/// A handle of the medium's own root: what was looked at is what is written to, whatever is mounted there later.
base::Result<base::FileHandle> open_root(const Place& place, const HandOutRules& rules) {
  base::FileHandle root(::open(place.path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  struct statx status {};
  if (!root.is_open() || ::statx(root.get(), "", AT_EMPTY_PATH, STATX_BASIC_STATS, &status) != 0) {
    return base::fail(ErrorCode::not_found, "no medium is mounted there any more");
  }
  if ((status.stx_attributes_mask & status.stx_attributes & STATX_ATTR_MOUNT_ROOT) == 0) {
    return base::fail(ErrorCode::not_found, "nothing is mounted where a medium was looked for");
  }
  struct statfs file_system {};
  if (::fstatfs(root.get(), &file_system) != 0) {
    return base::fail(ErrorCode::io_failed, "the medium does not say what it is");
  }
  const auto magic = static_cast<std::uint32_t>(file_system.f_type);
  if (!is_allowed(magic, rules)) {
    return base::fail(ErrorCode::unsupported, "the medium's file system (" + std::to_string(magic) +
                                                  ") is none that files are handed out to: [capture] file_systems");
  }
  return root;
}

base::Result<std::string> answer_of(const WorkerProcess& worker, const Patience& patience) {
  Message message;
  const Transfer transfer = worker.channel().receive(message, kAnswerLimit, patience);
  if (transfer == Transfer::timed_out) {
    return base::fail(ErrorCode::timed_out, "the medium takes too long to write a file");
  }
  auto answer = transfer == Transfer::done && message.kind == MessageKind::handed_out ? decode_handed_out(message.body)
                                                                                      : std::nullopt;
  if (!answer) {
    return base::fail(ErrorCode::internal, "the worker that writes to a medium broke off");
  }
  if (answer->failed) {
    return base::fail(*answer->failed, "writing to the medium failed");
  }
  return std::move(answer->name);
}

}  // namespace

std::vector<std::string_view> known_file_systems() {
  std::vector<std::string_view> names;
  for (const FileSystem& known : kFileSystems) {
    names.push_back(known.name);
  }
  return names;
}

base::Result<std::string> hand_out(const WorkerSettings& settings, const Place& place, const std::string& name,
                                   std::span<const std::uint8_t> bytes, const HandOutRules& rules) {
  if (!is_name_of_a_file(name)) {
    return base::fail(ErrorCode::invalid_input, "no name of a file");
  }
  const auto root = open_root(place, rules);
  if (!root) {
    return tl::unexpected(root.error());
  }
  const Patience patience = Patience::of(rules.limit, nullptr);
  auto worker = WorkerProcess::start(settings, WorkerRole::hand_out, *root);
  if (!worker) {
    return base::fail(ErrorCode::internal, worker.error().detail);
  }
  if (const auto walls = worker->await_shut_in(patience); !walls) {
    return base::fail(ErrorCode::internal, walls.error().detail);
  }
  const base::Bytes header = Writer().text(name).number(bytes.size()).bytes();
  if (worker->channel().send(MessageKind::hand_out, {header, bytes}, patience) != Transfer::done) {
    return base::fail(ErrorCode::internal, "the worker that writes to a medium takes nothing");
  }
  return answer_of(*worker, patience);
}

}  // namespace bangwu::capture
