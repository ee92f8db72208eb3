#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "screens/page_pictures.h"
#include "widgets/text_engine.h"

namespace bangwu::screens {

/// Where the machine stands, as configured. Chinese keys of the translation catalogue "catalogue"; empty ones are not
/// shown.
struct Place {
  std::string hall;       ///< e.g. 武进区政务服务中心
  std::string zone;       ///< e.g. 一楼帮办代办专区
  std::string telephone;  ///< of the zone
};

/// A QR code's modules row by row, size × size, true is dark; empty when the text cannot be encoded.
struct QrModules {
  int size = 0;
  std::vector<bool> dark;
};

/// What drawing leans on besides the view. All borrowed; they outlive the calls. UI thread only.
struct Tools {
  widgets::TextEngine* pinyin = nullptr;            ///< null: the keyboard has letters only
  PagePictures* pages = nullptr;                    ///< null: pages are shown as plain sheets
  std::function<QrModules(std::string_view)> qr{};  ///< absent: no QR code is shown
  Place place{};
};

}  // namespace bangwu::screens
