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

}  // namespace

Result<void> Outbox::Store::set_aside(std::int64_t number, std::string_view why) {
  base::log(base::LogLevel::error, "outbox.item_unreadable",
            {{"number", std::to_string(number)}, {"detail", std::string(why)}});
  const auto changed = database.prepare(kSetAside).bind(number).run();
  if (!changed && changed.error().code != ErrorCode::corrupt) return tl::unexpected(changed.error());
  if (!changed || *changed == 0) pass_over(number);
  // Its own id may be what is damaged.
  if (auto unblocked = unblock_orphans(); !unblocked && unblocked.error().code != ErrorCode::corrupt) return unblocked;
  return {};
}

void Outbox::Store::pass_over(std::int64_t number) {
  beyond_help.insert(number);
  base::log(base::LogLevel::error, "outbox.item_passed_over",
            {{"number", std::to_string(number)}, {"what_to_do", "copy the data folder away and check the disk"}});
}

Result<void> Outbox::Store::unblock_orphans() {
  const auto unblocked = database.prepare(kUnblockOrphans).run();
  if (!unblocked) return tl::unexpected(unblocked.error());
  return {};
}

}  // namespace bangwu::outbox
