#include "cases/case_file.h"

#include <algorithm>
#include <charconv>

#include "base/date.h"

namespace bangwu::cases {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;
using domain::cases::Actor;
using domain::cases::Case;
using domain::cases::Command;
using domain::cases::Recorded;

std::string make_number(std::chrono::year_month_day date, std::uint64_t count) {
  std::string day = base::date_text(date);
  std::erase(day, '-');
  std::string digits = std::to_string(count);
  if (digits.size() < 6) digits.insert(0, 6 - digits.size(), '0');
  return "WJ" + day + digits;
}

std::string counter_of(std::chrono::year_month_day day) { return "case/" + base::date_text(day); }

/// The next, or the one that was told: no number up to it is given any more.
Result<std::string> number_for(store::Transaction& transaction, const Origin& origin, std::chrono::year_month_day day) {
  if (origin.number.empty()) {
    const auto count = transaction.numbers().next(counter_of(day));
    if (!count) return tl::unexpected(count.error());
    return make_number(day, *count);
  }
  const std::size_t before = make_number(day, 0).size() - 6;
  std::uint64_t count = 0;
  if (origin.number.size() > before) {
    const char* end = origin.number.data() + origin.number.size();
    if (std::from_chars(origin.number.data() + before, end, count).ptr != end) count = 0;
  }
  if (make_number(day, count) != origin.number)
    return fail(ErrorCode::invalid_input, origin.number + " is no case number of its day");
  if (auto raised = transaction.numbers().raise_floor(counter_of(day), count); !raised)
    return tl::unexpected(raised.error());
  return origin.number;
}

/// A case that goes on: what is known of it, and what is to be appended.
struct Growing {
  std::optional<Case> current;
  std::vector<Recorded> added;
};

Result<void> carry_out(Growing& growing, const Command& command, const Actor& by, base::SystemTime now) {
  const auto decided = domain::cases::decide(growing.current, command, by);
  if (!decided) return fail(ErrorCode::invalid_input, domain::cases::name_of(decided.error()));
  for (const auto& event : *decided) {
    Recorded recorded{domain::cases::kEventVersion, event, now, by};
    growing.current = domain::cases::apply(std::move(growing.current), recorded);
    growing.added.push_back(std::move(recorded));
  }
  return {};
}

/// The links that follow `previous`, from `sequence` on.
std::vector<store::EventRow> links(const std::string& number, std::string previous, std::uint64_t sequence,
                                   const std::vector<Recorded>& events) {
  std::vector<store::EventRow> rows;
  for (const auto& event : events) {
    std::string body = to_json(event);
    previous = chain_hash(previous, body);
    rows.push_back(
        {.case_number = number, .sequence = ++sequence, .body = std::move(body), .hash = previous, .at = event.at});
  }
  return rows;
}

tl::unexpected<base::Error> damaged(const store::CaseRow& row, std::uint64_t event, const std::string& what) {
  return fail(ErrorCode::corrupt, row.number + ", event " + std::to_string(event) + ": " + what);
}

/// One more link of a case that is being read.
Result<void> follow(CaseFile& file, std::optional<Case>& current, const store::EventRow& link) {
  if (link.sequence != file.events.size() + 1) return damaged(file.row, link.sequence, "an event before it is missing");
  const std::string previous = file.hashes.empty() ? chain_start() : file.hashes.back();
  if (link.hash != chain_hash(previous, link.body))
    return damaged(file.row, link.sequence, "its hash does not follow from the events");
  auto event = recorded_from_json(link.body);
  if (!event) return damaged(file.row, link.sequence, event.error().detail);
  if (link.at != event->at) return damaged(file.row, link.sequence, "its row names another time than the event");
  current = domain::cases::apply(std::move(current), *event);
  file.events.push_back(std::move(*event));
  file.hashes.push_back(link.hash);
  return {};
}

/// Appends what the order adds to a case that was just read.
Result<void> append(store::Transaction& transaction, CaseFile& file, const Growing& growing) {
  const std::uint64_t sequence = file.events.size();
  const auto rows = links(file.row.number, file.hashes.back(), sequence, growing.added);
  if (auto added = transaction.cases().append(file.row.number, sequence, rows); !added) return added;
  const std::string state = domain::cases::name_of(growing.current->state);
  if (state != file.row.state) {
    if (auto set = transaction.cases().set_state(file.row.number, state); !set) return set;
  }
  file.row.state = state;
  file.current = *growing.current;
  file.events.insert(file.events.end(), growing.added.begin(), growing.added.end());
  for (const auto& row : rows) file.hashes.push_back(row.hash);
  return {};
}

}  // namespace

