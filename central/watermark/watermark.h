#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "envelope/keys.h"
#include "store/store.h"

namespace bangwu::watermark {

/// How much the service once had: kept outside the database, so that a database that was lost, cut or put back from an
/// older copy is noticed before it answers anybody as if nothing had been. It tells at most what is on the disk, and
/// after a crash may lag behind by its last second.
struct Watermark {
  std::string generation;  ///< UUID; another one after each restore
  std::uint64_t envelopes = 0;
  base::SystemTime latest{};                     ///< arrival
  std::map<std::string, std::uint64_t> highest;  ///< sequence, by kiosk
  bool operator==(const Watermark&) const = default;
};

inline constexpr const char* kFileName = "watermark.json";
inline constexpr const char* kGenerationFact = "generation";  ///< in the database
/// In the database of a service that was restored: since when, RFC 3339.
inline constexpr const char* kRecoveringFact = "recovering_since";

/// What the database knows; looks through all of its envelopes.
[[nodiscard]] base::Result<Watermark> watermark_of(store::Transaction& transaction);
/// What `promised` knows and `known` does not, a line each; empty when nothing was forgotten.
[[nodiscard]] std::vector<std::string> forgotten(const Watermark& promised, const Watermark& known);

/// JSON that names the receipt key and is signed with it: the bytes "bangwu-watermark-v1", a line feed and the JSON
/// without the signature.
[[nodiscard]] std::string to_json(const Watermark& watermark, const envelope::SigningKey& receipt_key);
/// Durably, whole or not at all.
[[nodiscard]] base::Result<void> write(const std::filesystem::path& file, const Watermark& watermark,
                                       const envelope::SigningKey& receipt_key);
/// Nothing if there is no file; `corrupt` if it is not as it was signed. One of a receipt key that was replaced since
/// counts, and the log tells.
[[nodiscard]] base::Result<std::optional<Watermark>> read(const std::filesystem::path& file,
                                                          const envelope::VerifyKey& receipt_key);

/// Gives the database its generation if it has none yet, and what it knows then. `conflict` names what `promised` knows
/// and the database has forgotten: nothing is changed then, and nobody may be served.
[[nodiscard]] base::Result<Watermark> begin(store::Store& store, const std::optional<Watermark>& promised,
                                            const base::Uuid& first_generation);

}  // namespace bangwu::watermark
