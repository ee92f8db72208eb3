#include <algorithm>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "base/date.h"
#include "commands/commands.h"
#include "commands/knowledge.h"
#include "commands/open_case.h"
#include "domain/rating.h"
#include "envelope/receipt.h"

namespace bangwu::commands {
namespace {

using nlohmann::json;

/// What the form calls its fields, columns and materials; without a procedure their ids.
using Labels = std::map<std::string, std::string>;

Labels labels_of(const std::optional<domain::Procedure>& procedure) {
  Labels labels;
  if (!procedure) return labels;
  for (const auto& field : procedure->form) {
    labels[field.id] = field.label;
    for (const auto& column : field.columns) labels[field.id + "." + column.id] = column.label;
  }
  for (const auto& material : procedure->materials) labels[material.id] = material.name;
  return labels;
}

const std::string& label(const Labels& labels, const std::string& id) {
  const auto found = labels.find(id);
  return found == labels.end() ? id : found->second;
}

std::string words_of(const domain::Field& field, const std::string& value) {
  if (field.kind == domain::FieldKind::yes_no) return value == "yes" ? "是" : "否";
  const auto chosen = std::ranges::find(field.choices, value, &domain::Choice::value);
  return chosen == field.choices.end() ? value : chosen->label;
}

void print_person(const char* what, const domain::Person& person) {
  std::cout << what << "  " << person.name << "  " << domain::name_of(person.id_kind) << " " << person.id_number
            << "\n";
}

void print_row(const domain::Field& field, const domain::Row& row) {
  std::cout << "   ";
  for (const auto& column : field.columns) {
    const auto value = row.find(column.id);
    if (value != row.end()) std::cout << " " << column.label << " " << words_of(column, value->second) << ";";
  }
  std::cout << "\n";
}

/// In the form's order.
void print_form(const domain::Answers& answers, const std::vector<domain::Field>& form) {
  for (const auto& field : form) {
    const auto value = answers.values.find(field.id);
    if (value != answers.values.end())
      std::cout << "  " << field.label << "  " << words_of(field, value->second) << "\n";
    const auto rows = answers.rows.find(field.id);
    if (rows == answers.rows.end()) continue;
    std::cout << "  " << field.label << "\n";
    for (const auto& row : rows->second) print_row(field, row);
  }
}

/// Without the form: as they were sent.
void print_values(const domain::Answers& answers) {
  for (const auto& [id, value] : answers.values) std::cout << "  " << id << "  " << value << "\n";
  for (const auto& [id, rows] : answers.rows) {
    for (const auto& row : rows) {
      std::cout << "  " << id;
      for (const auto& [column, value] : row) std::cout << "  " << column << " " << value << ";";
      std::cout << "\n";
    }
  }
}

struct RatingOfCase {
  store::RatingRow row;
  std::string json;  ///< as it came
};

base::Result<std::vector<RatingOfCase>> ratings_of(store::Transaction& transaction, const envelope::UnsealingKey& key,
                                                   const std::string& number) {
  const auto all = transaction.ratings().all();
  if (!all) return tl::unexpected(all.error());
  std::vector<RatingOfCase> ratings;
  for (const auto& row : *all) {
    if (row.case_number != number) continue;
    const auto envelope = transaction.envelopes().find(row.envelope);
    if (!envelope) return tl::unexpected(envelope.error());
    if (!*envelope) return base::fail(base::ErrorCode::corrupt, "rating " + row.envelope + ": its envelope is missing");
    auto opened = ingest::open_row(**envelope, key);
    if (!opened) return tl::unexpected(opened.error());
    ratings.push_back({row, std::move(opened->json)});
  }
  return ratings;
}

void print_text(const OpenedCase& opened, const std::vector<RatingOfCase>& ratings,
                const std::optional<domain::Procedure>& procedure) {
  const domain::Case& current = opened.file.current;
  const Labels labels = labels_of(procedure);
  std::cout << "number       " << opened.file.row.number << "  (" << opened.file.row.provisional_number << ")\n"
            << "procedure    " << current.procedure << "  " << current.procedure_name << "\n"
            << "state        " << domain::name_of(current.state) << "\n"
            << "received on  " << base::date_text(current.received_on) << "\n";
  if (current.due)
    std::cout << "due          " << base::date_text(*current.due) << (current.due_is_provisional ? "  provisional" : "")
              << "\n";
  for (const auto& lack : current.lacks) {
    std::cout << "lacks        " << label(labels, lack.id) << "  " << envelope::name_of(lack.problem) << "\n";
  }
  for (const auto& note : current.notes)
    std::cout << "note         " << domain::name_of(note.topic) << "  " << note.about << "\n";
  print_person("applicant  ", opened.application.applicant.identity);
  if (opened.application.applicant.agent) print_person("agent      ", *opened.application.applicant.agent);
  std::cout << "pickup       " << opened.application.pickup << "\n";
  if (procedure) print_form(opened.application.answers, procedure->form);
  else print_values(opened.application.answers);
  for (const auto& handed_in : opened.application.materials) {
    std::cout << "  " << label(labels, handed_in.material) << "  " << handed_in.pages.size() << " 页\n";
  }
  for (const auto& rating : ratings) {
    std::cout << "rating       " << rating.row.instrument << " " << rating.row.level
              << (rating.row.is_bad ? "  差评" : "") << "\n";
  }
}

void print_json(const OpenedCase& opened, const std::vector<RatingOfCase>& ratings) {
  auto events = json::array();
  for (const auto& event : opened.file.events) events.push_back(json::parse(cases::to_json(event)));
  auto rated = json::array();
  for (const auto& rating : ratings) rated.push_back(json::parse(rating.json));
  const json shown{{"case_number", opened.file.row.number},
                   {"provisional_number", opened.file.row.provisional_number},
                   {"state", domain::name_of(opened.file.current.state)},
                   {"kiosk", opened.file.row.kiosk},
                   {"envelope", opened.file.row.envelope},
                   {"receipt", json::parse(opened.envelope.receipt)},
                   {"events", std::move(events)},
                   {"application", json::parse(opened.json)},
                   {"ratings", std::move(rated)}};
  std::cout << shown.dump(2) << "\n";
}

}  // namespace

Exit show_case(const Arguments& arguments) {
  Knowledge knowledge;
  if (arguments.config) {
    const auto settings = settings::read_settings(*arguments.config);
    if (!settings) return complain(Exit::configuration, settings.error().detail);
    std::string problems;
    knowledge = load_knowledge(*settings, problems);
  }
  auto data = open_data_folder(*arguments.data, store::OpenMode::existing);
  if (!data) return complain(Exit::store, data.error().detail);
  std::optional<OpenedCase> opened;
  std::vector<RatingOfCase> ratings;
  const auto read = data->store->read([&](store::Transaction& transaction) -> base::Result<void> {
    auto found = open_case(transaction, data->unsealing_key, arguments.operands[0]);
    if (!found) return tl::unexpected(found.error());
    opened = std::move(*found);
    if (!opened) return {};
    auto rated = ratings_of(transaction, data->unsealing_key, opened->file.row.number);
    if (!rated) return tl::unexpected(rated.error());
    ratings = std::move(*rated);
    return {};
  });
  if (!read) return complain(Exit::store, read.error().detail);
  if (!opened) return complain(Exit::failed, "there is no case " + arguments.operands[0]);
  if (arguments.json) print_json(*opened, ratings);
  else print_text(*opened, ratings, domain::procedure_for(knowledge.catalogue, opened->file.current.procedure));
  return Exit::ok;
}

}  // namespace bangwu::commands
