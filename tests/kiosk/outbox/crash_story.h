#pragma once
#include <filesystem>
#include <functional>
#include <string>

#include "envelope/keys.h"
#include "envelope/receipt.h"
#include "outbox/outbox.h"

namespace bangwu::outbox {

/// A day of a kiosk, the same each time it is told: four envelopes are accepted, two of them with a page in common and
/// one after another; the first is uploaded in part, put off and tried again, the second dies and is retried; three
/// are delivered, the fourth is still here in the evening. It may be told again from wherever it was cut off.
inline constexpr int kItems = 4;
inline constexpr int kStaysUndelivered = 4;

/// Called when the outbox has promised something: "accepted 1", "uploaded 1", "delivered 3", or could not: "full".
using Report = std::function<void(const std::string& line)>;

struct Keys {
  envelope::SigningKey device, central;
};

[[nodiscard]] base::Result<Outbox> open_for_story(const std::filesystem::path& root, const Keys& keys);
[[nodiscard]] base::Result<blobs::BlobStore> open_blobs(const std::filesystem::path& root);

[[nodiscard]] base::Uuid story_id(int item);
/// The pages of an item, as bytes.
[[nodiscard]] std::vector<base::Bytes> story_pages(int item);
[[nodiscard]] envelope::Receipt story_receipt(const base::Uuid& id, const std::string& manifest_hash, const Keys& keys);

/// Goes on after a full disk, ends at any other error.
[[nodiscard]] base::Result<void> tell_story(const std::filesystem::path& root, const Keys& keys, const Report& report);

}  // namespace bangwu::outbox
