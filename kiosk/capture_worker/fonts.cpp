#include "capture_worker/fonts.h"

#include <fontconfig/fontconfig.h>

#include <array>
#include <mutex>
#include <string>
#include <string_view>

namespace bangwu::capture_worker {
namespace {

struct Substitute {
  std::string_view missing;
  std::string_view instead;
};
constexpr std::string_view kSong = "Noto Serif CJK SC";
constexpr std::string_view kHei = "Noto Sans CJK SC";
/// The types of official documents (GB/T 9704-2012: 小标宋, 仿宋, 楷体, 黑体, 宋体), of Windows, WPS and macOS, by the
/// names they go by. Noto has no 仿宋 and no 楷体: its 宋 is the nearest that has every character.
constexpr std::array kSubstitutes{
    Substitute{"SimSun", kSong},
    Substitute{"NSimSun", kSong},
    Substitute{"SimSun-ExtB", kSong},
    Substitute{"宋体", kSong},
    Substitute{"新宋体", kSong},
    Substitute{"STSong", kSong},
    Substitute{"STSong-Light", kSong},
    Substitute{"华文宋体", kSong},
    Substitute{"STZhongsong", kSong},
    Substitute{"华文中宋", kSong},
    Substitute{"FangSong", kSong},
    Substitute{"FangSong_GB2312", kSong},
    Substitute{"仿宋", kSong},
    Substitute{"仿宋_GB2312", kSong},
    Substitute{"STFangsong", kSong},
    Substitute{"华文仿宋", kSong},
    Substitute{"KaiTi", kSong},
    Substitute{"KaiTi_GB2312", kSong},
    Substitute{"楷体", kSong},
    Substitute{"楷体_GB2312", kSong},
    Substitute{"STKaiti", kSong},
    Substitute{"华文楷体", kSong},
    Substitute{"FZXiaoBiaoSong", kSong},
    Substitute{"FZXiaoBiaoSong-B05S", kSong},
    Substitute{"FZXBSJW--GB1-0", kSong},
    Substitute{"方正小标宋简体", kSong},
    Substitute{"方正小标宋_GBK", kSong},
    Substitute{"SimHei", kHei},
    Substitute{"黑体", kHei},
    Substitute{"Microsoft YaHei", kHei},
    Substitute{"MicrosoftYaHei", kHei},
    Substitute{"微软雅黑", kHei},
    Substitute{"DengXian", kHei},
    Substitute{"等线", kHei},
    Substitute{"STHeiti", kHei},
    Substitute{"STXihei", kHei},
    Substitute{"华文黑体", kHei},
    Substitute{"华文细黑", kHei},
};
/// 小标宋 is a heavy 宋.
constexpr std::array<std::string_view, 5> kHeavy{"FZXiaoBiaoSong", "FZXiaoBiaoSong-B05S", "FZXBSJW--GB1-0",
                                                 "方正小标宋简体", "方正小标宋_GBK"};

std::string rules() {
  std::string xml = "<?xml version=\"1.0\"?><fontconfig>";
  for (const std::string_view family : kHeavy) {
    xml +=
        "<match target=\"pattern\"><test name=\"family\"><string>" + std::string(family) +
        "</string></test><edit name=\"weight\" mode=\"assign\" binding=\"strong\"><const>bold</const></edit></match>";
  }
  for (const Substitute& one : kSubstitutes) {
    xml += "<alias binding=\"same\"><family>" + std::string(one.missing) + "</family><accept><family>" +
           std::string(one.instead) + "</family></accept></alias>";
  }
  return xml + "</fontconfig>";
}

void load() {
  FcConfig* config = FcInitLoadConfig();
  if (config == nullptr) {
    return;
  }
  const std::string ours = rules();
  FcConfigParseAndLoadFromMemory(config, reinterpret_cast<const FcChar8*>(ours.c_str()), FcFalse);
  FcConfigBuildFonts(config);
  FcConfigSetCurrent(config);
  FcConfigDestroy(config);  // the current one is kept by fontconfig itself
}

}  // namespace

void prepare_fonts() {
  static std::once_flag once;
  std::call_once(once, load);
}

}  // namespace bangwu::capture_worker
