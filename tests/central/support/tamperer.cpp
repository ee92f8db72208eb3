#include "central/support/tamperer.h"

#include <sqlite3.h>

#include <stdexcept>
#include <vector>

#include "envelope/keys.h"

namespace bangwu::support {

struct Tamperer::Handle {
  sqlite3* database = nullptr;
  std::string guards;  ///< of the events: taken off for a moment, as one does who does not want to be noticed
};

Tamperer::Tamperer(const std::filesystem::path& data) : handle_(new Handle) {
  sqlite3_open((data / "central.db").c_str(), &handle_->database);
  handle_->guards =
      text("SELECT group_concat(sql, ';') FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'");
}

Tamperer::~Tamperer() {
  sqlite3_close(handle_->database);
  delete handle_;
}

void Tamperer::execute(const std::string& sql) {
  const std::string unnoticed =
      "DROP TRIGGER event_is_never_changed; DROP TRIGGER event_is_never_deleted; DROP TRIGGER "
      "event_follows_the_last; " +
      sql + ";" + handle_->guards + ";";
  if (sqlite3_exec(handle_->database, unnoticed.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    throw std::runtime_error(sql + ": " + sqlite3_errmsg(handle_->database));
}

std::string Tamperer::text(const std::string& sql) {
  std::string found;
  const auto take = [](void* to, int, char** values, char**) {
    *static_cast<std::string*>(to) = values[0] == nullptr ? "" : values[0];
    return 0;
  };
  if (sqlite3_exec(handle_->database, sql.c_str(), take, &found, nullptr) != SQLITE_OK)
    throw std::runtime_error(sql + ": " + sqlite3_errmsg(handle_->database));
  return found;
}

void Tamperer::rewrite_events(const std::string& case_number, const std::string& from, const std::string& to) {
  const std::string where = " WHERE case_number = '" + case_number + "'";
  execute("UPDATE event SET body = replace(body, '" + from + "', '" + to + "')" + where);
  const int count = std::stoi(text("SELECT count(*) FROM event" + where));
  std::string previous(64, '0');
  for (int i = 1; i <= count; ++i) {
    const std::string link = where + " AND sequence = " + std::to_string(i);
    previous = base::sha256_hex(previous + text("SELECT body FROM event" + link));
    execute("UPDATE event SET hash = '" + previous + "'" + link);
  }
}

}  // namespace bangwu::support
