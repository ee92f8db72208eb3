#include "domain/cases/actor.h"

#include "base/names.h"

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

std::optional<Role> role_from_name(std::string_view name) { return base::by_name<Role::auditor>()(name); }

}  // namespace bangwu::domain::cases
