#include <functional>
#include <iostream>

#include "base/printable.h"
#include "commands/commands.h"
#include "commands/for_staff.h"
#include "enrolment/readmission.h"
#include "json/text.h"

namespace bangwu::commands {
namespace {

using base::Result;

constexpr std::size_t kLongestWords = 200;

/// A kiosk, and when two machines were last seen at work under its identity.
struct Listed {
  store::KioskRow kiosk;
  std::optional<base::SystemTime> twin_seen_at;
};
struct Lists {
  std::vector<Listed> kiosks;
  std::vector<store::ReadmissionRow> waiting;
};

std::string state_of(const Listed& listed) {
  const auto& kiosk = listed.kiosk;
  if (!kiosk.revoked_at && listed.twin_seen_at)
    return "TWO MACHINES under this identity, last seen " + base::to_rfc3339(*listed.twin_seen_at) +
           ": on the copy, bangwu-kiosk enrol --as-another";
  if (!kiosk.revoked_at) return "in use";
  return "revoked " + base::to_rfc3339(*kiosk.revoked_at) + ": " + base::printable(kiosk.revoked_why);
}

/// One change to a kiosk that must be there; `told` when it is done.
Exit change(const Arguments& arguments, const std::function<Result<void>(store::Kiosks&, const store::KioskRow&)>& make,
            const std::string& told) {
  const std::string& id = arguments.operands[0];
  auto data = open_for_staff(arguments);
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

Result<Lists> read_lists(const DataFolder& data) {
  Lists lists;
  const auto read = data.store->read([&](store::Transaction& transaction) -> Result<void> {
    lists = {};
    const auto all = transaction.kiosks().all();
    if (!all) return tl::unexpected(all.error());
    for (const auto& kiosk : *all) {
      const auto seen = transaction.kiosk_runs().twin_seen_at(kiosk.id);
      if (!seen) return tl::unexpected(seen.error());
      lists.kiosks.push_back({kiosk, *seen});
    }
    auto waiting = transaction.readmissions().all();
    if (!waiting) return tl::unexpected(waiting.error());
    lists.waiting = std::move(*waiting);
    return {};
  });
  if (!read) return tl::unexpected(read.error());
  return lists;
}

json::Value to_value(const Listed& listed) {
  const auto& kiosk = listed.kiosk;
  json::Value row{{"id", kiosk.id}, {"name", kiosk.name}, {"enrolled_at", base::to_rfc3339(kiosk.enrolled_at)}};
  if (kiosk.revoked_at) row["revoked_at"] = base::to_rfc3339(*kiosk.revoked_at);
  if (kiosk.revoked_at) row["revoked_why"] = kiosk.revoked_why;
  if (listed.twin_seen_at) row["twin_seen_at"] = base::to_rfc3339(*listed.twin_seen_at);
  return row;
}

void print(const Lists& lists) {
  for (const auto& listed : lists.kiosks) {
    std::cout << listed.kiosk.id << "  " << base::printable(listed.kiosk.name) << "  since "
              << base::to_rfc3339(listed.kiosk.enrolled_at) << "  " << state_of(listed) << "\n";
  }
  for (const auto& waiting : lists.waiting) {
    std::cout << waiting.kiosk << "  asks to be known again since " << base::to_rfc3339(waiting.asked_at)
              << ", with a receipt of this service: if it was not revoked, bangwu-central kiosks readmit "
              << waiting.kiosk << "\n";
  }
  std::cout << lists.kiosks.size() << " kiosks\n";
}

}  // namespace

Exit list_kiosks(const Arguments& arguments) {
  auto data = open_for_staff(arguments);
  if (!data) return complain(Exit::store, data.error().detail);
  const auto lists = read_lists(*data);
  if (!lists) return complain(Exit::store, lists.error().detail);
  if (!arguments.json) {
    print(*lists);
    return Exit::ok;
  }
  auto list = json::Value::array();
  for (const auto& listed : lists->kiosks) list.push_back(to_value(listed));
  for (const auto& waiting : lists->waiting)
    list.push_back(json::Value{{"id", waiting.kiosk}, {"asks_to_be_known_since", base::to_rfc3339(waiting.asked_at)}});
  std::cout << json::write(list, json::Layout::indented) << "\n";
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

Exit readmit_kiosk(const Arguments& arguments) {
  const std::string& id = arguments.operands[0];
  auto data = open_for_staff(arguments);
  if (!data) return complain(Exit::store, data.error().detail);
  const auto done = enrolment::readmit(*data->store, id, base::RealClock{}.now(), operator_name());
  if (done) {
    std::cout << id << " is known again; what it holds comes by itself\n";
    return Exit::ok;
  }
  const bool is_about_the_kiosk =
      done.error().code == base::ErrorCode::not_found || done.error().code == base::ErrorCode::conflict;
  return complain(is_about_the_kiosk ? Exit::failed : Exit::store, done.error().detail);
}

}  // namespace bangwu::commands
