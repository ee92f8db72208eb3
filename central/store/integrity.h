#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"

namespace bangwu::store {

/// What is damaged in the database's own structures, a line each; empty when sound. Reads all of it, beside who writes.
/// An error tells that it could not be looked at. What rows mean is not judged here.
///
/// SQLite: integrity_check and foreign_key_check, and that the guards of events and journal are there.
[[nodiscard]] base::Result<std::vector<std::string>> damage_of_sqlite(const std::filesystem::path& file);
/// Told after each page that was looked at.
using LookedOn = std::function<void()>;
/// PostgreSQL: that every table reads to its end, a page of rows at a time (checksums, where the server keeps them, are
/// compared), that no index or reference is marked invalid, and that the guards of events and journal are there and on.
[[nodiscard]] base::Result<std::vector<std::string>> damage_of_postgres(const std::string& database,
                                                                        const LookedOn& looked_on = {});

}  // namespace bangwu::store
