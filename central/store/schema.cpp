#include "store/schema.h"

#include <array>

#include "store/schema_files.h"

namespace bangwu::store {
namespace {

constexpr std::array<const char*, kSchemaVersion> kSqliteSteps{files::sqlite_1, files::sqlite_2, files::sqlite_3,
                                                               files::sqlite_4};

}  // namespace

std::span<const char* const> sqlite_schema_steps() { return kSqliteSteps; }

}  // namespace bangwu::store
