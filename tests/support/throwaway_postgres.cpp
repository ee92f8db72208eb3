#include "support/throwaway_postgres.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <stdexcept>

#include "support/files.h"

namespace bangwu::support {
namespace fs = std::filesystem;

namespace {

/// The newest that is installed; Debian keeps them out of the path.
fs::path programs() {
  fs::path newest;
  std::error_code none;
  for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", none))
    newest = std::max(newest, version.path() / "bin");
  if (newest.empty()) throw std::runtime_error("no /usr/lib/postgresql: install what deploy/packages/test.txt names");
  return newest;
}

}  // namespace

ThrowawayPostgres::ThrowawayPostgres(Durability durability) : durability_(durability) {
  const fs::path cluster = folder_ / "cluster";
  fs::create_directory(cluster);
  // Whoever the server runs as must pass through.
  fs::permissions(folder_.path(), fs::perms{0711});
  if (::geteuid() == 0) {
    const auto given = run({"chown", "postgres:postgres", cluster});
    if (given.code != 0) throw std::runtime_error("chown postgres: " + given.errors);
  }
  const auto made = run(as_owner({program("initdb"), "-D", cluster, "-U", "bangwu", "-A", "trust", "-E", "UTF8",
                                  "--locale=C", "--no-sync", "--no-instructions"}));
  if (made.code != 0) throw std::runtime_error("initdb: " + made.errors + made.output);
  start();
}

ThrowawayPostgres::~ThrowawayPostgres() = default;

void ThrowawayPostgres::start() {
  std::vector<std::string> words{program("postgres"),
                                 "-D",
                                 folder_ / "cluster",
                                 "-c",
                                 "listen_addresses=",
                                 "-c",
                                 "unix_socket_directories=" + (folder_ / "cluster").string(),
                                 "-c",
                                 "unix_socket_permissions=0777",
                                 "-c",
                                 "max_connections=200"};
  if (durability_ == Durability::none) words.insert(words.end(), {"-c", "fsync=off", "-c", "full_page_writes=off"});
  const Command command{.words = as_owner(std::move(words)), .environment = {}, .log = folder_ / "server.log"};
  const auto is_ready = [&] {
    // After a kill the processes of the one before may hold its memory for a moment: then it ends, and tries again.
    if (server_ == nullptr || !server_->is_running()) server_ = std::make_unique<ChildProcess>(command);
    return run({program("pg_isready"), "-q", "-h", folder_ / "cluster", "-U", "bangwu", "-d", "postgres"}).code == 0;
  };
  if (!eventually(is_ready, std::chrono::minutes{1})) throw std::runtime_error("PostgreSQL does not start: " + log());
}

void ThrowawayPostgres::kill() { server_->kill(); }

std::string ThrowawayPostgres::database(const std::string& name) const {
  const std::string made = "SELECT 'CREATE DATABASE " + name +
                           "' WHERE NOT EXISTS (SELECT 1 FROM pg_database WHERE datname = '" + name + "') \\gexec\n";
  const auto file = folder_ / "make.sql";
  write_file(file, made);
  const auto done = run({program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", folder_ / "cluster", "-U",
                         "bangwu", "-d", "postgres", "-f", file});
  if (done.code != 0) throw std::runtime_error("CREATE DATABASE: " + done.errors);
  return "host=" + (folder_ / "cluster").string() + " user=bangwu dbname=" + name;
}

Finished ThrowawayPostgres::sql(const std::string& text, const std::string& name) const {
  return run({program("psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", folder_ / "cluster", "-U",
              "bangwu", "-d", name, "-c", text});
}

Finished ThrowawayPostgres::pgbench(std::vector<std::string> words, const std::string& name) const {
  words.insert(words.begin(), program("pgbench"));
  words.insert(words.end(), {"-h", folder_ / "cluster", "-U", "bangwu", name});
  return run(words);
}

std::string ThrowawayPostgres::log() const { return read_file(folder_ / "server.log"); }

std::string ThrowawayPostgres::program(const std::string& name) const { return programs() / name; }

/// A child that changes its user forgets that it shall end with its parent: it is told again.
std::vector<std::string> ThrowawayPostgres::as_owner(std::vector<std::string> words) const {
  if (::geteuid() != 0) return words;
  std::vector<std::string> all{
      "setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--reset-env", "--pdeathsig", "QUIT"};
  all.insert(all.end(), std::make_move_iterator(words.begin()), std::make_move_iterator(words.end()));
  return all;
}

}  // namespace bangwu::support
