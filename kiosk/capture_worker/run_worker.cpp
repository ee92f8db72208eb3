
#include "capture_worker/run_worker.h"

#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <vector>

#include "capture/messages.h"
#include "capture/worker_process.h"
#include "capture_worker/hand_out_worker.h"
#include "capture_worker/import_worker.h"
#include "capture_worker/scan_worker.h"

namespace bangwu::capture_worker {
using namespace capture;
namespace {

std::vector<std::filesystem::path> hidden_paths() {
  const char* variable = std::getenv(kHiddenVariable);
  std::vector<std::filesystem::path> paths;
  for (std::string_view rest = variable != nullptr ? variable : ""; !rest.empty();) {
    const auto end = rest.find('\n');
    paths.emplace_back(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return paths;
}

cell::Walls shut_in(WorkerRole role, cell::Walls wanted) {
  cell::Plan plan{
      .purpose = purpose_of(role), .channel = kWorkerSocket, .directory = -1, .hidden = {}, .wanted = wanted};
  if (role == WorkerRole::hand_out) plan.directory = kWorkerDirectory;
  if (role == WorkerRole::scan) plan.hidden = hidden_paths();
  const cell::Walls walls = cell::enter(plan);
  return role == WorkerRole::import && !cell::holds() ? cell::Walls() : walls;
}

void work(WorkerRole role, cell::Walls wanted) {
  const cell::Walls walls = shut_in(role, wanted);
  const Channel channel{base::FileHandle(kWorkerSocket)};
  if (channel.send(MessageKind::shut_in, {encode(walls)}) != Transfer::done ||
      !cell::is_shut(purpose_of(role), walls)) {
    return;
  }
  switch (role) {
    case WorkerRole::import:
      return run_import_worker(channel, cell::has_fonts(walls) ? Documents::with_type : Documents::pictures_only);
    case WorkerRole::scan: return run_scan_worker(channel);
    case WorkerRole::hand_out: return run_hand_out_worker(channel);
  }
}

}  // namespace

void run_worker_if_asked(int argc, char** argv, cell::Walls wanted) {
  if (argc != 2) {
    return;
  }
  const std::string_view argument = argv[1];
  for (const WorkerRole role : {WorkerRole::import, WorkerRole::scan, WorkerRole::hand_out}) {
    if (argument == argument_of(role)) {
      work(role, wanted);
      std::_Exit(EXIT_SUCCESS);
    }
  }
}

}  // namespace bangwu::capture_worker
