#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace bangwu::store {

class Sql;

/// One run of a kiosk's program, from its start to its end, by the random name it gave itself.
struct KioskRunRow {
  std::string run;
  std::uint64_t place = 0;  ///< in the order in which they were first seen
  base::SystemTime began_at;
  std::optional<base::SystemTime> returned_at;  ///< seen again although a later one had begun: two machines are at work
  bool operator==(const KioskRunRow&) const = default;
};

/// Runs of the kiosks' programs, inside a transaction. Errors: as in transaction.h.
class KioskRuns {
 public:
  explicit KioskRuns(Sql& sql) : sql_(sql) {}

  [[nodiscard]] base::Result<std::vector<KioskRunRow>> of_kiosk(std::string_view kiosk);  ///< the latest first
  /// It is the kiosk's latest from now on. Only a few of each kiosk are kept.
  [[nodiscard]] base::Result<void> begin(std::string_view kiosk, std::string_view run, std::uint64_t place,
                                         base::SystemTime at);
  [[nodiscard]] base::Result<void> note_return(std::string_view kiosk, std::string_view run, base::SystemTime at);
  /// When last a run of the kiosk was seen again after a later one had begun.
  [[nodiscard]] base::Result<std::optional<base::SystemTime>> twin_seen_at(std::string_view kiosk);

 private:
  Sql& sql_;
};

}  // namespace bangwu::store
