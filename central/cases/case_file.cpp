#include "cases/case_file.h"

#include <algorithm>

#include "base/date.h"

namespace bangwu::cases {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;

std::string make_number(std::chrono::year_month_day date, std::uint64_t count) {
  std::string day = base::date_text(date);
  std::erase(day, '-');
  std::string digits = std::to_string(count);
  if (digits.size() < 6) digits.insert(0, 6 - digits.size(), '0');
  return "WJ" + day + digits;
}

/// Adds the order's events behind `file`; the row is the caller's.
Result<void> carry_out(const domain::CaseCommand& command, base::SystemTime now, std::optional<domain::Case>& current,
                       std::vector<DatedEvent>& events) {
  const auto decided = domain::decide(current, command);
  if (!decided)
    return fail(ErrorCode::internal, std::string("a case refused an order: ") + domain::name_of(decided.error()));
  for (const auto& event : *decided) {
    current = domain::apply(std::move(current), event, now);
    events.push_back({event, now});
  }
  return {};
}

std::vector<store::EventRow> chain_of(const std::string& number, const std::vector<DatedEvent>& events) {
  std::vector<store::EventRow> rows;
  std::string previous = chain_start();
  for (const auto& event : events) {
    std::string body = to_json(event);
    previous = chain_hash(previous, body);
    rows.push_back({.case_number = number,
                    .sequence = rows.size() + 1,
                    .body = std::move(body),
                    .hash = previous,
                    .at = event.at});
  }
  return rows;
}

Result<CaseFile> read_case(store::Cases& cases, const store::CaseRow& row) {
  const auto rows = cases.events(row.number);
  if (!rows) return tl::unexpected(rows.error());
  CaseFile file{row, {}, {}};
  std::optional<domain::Case> current;
  for (const auto& event_row : *rows) {
    auto event = event_from_json(event_row.body);
    if (!event)
      return fail(ErrorCode::corrupt, row.number + ", event " + std::to_string(event_row.sequence) + ": does not read");
    current = domain::apply(std::move(current), event->event, event->at);
    file.events.push_back(std::move(*event));
  }
  if (!current) return fail(ErrorCode::corrupt, row.number + ": has no events");
  file.current = std::move(*current);
  return file;
}

}  // namespace

Result<std::string> open_case(store::Transaction& transaction, const Origin& origin, const FirstAnswer& answer,
                              base::SystemTime now) {
  std::optional<domain::Case> current;
  std::vector<DatedEvent> events;
  if (auto done = carry_out(domain::ReceiveApplication{answer.received}, now, current, events); !done)
    return tl::unexpected(done.error());
  for (const auto& note : answer.notes) {
    if (auto done = carry_out(domain::AddNote{note}, now, current, events); !done) return tl::unexpected(done.error());
  }
  const std::string day = base::date_text(answer.received.received_on);
  const auto count = transaction.numbers().next("case/" + day);
  if (!count) return tl::unexpected(count.error());
  const std::string number = make_number(answer.received.received_on, *count);
  const auto holder = transaction.cases().by_number(origin.provisional_number);
  if (!holder) return tl::unexpected(holder.error());
  const store::CaseRow row{.number = number,
                           .provisional_number = *holder ? "" : origin.provisional_number,
                           .envelope = origin.envelope,
                           .kiosk = origin.kiosk,
                           .procedure = answer.received.procedure,
                           .state = domain::name_of(current->state),
                           .received_at = now};
  if (auto added = transaction.cases().add(row); !added) return tl::unexpected(added.error());
  if (auto added = transaction.cases().append(number, 0, chain_of(number, events)); !added)
    return tl::unexpected(added.error());
  return number;
}

Result<std::optional<CaseFile>> find_case(store::Cases& cases, std::string_view number) {
  const auto row = cases.by_number(number);
  if (!row) return tl::unexpected(row.error());
  if (!*row) return std::nullopt;
  auto file = read_case(cases, **row);
  if (!file) return tl::unexpected(file.error());
  return std::optional(std::move(*file));
}

Result<void> check_case(store::Cases& cases, const store::CaseRow& row) {
  const auto rows = cases.events(row.number);
  if (!rows) return tl::unexpected(rows.error());
  std::string previous = chain_start();
  std::uint64_t sequence = 0;
  for (const auto& event : *rows) {
    const std::string place = row.number + ", event " + std::to_string(event.sequence);
    if (event.sequence != ++sequence) return fail(ErrorCode::corrupt, place + ": an event before it is missing");
    previous = chain_hash(previous, event.body);
    if (event.hash != previous) return fail(ErrorCode::corrupt, place + ": its hash does not follow from the events");
  }
  const auto file = read_case(cases, row);
  if (!file) return tl::unexpected(file.error());
  const bool agrees = row.state == domain::name_of(file->current.state) && row.procedure == file->current.procedure;
  if (!agrees) return fail(ErrorCode::corrupt, row.number + ": the case's row does not say what its events say");
  return {};
}

}  // namespace bangwu::cases
