#include "store/service_facts.h"

#include "store/sql.h"

namespace bangwu::store {

base::Result<std::optional<std::string>> ServiceFacts::find(std::string_view name) {
  return first_row(sql_, "SELECT value FROM service WHERE name = $1", {name},
                   [](const Row& row) { return row.text(0); });
}

base::Result<void> ServiceFacts::put(std::string_view name, std::string_view value) {
  return sql_.run(
      "INSERT INTO service(name, value) VALUES ($1,$2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      {name, value});
}

}  // namespace bangwu::store
