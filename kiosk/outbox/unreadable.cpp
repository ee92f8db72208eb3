#include "base/log.h"
#include "outbox/store.h"

namespace bangwu::outbox {
using base::ErrorCode;
using base::Result;

namespace {

constexpr const char* kSetAside =
    "UPDATE items SET state = 3, due_at = 0, is_blocked = 0, reason = 17, lease_token = lease_token + 1 "
    "WHERE number = ?";
static_assert(stored(Reason::unreadable) == 17);
// Its own id may be what is damaged: whatever waits for something that is not on its way waits no longer.
constexpr const char* kUnblockOrphans =
    "UPDATE items SET is_blocked = 0 WHERE is_blocked = 1 AND NOT EXISTS "
    "(SELECT 1 FROM items AS needed WHERE needed.id = items.depends_on AND needed.state < 3)";

}  // namespace

Result<void> Outbox::Store::set_aside(std::int64_t number, std::string_view why) {
  base::log(base::LogLevel::error, "outbox.item_unreadable",
            {{"number", std::to_string(number)}, {"detail", std::string(why)}});
  for (const auto& changed :
       {database.prepare(kSetAside).bind(number).run(), database.prepare(kUnblockOrphans).run()}) {
    if (changed) continue;
    if (changed.error().code != ErrorCode::corrupt) return tl::unexpected(changed.error());
    beyond_help.insert(number);
  }
  return {};
}

}  // namespace bangwu::outbox
