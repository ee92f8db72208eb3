#pragma once
// Private to this room: statements that more than one file runs.

namespace bangwu::outbox {

/// Nothing of an item's content stays; its line does.
inline constexpr const char* kDropPayload = "DELETE FROM payloads WHERE item = ?";
inline constexpr const char* kDropAttachments = "DELETE FROM attachments WHERE item = ?";
/// None of an item's uploads is known to the service, or to this kiosk any more.
inline constexpr const char* kStartUploadsAnew =
    "UPDATE attachments SET upload_url = '', is_complete = 0 WHERE item = ?";
/// What waited for an item of this id waits no longer.
inline constexpr const char* kUnblockDependants =
    "UPDATE items SET is_blocked = 0 WHERE is_blocked = 1 AND depends_on = ?";
/// A row if any item has such an attachment.
inline constexpr const char* kIsUsed = "SELECT 1 FROM attachments WHERE sha256 = ? LIMIT 1";

}  // namespace bangwu::outbox
