#pragma once
#include <string_view>

namespace bangwu::widgets {

/// The icon family of assets/icons, one SVG file each, named like the enumerator (`arrow_left.svg`).
enum class Icon {
  none,
  // the regulation's domains and bundles
  project_construction,
  market_access,
  public_service,
  upward_filing,
  town_agent,
  other_services,
  bundle,
  // ways to be served
  assisted_self_service,
  assisted_online,
  delegation,
  progress,
  rate,
  correction,
  urge,
  handover,
  terminate,
  // the machine
  scan_flatbed,
  scan_feeder,
  camera,
  usb,
  phone,
  print,
  keyboard,
  handwriting,
  id_card,
  badge,
  qr,
  network,
  disk,
  // things
  folder,
  document,
  pages,
  form,
  person,
  people,
  organisation,
  money,
  calendar,
  clock,
  pin,
  sign,
  shield,
  list,
  history,
  // actions
  search,
  home,
  help,
  language,
  arrow_left,
  arrow_right,
  arrow_up,
  arrow_down,
  chevron_left,
  chevron_right,
  chevron_up,
  chevron_down,
  rotate,
  zoom_in,
  zoom_out,
  trash,
  edit,
  add,
  remove,
  close,
  check,
  refresh,
  send,
  save,
  lock,
  logout,
  settings,
  backspace,
  space,
  shift,
  // states
  info,
  success,
  warning,
  error,
  empty,
  // five national levels, and the four of Annex 4 use 1, 2, 3 and 4 of them
  face_1,
  face_2,
  face_3,
  face_4,
  face_5,
};
inline constexpr int kIconCount = static_cast<int>(Icon::face_5) + 1;

/// The file's stem, e.g. "arrow_left"; "" for none.
[[nodiscard]] std::string_view name_of(Icon icon);

}  // namespace bangwu::widgets
