#include "capture_worker/pdf_fonts.h"

#include <algorithm>
#include <array>
#include <qpdf/QPDFObjectHandle.hh>
#include <set>
#include <string>
#include <string_view>

namespace bangwu::capture_worker {
namespace {

using Handle = QPDFObjectHandle;
using namespace std::string_view_literals;

struct Family {
  std::string_view part;  ///< of a font's name
  const char* name;       ///< that prepare_fonts() knows
};
/// In this order: 小标宋 is a 宋, 仿宋 as well. Chinese names in GBK, as the drivers wrote them.
constexpr std::array kFamilies{
    Family{"XiaoBiaoSong"sv, "FZXiaoBiaoSong"},
    Family{"FZXBS"sv, "FZXiaoBiaoSong"},
    Family{"\xD0\xA1\xB1\xEA\xCB\xCE"sv, "FZXiaoBiaoSong"},  // 小标宋
    Family{"FangSong"sv, "FangSong"},
    Family{"SimFang"sv, "FangSong"},
    Family{"STFangsong"sv, "FangSong"},
    Family{"\xB7\xC2\xCB\xCE"sv, "FangSong"},  // 仿宋
    Family{"KaiTi"sv, "KaiTi"},
    Family{"SimKai"sv, "KaiTi"},
    Family{"STKaiti"sv, "KaiTi"},
    Family{"\xBF\xAC\xCC\xE5"sv, "KaiTi"},  // 楷体
    Family{"SimHei"sv, "SimHei"},
    Family{"STXihei"sv, "SimHei"},
    Family{"STHeiti"sv, "SimHei"},
    Family{"YaHei"sv, "SimHei"},
    Family{"DengXian"sv, "SimHei"},
    Family{"\xBA\xDA\xCC\xE5"sv, "SimHei"},  // 黑体
    Family{"SimSun"sv, "SimSun"},
    Family{"STSong"sv, "SimSun"},
    Family{"\xCB\xCE\xCC\xE5"sv, "SimSun"},  // 宋体
};

/// Two bytes of a GB 2312 hanzi, rows 16 to 87: no name in Latin letters has them.
bool has_hanzi(std::string_view name) {
  for (std::size_t i = 0; i + 1 < name.size(); ++i) {
    const auto first = static_cast<unsigned char>(name[i]);
    const auto second = static_cast<unsigned char>(name[i + 1]);
    if (first >= 0xB0 && first <= 0xF7 && second >= 0xA1 && second != 0xFF) {
      return true;
    }
  }
  return false;
}

/// Nothing for a font that is not Chinese.
const char* family_of(std::string_view name) {
  const auto* found =
      std::ranges::find_if(kFamilies, [&](const Family& family) { return name.find(family.part) != name.npos; });
  return found != kFamilies.end() ? found->name : has_hanzi(name) ? "SimSun" : nullptr;
}

bool is_embedded(Handle descriptor) {
  return descriptor.isDictionary() &&
         (descriptor.hasKey("/FontFile") || descriptor.hasKey("/FontFile2") || descriptor.hasKey("/FontFile3"));
}

bool is_simple(Handle font) {
  Handle kind = font.getKey("/Subtype");
  return kind.isName() && (kind.getName() == "/TrueType" || kind.getName() == "/Type1");
}

/// Half an em for Latin, an em for hanzi: so these fonts are made (CIDs 1 to 95 and 814 to 939 of Adobe-GB1).
Handle descendant(QPDF& pdf, const std::string& name) {
  Handle descriptor = Handle::parse(
      "<< /Type /FontDescriptor /Flags 4 /FontBBox [-8 -141 1000 859] /ItalicAngle 0 /Ascent 859 /Descent -141 "
      "/CapHeight 683 /StemV 80 >>");
  descriptor.replaceKey("/FontName", Handle::newName(name));
  Handle font = Handle::parse(
      "<< /Type /Font /Subtype /CIDFontType2 /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> "
      "/DW 1000 /W [1 95 500 814 939 500] >>");
  font.replaceKey("/BaseFont", Handle::newName(name));
  font.replaceKey("/FontDescriptor", pdf.makeIndirectObject(descriptor));
  return pdf.makeIndirectObject(font);
}

bool mend(QPDF& pdf, Handle font) {
  if (!font.isDictionary() || !is_simple(font) || is_embedded(font.getKey("/FontDescriptor"))) {
    return false;
  }
  Handle encoding = font.getKey("/Encoding");
  const bool means_what_it_says = encoding.isDictionary() && encoding.hasKey("/Differences");
  const char* family = font.getKey("/BaseFont").isName() ? family_of(font.getKey("/BaseFont").getName()) : nullptr;
  if (means_what_it_says || family == nullptr) {
    return false;
  }
  const std::string name = std::string("/") + family;
  for (const std::string& key : font.getKeys()) {
    font.removeKey(key);
  }
  font.replaceKey("/Type", Handle::newName("/Font"));
  font.replaceKey("/Subtype", Handle::newName("/Type0"));
  font.replaceKey("/BaseFont", Handle::newName(name));
  font.replaceKey("/Encoding", Handle::newName("/GBK-EUC-H"));
  font.replaceKey("/DescendantFonts", Handle::newArray({descendant(pdf, name)}));
  return true;
}

}  // namespace

int mend_chinese_fonts(QPDF& pdf, const Allowance& allowance) {
  int mended = 0;
  for (Handle object : pdf.getAllObjects()) {
    allowance.check();
    Handle dictionary = object.isStream() ? object.getDict() : object;
    if (!dictionary.isDictionary()) {
      continue;
    }
    mended += mend(pdf, dictionary) ? 1 : 0;
    // Fonts that are no objects of their own stand in resources, which may stand in a page or a form.
    Handle resources = dictionary.getKey("/Resources");
    Handle fonts = resources.isDictionary() ? resources.getKey("/Font") : dictionary.getKey("/Font");
    for (const std::string& key : fonts.isDictionary() ? fonts.getKeys() : std::set<std::string>()) {
      allowance.check();
      Handle font = fonts.getKey(key);
      mended += !font.isIndirect() && mend(pdf, font) ? 1 : 0;
    }
  }
  return mended;
}

}  // namespace bangwu::capture_worker
