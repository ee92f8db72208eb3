#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/file.h"
#include "base/result.h"
#include "envelope/keys.h"

namespace bangwu::envelope {

/// What a machine asks to be enrolled with (POST /v1/enrolments). A kiosk's id lasts: a machine that was enrolled
/// before names itself and signs with the key it had, and stays who it was.
struct EnrolmentRequest {
  std::string code{};  ///< as it was typed
  std::string name{};  ///< what whoever sets it up calls it; the name of the code counts
  VerifyKey device_key{};
  struct Earlier {
    std::string kiosk;
    VerifyKey device_key{};
    base::Bytes signature;  ///< of that key over the statement
    bool operator==(const Earlier&) const = default;
  };
  std::optional<Earlier> earlier{};
  base::Bytes signature{};  ///< of `device_key` over the statement; empty from a program of before
  bool operator==(const EnrolmentRequest&) const = default;
};

/// Signs the request with its new key and, if it names an earlier kiosk, with that one's.
void sign(EnrolmentRequest& request, const SigningKey& device, const SigningKey* earlier);
/// Whether it was made by who holds `device_key`.
[[nodiscard]] bool is_signed_by_device(const EnrolmentRequest& request);
/// Whether it was made by who holds the earlier key it names.
[[nodiscard]] bool is_signed_by_earlier(const EnrolmentRequest& request);

/// One JSON object: code, name, device_key, and, if they are there, signature, kiosk, earlier_key, earlier_signature.
[[nodiscard]] std::string to_json(const EnrolmentRequest& request);
/// `invalid_input` names the member: lengths, keys that no signature can be proven by, unknown members.
[[nodiscard]] base::Result<EnrolmentRequest> enrolment_request_from_json(std::string_view text);

/// What the central service answers: who the machine is from now on.
struct EnrolmentAnswer {
  std::string kiosk;
  std::string name;   ///< that the code was made for; empty from a service of before
  std::string token;  ///< secret
  SealingKey sealing_key{};
  VerifyKey receipt_key{};
  bool operator==(const EnrolmentAnswer&) const = default;
};
[[nodiscard]] std::string to_json(const EnrolmentAnswer& answer);
/// Members of later versions are passed over. `invalid_input` also for a key that nothing could be sealed to.
[[nodiscard]] base::Result<EnrolmentAnswer> enrolment_answer_from_json(std::string_view text);

}  // namespace bangwu::envelope
