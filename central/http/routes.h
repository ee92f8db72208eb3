#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"
#include "http/receiver.h"

namespace bangwu::http {

struct Call;
struct Endpoints;

/// Who may ask: anyone, or a kiosk that shows its token.
enum class Who { anyone, kiosk };
/// How a body is taken: none may come; whole, in memory, before the answer is worked out; or piece by piece.
enum class BodyKind { none, whole, stream };
/// The protocol of an address; tus (1.0.0) asks for its version and names it in each answer.
enum class Protocol { plain, tus };

using Answer = Reply (*)(Endpoints&, const Call&);
using Open = Opened (*)(Endpoints&, const Call&);

/// One thing that can be asked. `answer` or `open` (with BodyKind::stream) runs on a worker and may wait for the disk.
struct Route {
  Method method = Method::other;
  std::string_view pattern;  ///< of the path; a last part in braces stands for one segment
  Who who = Who::anyone;
  Protocol protocol = Protocol::plain;
  BodyKind body = BodyKind::none;
  std::size_t largest_body = 0;  ///< bytes; of a stream the settings say
  unsigned most_a_minute = 0;    ///< of one address; 0: not limited
  std::string_view summary;      ///< for the description of the interface
  Answer answer = nullptr;
  Open open = nullptr;
};

namespace route {
Reply health(Endpoints&, const Call&);
Reply enrol(Endpoints&, const Call&);
Reply tus_options(Endpoints&, const Call&);
Opened create_upload(Endpoints&, const Call&);
Opened append_to_upload(Endpoints&, const Call&);
Reply upload_status(Endpoints&, const Call&);
Reply remove_upload(Endpoints&, const Call&);
Reply put_envelope(Endpoints&, const Call&);
Reply find_receipt(Endpoints&, const Call&);
Reply meet_kiosk(Endpoints&, const Call&);
Reply ask_to_be_known(Endpoints&, const Call&);
Reply look_up_case(Endpoints&, const Call&);
}  // namespace route

/// A body of 4 MiB in base64, 512 attachments and the rest.
inline constexpr std::size_t kLargestEnvelope = 8U << 20;
/// The media type of an envelope that is handed in again with the receipt it had.
inline constexpr std::string_view kEnvelopeWithReceipt = "application/vnd.bangwu.envelope-with-receipt+json";
inline constexpr std::size_t kLargestEnrolment = 16U << 10;
inline constexpr std::size_t kLargestReceipt = 256U << 10;

/// All that can be asked. The server, its limits, its log and the test of the interface's description read this table;
/// nothing else is served.
// clang-format off
inline constexpr std::array kRoutes = {
    Route{.method = Method::get, .pattern = "/v1/health", .most_a_minute = 6000,
          .summary = "Is the service well?", .answer = route::health},
    Route{.method = Method::head, .pattern = "/v1/health", .most_a_minute = 6000,
          .summary = "Is the service well?", .answer = route::health},
    Route{.method = Method::post, .pattern = "/v1/enrolments", .body = BodyKind::whole,
          .largest_body = kLargestEnrolment, .most_a_minute = 600,
          .summary = "A kiosk trades a code for its identity", .answer = route::enrol},
    Route{.method = Method::options, .pattern = "/v1/uploads", .protocol = Protocol::tus,
          .summary = "What of tus is spoken", .answer = route::tus_options},
    Route{.method = Method::post, .pattern = "/v1/uploads", .who = Who::kiosk, .protocol = Protocol::tus,
          .body = BodyKind::stream,
          .summary = "Begins an upload, or finds the one begun", .open = route::create_upload},
    Route{.method = Method::options, .pattern = "/v1/uploads/{id}", .protocol = Protocol::tus,
          .summary = "What of tus is spoken", .answer = route::tus_options},
    Route{.method = Method::head, .pattern = "/v1/uploads/{id}", .who = Who::kiosk, .protocol = Protocol::tus,
          .summary = "How far an upload is", .answer = route::upload_status},
    Route{.method = Method::patch, .pattern = "/v1/uploads/{id}", .who = Who::kiosk, .protocol = Protocol::tus,
          .body = BodyKind::stream, .summary = "Adds bytes to an upload", .open = route::append_to_upload},
    Route{.method = Method::del, .pattern = "/v1/uploads/{id}", .who = Who::kiosk, .protocol = Protocol::tus,
          .summary = "Gives an upload up", .answer = route::remove_upload},
    Route{.method = Method::put, .pattern = "/v1/envelopes/{id}", .who = Who::kiosk, .body = BodyKind::whole,
          .largest_body = kLargestEnvelope, .summary = "Hands an envelope in; answered with its receipt",
          .answer = route::put_envelope},
    Route{.method = Method::get, .pattern = "/v1/envelopes/{id}", .who = Who::kiosk,
          .summary = "The receipt of an envelope", .answer = route::find_receipt},
    Route{.method = Method::post, .pattern = "/v1/kiosk/sync", .who = Who::kiosk, .body = BodyKind::whole,
          .largest_body = kLargestReceipt, .summary = "A kiosk and the service compare what they know of each other",
          .answer = route::meet_kiosk},
    Route{.method = Method::post, .pattern = "/v1/kiosk/readmission", .body = BodyKind::whole,
          .largest_body = kLargestReceipt, .most_a_minute = 600,
          .summary = "A kiosk that a restored service has forgotten asks to be known again",
          .answer = route::ask_to_be_known},
    Route{.method = Method::get, .pattern = "/v1/cases/{number}", .most_a_minute = 60,
          .summary = "Where a case stands, for who proves it is theirs", .answer = route::look_up_case},
};
// clang-format on

/// The route that answers, what stands for its braces, and the methods its address knows ("GET, HEAD").
struct Found {
  const Route* route = nullptr;
  const Route* any = nullptr;  ///< of that address, whatever the method; null: there is no such address
  std::string_view parameter;
  std::string allowed;
};
[[nodiscard]] Found find_route(Method method, std::string_view path);

}  // namespace bangwu::http