Result<Opening> open_case(store::Transaction& transaction, const Origin& origin, const FirstAnswer& answer,
                          base::SystemTime now) {
  Growing growing;
  const Actor applicant = domain::cases::Applicant{}, rule = domain::cases::System{"first_answer"};
  auto done = carry_out(growing, domain::cases::ReceiveApplication{answer.received}, applicant, now);
  for (const auto& note : answer.notes) {
    if (done) done = carry_out(growing, domain::cases::AddNote{note}, rule, now);
  }
  if (!done) return fail(ErrorCode::internal, "a new case refused an order: " + done.error().detail);
  auto number = number_for(transaction, origin, base::china_date(now));
  if (!number) return tl::unexpected(number.error());
  Opening opening{.number = std::move(*number)};
  const auto holder = transaction.cases().by_number(origin.provisional_number);
  if (!holder) return tl::unexpected(holder.error());
  opening.has_provisional_number = !*holder;
  const store::CaseRow row{.number = opening.number,
                           .provisional_number = *holder ? "" : origin.provisional_number,
                           .envelope = origin.envelope,
                           .kiosk = origin.kiosk,
                           .procedure = answer.received.procedure,
                           .state = domain::cases::name_of(growing.current->state),
                           .received_at = now};
  if (auto added = transaction.cases().add(row); !added) return tl::unexpected(added.error());
  const auto rows = links(opening.number, chain_start(), 0, growing.added);
  if (auto added = transaction.cases().append(opening.number, 0, rows); !added) return tl::unexpected(added.error());
  opening.head = rows.back().hash;
  return opening;
}

Result<CaseFile> read_case(store::Transaction& transaction, const store::CaseRow& row) {
  const auto rows = transaction.cases().events(row.number);
  if (!rows) return tl::unexpected(rows.error());
  CaseFile file{row, {}, {}, {}};
  std::optional<Case> current;
  for (const auto& link : *rows) {
    if (auto followed = follow(file, current, link); !followed) return tl::unexpected(followed.error());
  }
  if (!current) return fail(ErrorCode::corrupt, row.number + ": has no events");
  file.current = std::move(*current);
  const bool agrees =
      row.state == domain::cases::name_of(file.current.state) && row.procedure == file.current.procedure;
  if (!agrees) return fail(ErrorCode::corrupt, row.number + ": the case's row does not say what its events say");
  return file;
}

Result<std::optional<CaseFile>> find_case(store::Transaction& transaction, std::string_view number) {
  const auto row = transaction.cases().by_number(number);
  if (!row) return tl::unexpected(row.error());
  if (!*row) return std::nullopt;
  auto file = read_case(transaction, **row);
  if (!file) return tl::unexpected(file.error());
  return std::optional(std::move(*file));
}

Result<void> leave_out_numbers(store::Transaction& transaction, base::SystemTime now) {
  constexpr std::uint64_t kMostInASecond = 10;
  constexpr std::chrono::hours kHallOffset{8};  // China Standard Time
  const auto in_hall = now.time_since_epoch() + kHallOffset;
  const auto second = std::chrono::duration_cast<std::chrono::seconds>(in_hall % std::chrono::days(1)).count() + 1;
  return transaction.numbers().raise_floor(counter_of(base::china_date(now)),
                                           kMostInASecond * static_cast<std::uint64_t>(second));
}

Result<CaseFile> act(store::Store& store, std::string_view number, const Command& command, const Actor& by,
                     base::SystemTime now, std::optional<Seen> seen) {
  std::optional<CaseFile> file;
  const auto written = store.write([&](store::Transaction& transaction) -> Result<void> {
    auto found = find_case(transaction, number);
    if (!found) return tl::unexpected(found.error());
    if (!*found) return fail(ErrorCode::not_found, "there is no case " + std::string(number));
    file = std::move(**found);
    if (seen && seen->events != file->events.size())
      return fail(ErrorCode::conflict, file->row.number + ": something happened to the case since it was read");
    Growing growing{file->current, {}};
    if (auto done = carry_out(growing, command, by, now); !done) return done;
    return append(transaction, *file, growing);
  });
  if (!written) return tl::unexpected(written.error());
  return std::move(*file);
}

}  // namespace bangwu::cases
