// Who a machine says it is, and what a service answers: neither is known yet.
#include "envelope/enrolment.h"

#include "fuzz/keys.h"
#include "fuzz/target.h"

using namespace bangwu;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::expect(envelope::initialise_cryptography(), "there is cryptography");
  const std::string_view text = fuzz::text_of({data, size});
  if (const auto request = envelope::enrolment_request_from_json(text)) {
    const auto again = envelope::enrolment_request_from_json(envelope::to_json(*request));
    fuzz::expect(again && *again == *request, "a request that was read is written the same");
    (void)envelope::is_signed_by_device(*request);
    (void)envelope::is_signed_by_earlier(*request);
  }
  if (const auto answer = envelope::enrolment_answer_from_json(text)) {
    const auto again = envelope::enrolment_answer_from_json(envelope::to_json(*answer));
    fuzz::expect(again && *again == *answer, "an answer that was read is written the same");
  }
  return 0;
}
