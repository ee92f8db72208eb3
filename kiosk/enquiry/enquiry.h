#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <variant>

#include "base/result.h"
#include "domain/cases/standing.h"
#include "http_client/client.h"
#include "identity/identity.h"

namespace bangwu::enquiry {

/// Given by who asks, never twice while the process lives.
using Ticket = std::uint64_t;

/// Where does this case stand? As typed; the proof is the receipt's secret, or the end of a person's ID number.
struct CaseQuestion {
  Ticket ticket = 0;
  std::string number, proof;
};

/// wrong: no case has this number with this proof, and which of the two is wrong is not told. recovering: the service
/// is being restored and may not know the case yet. unreachable: whatever answered was not the central service, or
/// nothing did. slow: there was no answer within the deadline.
enum class Failure { wrong, too_many, recovering, unreachable, slow };
[[nodiscard]] const char* name_of(Failure failure);

struct Answer {
  Ticket ticket = 0;
  std::variant<domain::cases::Standing, Failure> found;
};

struct EnquirySettings {
  http_client::Settings http;  ///< ca_file and bearer are those of the identity: each machine is counted by itself
  http_client::PlainHttp plain = http_client::PlainHttp::refused;
  std::chrono::milliseconds deadline{2000};  ///< of one question, connecting included
};
[[nodiscard]] EnquirySettings settings_for(const identity::KioskIdentity& identity);

/// The way in: asks the central service for a visitor who waits, on a thread and connections of its own, so that no
/// delivery holds up a question. Nothing is durable and nothing is tried again; each question has a connection of its
/// own, and what was asked and answered is overwritten when it has been handed on.
///
/// One question at a time: a newer one takes the place of the last. A ticket is answered once, within the deadline and
/// a fifth of a second, or not at all after cancel() or a newer question.
class Enquiry {
 public:
  /// Called on the enquiry's thread, never under a lock; it must return soon.
  using Publish = std::function<void(Answer)>;

  /// Errors: `invalid_input` for the address. Whether the service can be reached shows with the first question.
  [[nodiscard]] static base::Result<std::unique_ptr<Enquiry>> start(EnquirySettings settings,
                                                                    const std::string& central_url, Publish publish);
  Enquiry(const Enquiry&) = delete;
  Enquiry& operator=(const Enquiry&) = delete;
  /// Ends what is under way and joins: within a second.
  ~Enquiry();

  // Any thread.
  void ask(CaseQuestion question);
  /// Its answer is not wanted any more; others are not touched.
  void cancel(Ticket ticket);
  /// Whatever it is.
  void cancel_all();
  [[nodiscard]] bool idle() const;

 private:
  struct Desk;
  explicit Enquiry(std::unique_ptr<Desk> desk);
  std::unique_ptr<Desk> desk_;
};

}  // namespace bangwu::enquiry
