#include "envelope/bodies.h"

#include <array>

#include "base/names.h"
#include "json/members.h"

namespace bangwu::envelope {
namespace {

using domain::ApplicantKind;
using domain::Application;
using domain::IdKind;
using domain::Rating;
using domain::RatingLevel;
using json::Fault;
using json::Members;
using json::Presence;
using json::Value;

constexpr std::size_t kLongest = 16U << 10;  // bytes of one text; the form's own limits are domain::assess's business
constexpr std::size_t kMostRows = 1000;
constexpr std::size_t kMostPages = 2000;
constexpr std::size_t kMostStrokes = 5000;
constexpr std::size_t kMostPoints = 50000;
constexpr std::size_t kLargestDocument = 4U << 20;

std::string place(const Members& members, const char* key, std::size_t index) {
  return members.at(key) + "[" + std::to_string(index) + "]";
}

Value to_value(const domain::Person& person) {
  return {{"id_kind", domain::name_of(person.id_kind)}, {"id_number", person.id_number}, {"name", person.name}};
}

domain::Person read_person(Members members) {
  domain::Person person;
  person.id_kind = members.one_of("id_kind", base::by_name<IdKind::uscc>());
  person.id_number = members.text("id_number", {0, 64});
  person.name = members.text("name", {0, kLongest});
  members.finish();
  return person;
}

Value to_value(const domain::Applicant& applicant) {
  Value value{{"kind", domain::name_of(applicant.kind)}, {"identity", to_value(applicant.identity)}};
  if (applicant.agent) value["agent"] = to_value(*applicant.agent);
  return value;
}

domain::Applicant read_applicant(Members members) {
  domain::Applicant applicant;
  applicant.kind = members.one_of("kind", base::by_name<ApplicantKind::other_organisation>());
  applicant.identity = read_person(members.object("identity"));
  if (members.has("agent")) applicant.agent = read_person(members.object("agent"));
  members.finish();
  return applicant;
}

std::map<std::string, std::string> read_map(const Value& object, const std::string& where, Fault& fault) {
  std::map<std::string, std::string> map;
  if (!object.is_object()) fault.note(where, "must be an object");
  else if (object.members().size() > kMostRows) fault.note(where, "has too many members");
  if (fault.is_noted()) return map;
  for (const auto& [key, value] : object.members()) {
    const std::string* text = value.text();
    if (text != nullptr && text->size() <= kLongest && key.size() <= 200) map.emplace(key, *text);
    else fault.note(where, "must map short names to texts");
  }
  return map;
}

domain::Answers read_answers(Members members) {
  domain::Answers answers;
  answers.values = read_map(members.any_object("values"), members.at("values"), members.fault());
  for (const auto& [field, rows] : members.any_object("rows").members()) {
    if (!rows.is_array() || rows.elements().size() > kMostRows || field.size() > 200) {
      members.fault().note(members.at("rows"), "must map short names to lists of rows");
      break;
    }
    auto& list = answers.rows[field];
    for (const auto& row : rows.elements()) list.push_back(read_map(row, members.at("rows") + "[]", members.fault()));
  }
  members.finish();
  return answers;
}

Value to_value(const std::vector<domain::HandedIn>& materials) {
  Value list = Value::array();
  for (const auto& handed_in : materials) {
    Value pages = Value::array();
    for (const auto& page : handed_in.pages) {
      pages.push_back(
          {{"sha256", page.sha256}, {"media_type", page.media_type}, {"quarter_turns", page.quarter_turns}});
    }
    list.push_back({{"material", handed_in.material}, {"pages", std::move(pages)}});
  }
  return list;
}

domain::HandedIn read_handed_in(Members members) {
  domain::HandedIn handed_in;
  handed_in.material = members.text("material", {1, 200});
  const auto& pages = members.array("pages", kMostPages).elements();
  for (std::size_t i = 0; i < pages.size(); ++i) {
    Members page(pages[i], place(members, "pages", i), members.fault());
    handed_in.pages.push_back({page.sha256("sha256"), page.word("media_type", {1, 100}, "/.+-"),
                               static_cast<int>(page.integer("quarter_turns", 0, 3))});
    page.finish();
  }
  members.finish();
  return handed_in;
}

Value to_value(const domain::Signature& signature) {
  Value strokes = Value::array();
  for (const auto& stroke : signature.strokes) {
    Value points = Value::array();
    for (const auto& point : stroke) points.push_back({{"x", point.x}, {"y", point.y}, {"t", point.t}});
    strokes.push_back(std::move(points));
  }
  return {{"strokes", std::move(strokes)}, {"aspect", signature.aspect}};
}

domain::Stroke read_stroke(const Value& points, const std::string& where, Fault& fault) {
  domain::Stroke stroke;
  if (!points.is_array() || points.elements().size() > kMostPoints) {
    fault.note(where, "must be a list of points");
    return stroke;
  }
  for (const auto& value : points.elements()) {
    Members point(value, where + "[]", fault);
    stroke.push_back({static_cast<float>(point.number("x", 0, 1)), static_cast<float>(point.number("y", 0, 1)),
                      static_cast<std::int32_t>(point.integer("t", 0, INT32_MAX))});
    point.finish();
  }
  return stroke;
}

domain::Signature read_signature(Members members) {
  domain::Signature signature;
  const auto& strokes = members.array("strokes", kMostStrokes).elements();
  for (std::size_t i = 0; i < strokes.size(); ++i) {
    signature.strokes.push_back(read_stroke(strokes[i], place(members, "strokes", i), members.fault()));
  }
  signature.aspect = static_cast<float>(members.number("aspect", 0.01, 100));
  members.finish();
  return signature;
}

std::optional<RatingLevel> level_from(domain::Instrument instrument, std::string_view name) {
  constexpr int kReviewLevels = 4;
  constexpr int kNationalLevels = 5;
  const bool is_review = instrument == domain::Instrument::review;
  for (int i = 0; i < (is_review ? kReviewLevels : kNationalLevels); ++i) {
    const RatingLevel level = is_review ? RatingLevel{static_cast<domain::ReviewLevel>(i)}
                                        : RatingLevel{static_cast<domain::NationalLevel>(i)};
    if (name == domain::name_of(level)) return level;
  }
  return std::nullopt;
}

/// Texts of at most `longest` bytes.
std::vector<std::string> read_texts(Members& members, const char* key, std::size_t most, std::size_t longest) {
  std::vector<std::string> texts;
  for (const auto& element : members.array(key, most).elements()) {
    const std::string* text = element.text();
    if (text != nullptr && text->size() <= longest) texts.push_back(*text);
    else members.fault().note(members.at(key), "must be a list of short texts");
  }
  return texts;
}

domain::PrintedSo read_numbers(Members& members) {
  const auto numbers = read_texts(members, "printed_so", kMostRows, 64);
  return {numbers.begin(), numbers.end()};
}

}  // namespace

std::string to_json(const Application& application) {
  Value value{{"procedure", application.procedure},
              {"applicant", to_value(application.applicant)},
              {"answers", {{"values", application.answers.values}, {"rows", application.answers.rows}}},
              {"materials", to_value(application.materials)},
              {"declaration", application.declaration},
              {"signature", to_value(application.signature)},
              {"pickup", application.pickup},
              {"language", application.language}};
  if (!application.printed_so.empty()) value["printed_so"] = application.printed_so;
  if (!application.definition.empty()) value["definition"] = application.definition;
  return json::write(value);
}

base::Result<Application> application_from_json(std::string_view text) {
  const auto document = json::parse_object(text, "application", {.bytes = kLargestDocument});
  if (!document) return tl::unexpected(document.error());
  Fault fault;
  Members members(*document, "application", fault);
  Application application;
  application.procedure = members.text("procedure", {0, 200});
  application.applicant = read_applicant(members.object("applicant"));
  application.answers = read_answers(members.object("answers"));
  const auto& materials = members.array("materials", kMostRows).elements();
  for (std::size_t i = 0; i < materials.size(); ++i) {
    application.materials.push_back(read_handed_in(Members(materials[i], place(members, "materials", i), fault)));
  }
  application.declaration = members.text("declaration", {0, kLongest});
  application.signature = read_signature(members.object("signature"));
  application.pickup = members.text("pickup", {0, 200});
  application.language = members.text("language", {0, 32});
  if (members.has("printed_so")) application.printed_so = read_numbers(members);
  application.definition = members.text("definition", {0, kLongest}, Presence::optional);
  members.finish();
  if (fault.is_noted()) return tl::unexpected(fault.error());
  return application;
}

std::string to_json(const Rating& rating) {
  Value value{{"instrument", domain::name_of(domain::instrument_of(rating.level))},
              {"level", domain::name_of(rating.level)},
              {"reasons", rating.reasons}};
  const auto add = [&](const char* key, const std::string& words) {
    if (!words.empty()) value[key] = words;
  };
  add("words", rating.words);
  add("name", rating.name);
  add("telephone", rating.telephone);
  add("procedure", rating.procedure);
  return json::write(value);
}

base::Result<Rating> rating_from_json(std::string_view text) {
  const auto document = json::parse_object(text, "rating", {.bytes = kLargestDocument});
  if (!document) return tl::unexpected(document.error());
  Fault fault;
  Members members(*document, "rating", fault);
  Rating rating{};
  const auto instrument = members.one_of("instrument", base::by_name<domain::Instrument::national>());
  const auto level = level_from(instrument, members.text("level", {1, 64}));
  if (level) rating.level = *level;
  else fault.note("rating.level", "is not a known value");
  rating.reasons = read_texts(members, "reasons", 100, 200);
  rating.words = members.text("words", {0, kLongest}, Presence::optional);
  rating.name = members.text("name", {0, kLongest}, Presence::optional);
  rating.telephone = members.text("telephone", {0, 64}, Presence::optional);
  rating.procedure = members.text("procedure", {0, 200}, Presence::optional);
  members.finish();
  if (fault.is_noted()) return tl::unexpected(fault.error());
  return rating;
}

Kind kind_of(const domain::Body& body) {
  struct KindOf {
    Kind operator()(const Application&) const { return Kind::submission; }
    Kind operator()(const Rating&) const { return Kind::rating; }
  };
  return std::visit(KindOf{}, body);
}

std::string to_json(const domain::Body& body) {
  return std::visit([](const auto& content) { return to_json(content); }, body);
}

base::Result<domain::Body> body_from_json(Kind kind, std::string_view text) {
  const auto as_body = [](auto content) { return domain::Body{std::move(content)}; };
  if (kind == Kind::submission) return application_from_json(text).map(as_body);
  if (kind == Kind::rating) return rating_from_json(text).map(as_body);
  return base::fail(base::ErrorCode::unsupported, std::string("no body is known for ") + name_of(kind));
}

}  // namespace bangwu::envelope
