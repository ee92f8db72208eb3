#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/assessment.h"
#include "session/ticket.h"

namespace bangwu::session {

struct Stored {  ///< durable: from here on nothing loses it
  Ticket ticket = 0;
  std::string envelope;  ///< UUID
  std::string provisional_number;
  bool operator==(const Stored&) const = default;
};
/// Why nothing was said to be stored. `unknown`: the disk failed while it was made durable, and whether it lies in the
/// queue could not be found out; only the same again, by the same ticket, is safe. `no_answer`: the machine gave none
/// in time; the session says so by itself.
enum class StoreProblem { disk_full, not_enrolled, failed, unknown, no_answer };
struct StoreRefused {
  Ticket ticket = 0;
  StoreProblem problem = StoreProblem::failed;
  bool operator==(const StoreRefused&) const = default;
};

/// The central service's signed answer, verified.
struct AnswerArrived {
  std::string envelope;
  std::string case_number;
  domain::Outcome outcome = domain::Outcome::in_review;
  std::vector<domain::Lack> lacks;
  std::optional<std::chrono::year_month_day> due;
  bool due_is_provisional = false;
  bool operator==(const AnswerArrived&) const = default;
};
/// The envelope is safe here and will not leave by itself: staff must see to it.
struct DeliveryStuck {
  std::string envelope;
  bool operator==(const DeliveryStuck&) const = default;
};

namespace storing {
using Answer = std::variant<Stored, StoreRefused>;
using Delivery = std::variant<AnswerArrived, DeliveryStuck>;
}  // namespace storing

}  // namespace bangwu::session
