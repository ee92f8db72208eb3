#include <functional>
#include <iostream>

#include "base/printable.h"
#include "commands/commands.h"
#include "commands/data_folder.h"
#include "json/text.h"

namespace bangwu::commands {
namespace {

using base::Result;

constexpr std::size_t kLongestWords = 200;

std::string state_of(const store::KioskRow& kiosk) {
  if (!kiosk.revoked_at) return "in use";
  return "revoked " + base::to_rfc3339(*kiosk.revoked_at) + ": " + base::printable(kiosk.revoked_why);
}

/// One change to a kiosk that must be there; `told` when it is done.
Exit change(const Arguments& arguments, const std::function<Result<void>(store::Kiosks&, const store::KioskRow&)>& make,
            const std::string& told) {
  const std::string& id = arguments.operands[0];
  auto data = open_data_folder(arguments, store::OpenMode::existing);
  if (!data) return complain(Exit::store, data.error().detail);
  const auto written = data->store->write([&](store::Transaction& transaction) -> Result<void> {
    const auto row = transaction.kiosks().by_id(id);
    if (!row) return tl::unexpected(row.error());
    if (!*row) {
      return base::fail(base::ErrorCode::not_found, "no kiosk has the id " + id + ": bangwu-central kiosks list");
    }
    return make(transaction.kiosks(), **row);
  });
  if (!written && written.error().code == base::ErrorCode::not_found) {
    return complain(Exit::failed, written.error().detail);
  }
  if (!written) return complain(Exit::store, written.error().detail);
  std::cout << id << " " << told << "\n";
  return Exit::ok;
}

}  // namespace

Exit list_kiosks(const Arguments& arguments) {
  auto data = open_data_folder(arguments, store::OpenMode::existing);
  if (!data) return complain(Exit::store, data.error().detail);
  std::vector<store::KioskRow> kiosks;
  const auto read = data->store->read([&](store::Transaction& transaction) -> Result<void> {
    auto all = transaction.kiosks().all();
    if (!all) return tl::unexpected(all.error());
    kiosks = std::move(*all);
    return {};
  });
  if (!read) return complain(Exit::store, read.error().detail);
  if (arguments.json) {
    auto list = json::Value::array();
    for (const auto& kiosk : kiosks) {
      json::Value row{{"id", kiosk.id}, {"name", kiosk.name}, {"enrolled_at", base::to_rfc3339(kiosk.enrolled_at)}};
      if (kiosk.revoked_at) row["revoked_at"] = base::to_rfc3339(*kiosk.revoked_at);
      if (kiosk.revoked_at) row["revoked_why"] = kiosk.revoked_why;
      list.push_back(std::move(row));
    }
    std::cout << json::write(list, json::Layout::indented) << "\n";
    return Exit::ok;
  }
  for (const auto& kiosk : kiosks) {
    std::cout << kiosk.id << "  " << base::printable(kiosk.name) << "  since " << base::to_rfc3339(kiosk.enrolled_at)
              << "  " << state_of(kiosk) << "\n";
  }
  std::cout << kiosks.size() << " kiosks\n";
  return Exit::ok;
}

Exit revoke_kiosk(const Arguments& arguments) {
  if (arguments.because.empty() || arguments.because.size() > kLongestWords) {
    return complain(Exit::usage, "--because WORDS is missing, or too long: the machine shows them to staff");
  }
  const auto now = base::RealClock{}.now();
  return change(
      arguments,
      [&](store::Kiosks& kiosks, const store::KioskRow& row) { return kiosks.revoke(row.id, now, arguments.because); },
      "is revoked: nothing of it is taken any more. A code made for it lets it in again (enrol --kiosk)");
}

Exit rename_kiosk(const Arguments& arguments) {
  const std::string& name = arguments.operands[1];
  if (name.empty() || name.size() > kLongestWords) return complain(Exit::usage, "a name has 1 to 200 bytes");
  return change(
      arguments, [&](store::Kiosks& kiosks, const store::KioskRow& row) { return kiosks.rename(row.id, name); },
      "is called " + base::printable(name) + "; its own screen says so after it enrols again");
}

}  // namespace bangwu::commands
