#include "enrolment/readmission.h"

#include <algorithm>

#include "enrolment/secrets.h"

namespace bangwu::enrolment {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;

Result<store::ReadmissionRow> waiting_one(store::Transaction& transaction, const std::string& kiosk) {
  auto all = transaction.readmissions().all();
  if (!all) return tl::unexpected(all.error());
  std::erase_if(*all, [&](const store::ReadmissionRow& row) { return row.kiosk != kiosk; });
  if (all->empty())
    return fail(ErrorCode::not_found, "no machine asks to be known again as " + kiosk + ": bangwu-central kiosks list");
  const bool are_one =
      std::ranges::all_of(*all, [&](const auto& row) { return row.device_key == all->front().device_key; });
  if (!are_one) {
    return fail(ErrorCode::conflict, "several machines ask to be known again as " + kiosk +
                                         ": enrol the right one with a code, bangwu-central enrol --name");
  }
  return all->front();
}

}  // namespace

Result<bool> ask_to_be_known(store::Store& store, const Forgotten& machine, const envelope::VerifyKey& receipt_key,
                             base::SystemTime now) {
  const auto& receipt = machine.receipt;
  const bool is_ours = !receipt.kiosk.empty() && !machine.token.empty() &&
                       envelope::proves_delivery(receipt, receipt.envelope, receipt.manifest_hash, receipt_key);
  if (!is_ours) return false;
  bool waits = false;
  const auto written = store.write([&](store::Transaction& transaction) -> Result<void> {
    const auto known = transaction.kiosks().by_id(receipt.kiosk);
    if (!known) return tl::unexpected(known.error());
    waits = !*known || !(*known)->revoked_at;
    if (!waits) return {};
    return transaction.readmissions().put({.token_hash = hash_of(machine.token),
                                           .kiosk = receipt.kiosk,
                                           .device_key = envelope::key_to_hex(machine.device_key),
                                           .asked_at = now});
  });
  if (!written) return tl::unexpected(written.error());
  return waits;
}

Result<void> readmit(store::Store& store, const std::string& kiosk, base::SystemTime now, std::string_view actor) {
  return store.write([&](store::Transaction& transaction) -> Result<void> {
    auto& kiosks = transaction.kiosks();
    const auto waiting = waiting_one(transaction, kiosk);
    if (!waiting) return tl::unexpected(waiting.error());
    const auto known = kiosks.by_id(kiosk);
    if (!known) return tl::unexpected(known.error());
    if (*known && (*known)->revoked_at)
      return fail(ErrorCode::conflict, kiosk + " is revoked: " + (*known)->revoked_why);
    auto done = *known
                    ? kiosks.end_keys(kiosk, now, kReplaced)
                    : kiosks.add({.id = kiosk, .name = kiosk, .enrolled_at = now, .revoked_at = {}, .revoked_why = {}});
    if (done) {
      done = kiosks.add_key({.kiosk = kiosk,
                             .device_key = waiting->device_key,
                             .token_hash = waiting->token_hash,
                             .valid_from = now,
                             .ended_at = {},
                             .ended_why = {}});
    }
    if (done) done = transaction.readmissions().remove(kiosk);
    if (done) done = transaction.journal().add(now, actor, "readmitted " + kiosk + ", key " + waiting->device_key);
    return done;
  });
}

}  // namespace bangwu::enrolment
