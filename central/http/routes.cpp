#include "http/routes.h"

namespace bangwu::http {
namespace {

/// What stands for the braces, empty for a pattern without; nothing if the path is not of the pattern.
std::optional<std::string_view> parameter_in(std::string_view path, std::string_view pattern) {
  const std::size_t brace = pattern.find('{');
  const std::string_view fixed = pattern.substr(0, brace);
  if (brace == std::string_view::npos) return path == fixed ? std::optional(std::string_view{}) : std::nullopt;
  if (!path.starts_with(fixed)) return std::nullopt;
  const std::string_view rest = path.substr(fixed.size());
  if (rest.empty() || rest.find('/') != std::string_view::npos) return std::nullopt;
  return rest;
}

}  // namespace

Found find_route(Method method, std::string_view path) {
  Found found;
  for (const Route& route : kRoutes) {
    const auto parameter = parameter_in(path, route.pattern);
    if (!parameter) continue;
    found.any = &route;
    found.parameter = *parameter;
    if (route.method == method) found.route = &route;
    found.allowed += (found.allowed.empty() ? "" : ", ") + std::string(name_of(route.method));
  }
  return found;
}

}  // namespace bangwu::http
