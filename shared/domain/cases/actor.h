#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace bangwu::domain::cases {

/// What a member of staff is when they do something (Articles 3(5), 5, 6, 8, 10, 15, 16).
enum class Role {
  zone_agent,     ///< 专区帮办代办员
  window_helper,  ///< 窗口帮办员, of one department
  town_agent,     ///< 镇（街道）代办员
  manager,        ///< 领导小组, the centre's managers
  technician,     ///< keeps the machines; never an applicant's data
  auditor,        ///< supervision: reads, changes nothing
};

/// Who did what a case's event records. Never a name: staff by their id, applicants not at all.
struct Applicant {
  bool operator==(const Applicant&) const = default;
};
struct Staff {
  std::string id;
  Role role = Role::window_helper;
  bool operator==(const Staff&) const = default;
};
struct KioskActor {
  std::string id;
  bool operator==(const KioskActor&) const = default;
};
struct System {
  std::string timer;  ///< which rule or timer: "first_answer"
  bool operator==(const System&) const = default;
};
using Actor = std::variant<Applicant, Staff, KioskActor, System>;

[[nodiscard]] const char* name_of(Role role);  ///< "zone_agent"
[[nodiscard]] std::optional<Role> role_from_name(std::string_view name);

}  // namespace bangwu::domain::cases
