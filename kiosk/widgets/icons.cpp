#include "widgets/icons.h"

#include <array>

namespace bangwu::widgets {
namespace {

// In the order of the enumerators.
constexpr std::array<std::string_view, kIconCount> kNames{
    "", "project_construction", "market_access", "public_service", "upward_filing", "town_agent", "other_services",
    "bundle", "assisted_self_service", "assisted_online", "delegation", "progress", "rate", "correction", "urge",
    "handover", "terminate", "scan_flatbed", "scan_feeder", "camera", "usb", "phone", "print", "keyboard",
    "handwriting", "id_card", "badge", "qr", "network", "disk", "folder", "document", "pages", "form", "person",
    "people", "organisation", "money", "calendar", "clock", "pin", "sign", "shield", "list", "history", "search",
    "home", "help", "language", "arrow_left", "arrow_right", "arrow_up", "arrow_down", "chevron_left",
    "chevron_right", "chevron_up", "chevron_down", "rotate", "zoom_in", "zoom_out", "trash", "edit", "add", "remove", "close", "check", "refresh",
    "send", "save", "lock", "logout", "settings", "backspace", "space", "shift", "info", "success", "warning",
    "error", "empty", "face_1", "face_2", "face_3", "face_4", "face_5",
};

}  // namespace

std::string_view name_of(Icon icon) { return kNames[static_cast<std::size_t>(icon)]; }

}  // namespace bangwu::widgets
