// What is inside an envelope: every body's reader, and the rules that judge what it read.
#include "envelope/bodies.h"

#include "catalogue/load.h"
#include "domain/assessment.h"
#include "domain/signature.h"
#include "fuzz/target.h"

using namespace bangwu;

namespace {

const domain::Catalogue& catalogue() {
  static const domain::Catalogue loaded = catalogue::load_catalogue(BANGWU_CATALOGUE).catalogue;
  return loaded;
}

void judge(const domain::Application& application) {
  using std::chrono::year;
  constexpr auto kToday = year{2026} / 11 / 23;
  (void)domain::is_signed(application.signature);
  const auto fitted = domain::fitted(application.signature);
  fuzz::expect(domain::fitted(fitted) == fitted, "what fits stays as it is");
  if (const auto procedure = domain::procedure_for(catalogue(), application.procedure))
    (void)domain::assess(*procedure, application, kToday);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const auto kind = static_cast<envelope::Kind>(fuzz::take_choice(input, 6));
  const auto body = envelope::body_from_json(kind, fuzz::text_of(input));
  if (!body) return 0;
  fuzz::expect(envelope::kind_of(*body) == kind, "a body is of its envelope's kind");
  const auto again = envelope::body_from_json(kind, envelope::to_json(*body));
  fuzz::expect(again && *again == *body, "what was read is written the same");
  if (const auto* application = std::get_if<domain::Application>(&*body)) judge(*application);
  return 0;
}
