#include <algorithm>
#include <iostream>
#include <map>

#include "base/date.h"
#include "commands/commands.h"
#include "commands/find_one.h"
#include "commands/for_staff.h"
#include "commands/knowledge.h"
#include "commands/words.h"
#include "domain/lookup_secret.h"
#include "domain/rating.h"
#include "envelope/provisional_number.h"
#include "json/text.h"

namespace bangwu::commands {
namespace {

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

std::string answer_of(const domain::Field& field, const std::string& value) {
  if (field.kind == domain::FieldKind::yes_no) return value == "yes" ? "是" : "否";
  const auto chosen = std::ranges::find(field.choices, value, &domain::Choice::value);
  return chosen == field.choices.end() ? value : chosen->label;
}

void print_person(const char* what, const domain::Person& person) {
  std::cout << what << "  " << person.name << "  " << words_of(person.id_kind) << " " << person.id_number << "\n";
}

void print_row(const domain::Field& field, const domain::Row& row) {
  std::cout << "   ";
  for (const auto& column : field.columns) {
    const auto value = row.find(column.id);
    if (value != row.end()) std::cout << " " << column.label << " " << answer_of(column, value->second) << ";";
  }
  std::cout << "\n";
}

/// In the form's order.
void print_form(const domain::Answers& answers, const std::vector<domain::Field>& form) {
  for (const auto& field : form) {
    const auto value = answers.values.find(field.id);
    if (value != answers.values.end())
      std::cout << "  " << field.label << "  " << answer_of(field, value->second) << "\n";
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

std::string lacking(const Labels& labels, const domain::Lack& lack) {
  return lack.what == domain::Lack::What::part ? words_of_part(lack.id) : label(labels, lack.id);
}

constexpr const char* kMisdated = "当时中心时钟有误，到达时间、编号日期和时限以窗口核定为准";

void print_state(const FoundCase& found, const Labels& labels) {
  const auto& file = found.proven.file;
  const domain::cases::Case& current = file.current;
  std::cout << "number       " << file.row.number << "  (" << envelope::provisional_number(found.proven.source.envelope)
            << ")\n"
            << "lookup code  " << domain::group_lookup_secret(found.proven.source.opened->lookup_secret) << "\n"
            << "procedure    " << current.procedure << "  " << current.procedure_name << "\n"
            << "state        " << words_of(current.state) << "\n"
            << "handed in    " << base::to_hall_time(found.proven.source.envelope.created_at) << "\n"
            << "arrived      " << base::to_hall_time(file.row.received_at) << "\n"
            << (found.is_misdated ? std::string("note         ") + kMisdated + "\n" : "") << "limits from  "
            << base::date_text(current.received_on) << "\n";
  if (current.due)
    std::cout << "due          " << base::date_text(*current.due)
              << (current.due_is_provisional ? "  (暂定：当年放假安排未公布)" : "") << "\n";
  for (const auto& lack : current.lacks)
    std::cout << "lacks        " << lacking(labels, lack) << "  " << words_of(lack.problem) << "\n";
  for (const auto& note : current.notes)
    std::cout << "note         " << words_of(note.topic) << "  " << note.about << "\n";
}

void print_text(const FoundCase& found, const std::vector<evidence::ProvenRating>& ratings,
                const std::optional<domain::Procedure>& procedure) {
  const Labels labels = labels_of(procedure);
  const domain::Application& application = found.application();
  print_state(found, labels);
  std::cout << "applicant    " << words_of(application.applicant.kind) << "\n";
  print_person("           ", application.applicant.identity);
  if (application.applicant.agent) print_person("agent      ", *application.applicant.agent);
  for (const auto& number : application.printed_so)
    std::cout << "check        " << number << "  校验位不符，申请人确认证件上就是这个号码，请对照证件核对\n";
  std::cout << "pickup       " << application.pickup << "\n";
  if (procedure) print_form(application.answers, procedure->form);
  else print_values(application.answers);
  for (const auto& handed_in : application.materials)
    std::cout << "  " << label(labels, handed_in.material) << "  " << handed_in.pages.size() << " 页\n";
  for (const auto& each : ratings) {
    if (!each.source.opened) continue;
    const auto& rating = std::get<domain::Rating>(each.source.opened->body);
    std::cout << "rating       " << words_of(domain::instrument_of(rating.level)) << "  "
              << domain::chinese_name_of(rating.level) << (each.row.is_bad ? "  差评" : "");
    if (!rating.reasons.empty()) std::cout << "  原因：" << words_of_reasons(rating);
    std::cout << "\n";
  }
}

/// What was written by json::write().
json::Value written(const std::string& text) { return json::parse(text).value_or(json::Value()); }

void print_json(const FoundCase& found, const std::vector<evidence::ProvenRating>& ratings) {
  const auto& [file, source] = found.proven;
  auto events = json::Value::array();
  for (const auto& event : file.events) events.push_back(written(cases::to_json(event)));
  auto rated = json::Value::array();
  for (const auto& rating : ratings) {
    if (rating.source.opened) rated.push_back(written(rating.source.opened->json));
  }
  const json::Value shown{{"case_number", file.row.number},
                          {"provisional_number", envelope::provisional_number(source.envelope)},
                          {"state", domain::cases::name_of(file.current.state)},
                          {"handed_in_at", base::to_hall_time(source.envelope.created_at)},
                          {"received_at", base::to_hall_time(file.row.received_at)},
                          {"is_misdated", found.is_misdated},
                          {"kiosk", file.row.kiosk},
                          {"envelope", file.row.envelope},
                          {"receipt", written(source.row.receipt)},
                          {"events", std::move(events)},
                          {"application", written(source.opened->json)},
                          {"ratings", std::move(rated)}};
  std::cout << json::write(shown, json::Layout::indented) << "\n";
}

base::Result<std::vector<evidence::ProvenRating>> ratings_of(const DataFolder& data, const std::string& number) {
  std::vector<evidence::ProvenRating> ratings;
  const auto read = data.store->read([&](store::Transaction& transaction) -> base::Result<void> {
    ratings.clear();
    const auto all = transaction.ratings().all();
    if (!all) return tl::unexpected(all.error());
    for (const auto& row : *all) {
      if (row.case_number != number) continue;
      auto proven = evidence::prove_rating(transaction, row, data.keys());
      if (!proven) return tl::unexpected(proven.error());
      ratings.push_back(std::move(*proven));
    }
    return {};
  });
  if (!read) return tl::unexpected(read.error());
  return ratings;
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
  auto data = open_for_staff(arguments);
  if (!data) return complain(data.error());
  const auto found = find_one(*data, arguments.operands[0]);
  if (!found) return complain_of(found.error());
  const auto ratings = ratings_of(*data, found->proven.file.row.number);
  if (!ratings) return complain_of(ratings.error());
  if (arguments.json) print_json(*found, *ratings);
  else print_text(*found, *ratings, domain::procedure_for(knowledge.catalogue, found->proven.file.current.procedure));
  return Exit::ok;
}

}  // namespace bangwu::commands
