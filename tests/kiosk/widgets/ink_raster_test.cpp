#include "widgets/ink_raster.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace bangwu::widgets {
namespace {

using Coverage = std::map<std::pair<int, int>, std::vector<std::uint8_t>>;

Coverage coverage_of(const InkRaster& raster) {
  Coverage coverage;
  for (const auto& [key, tile] : raster.tiles()) {
    const bool is_empty =
        std::all_of(tile.mask->texels.begin(), tile.mask->texels.end(), [](auto texel) { return texel == 0; });
    if (!is_empty) coverage[key] = tile.mask->texels;
  }
  return coverage;
}

InkRaster pad() { return {800, 500, 6}; }

InkRaster drawn_at_once(const std::vector<Stroke>& strokes) {
  InkRaster raster = pad();
  raster.update(strokes);
  return raster;
}

// Far apart and with sharp turns, as of somebody in a hurry: where a curve and a straight line differ most.
const std::vector<Stroke> kSignature{
    {{0.1F, 0.5F}, {0.3F, 0.4F}, {0.4F, 0.8F}, {0.6F, 0.2F}, {0.8F, 0.6F}, {0.75F, 0.9F}},
    {{0.2F, 0.1F}},
    {{0.2F, 0.2F}, {0.9F, 0.3F}, {0.3F, 0.7F}}};

TEST(InkRaster, ShowsTheSameWhetherPointsCameOneByOneOrAtOnce) {
  InkRaster grown = pad();
  std::vector<Stroke> strokes;
  for (const Stroke& stroke : kSignature) {
    strokes.emplace_back();
    for (const InkPoint& point : stroke) {
      strokes.back().push_back(point);
      grown.update(strokes);
      EXPECT_EQ(coverage_of(grown), coverage_of(drawn_at_once(strokes)));
    }
  }
}

TEST(InkRaster, ShowsNothingOfStrokesThatWereTakenBack) {
  InkRaster raster = drawn_at_once(kSignature);
  const std::vector<Stroke> rest(kSignature.begin(), kSignature.begin() + 1);
  raster.update(rest);
  EXPECT_EQ(coverage_of(raster), coverage_of(drawn_at_once(rest)));
  raster.update({});
  EXPECT_TRUE(coverage_of(raster).empty());
}

TEST(InkRaster, PaintsOnlyTheTilesAroundANewPoint) {
  std::vector<Stroke> strokes = kSignature;
  InkRaster raster = drawn_at_once(strokes);
  std::map<std::pair<int, int>, std::uint64_t> before;
  for (const auto& [key, tile] : raster.tiles()) before[key] = tile.mask->texture.serial;
  strokes.back().push_back({0.32F, 0.72F});
  raster.update(strokes);
  EXPECT_EQ(raster.tiles().at({1, 3}).mask->texture.serial, (before[{1, 3}])) << "far from the last point";
}

}  // namespace
}  // namespace bangwu::widgets
