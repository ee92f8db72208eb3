#include "domain/cases/actor.h"

namespace bangwu::domain::cases {

const char* name_of(Role role) {
  switch (role) {
    case Role::zone_agent: return "zone_agent";
    case Role::window_helper: return "window_helper";
    case Role::town_agent: return "town_agent";
    case Role::manager: return "manager";
    case Role::technician: return "technician";
    case Role::auditor: return "auditor";
  }
  return "window_helper";
}

std::optional<Role> role_from_name(std::string_view name) {
  for (const Role role :
       {Role::zone_agent, Role::window_helper, Role::town_agent, Role::manager, Role::technician, Role::auditor}) {
    if (name == name_of(role)) return role;
  }
  return std::nullopt;
}

}  // namespace bangwu::domain::cases
