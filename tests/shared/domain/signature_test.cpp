#include "domain/signature.h"

#include <gtest/gtest.h>

#include <cmath>

namespace bangwu::domain {
namespace {

Signature of(std::vector<Stroke> strokes) { return {std::move(strokes), 3}; }

TEST(Signing, ADotATapAndARestingPalmAreNoSignature) {
  EXPECT_FALSE(is_signed({}));
  EXPECT_FALSE(is_signed(of({{{0.5F, 0.5F, 0}}})));
  EXPECT_FALSE(is_signed(of({{{0.5F, 0.5F, 0}, {0.505F, 0.5F, 10}}})));
  EXPECT_FALSE(is_signed(of({{{0.5F, 0.5F, 0}, {0.55F, 0.52F, 40}, {0.55F, 0.6F, 60}}})));
}

TEST(Signing, TheShortestNameAndACrossAreSignatures) {
  const Stroke flat{{0.3F, 0.4F, 0}, {0.4F, 0.4F, 90}};
  const Stroke upright{{0.35F, 0.4F, 200}, {0.35F, 0.7F, 290}};
  EXPECT_TRUE(is_signed(of({flat, upright})));
  EXPECT_TRUE(is_signed(of({{{0.4F, 0.3F, 0}, {0.5F, 0.6F, 80}}, {{0.5F, 0.3F, 0}, {0.4F, 0.6F, 80}}})));
}

TEST(Signing, InkIsMeasuredInHeightsOfThePadWhateverItsShape) {
  const std::vector<Stroke> flat{{{0.1F, 0.5F, 0}, {0.3F, 0.5F, 90}}};
  EXPECT_TRUE(is_signed({flat, 3}));
  EXPECT_FALSE(is_signed({flat, 1}));
}

TEST(Signing, AScribbleIsThinnedToWhatABodyKeepsAndStaysTheSameDrawing) {
  Stroke circle;
  for (int i = 0; i < 60'000; ++i) {
    const float angle = static_cast<float>(i) * 0.01F;
    circle.push_back({0.5F + 0.4F * std::cos(angle), 0.5F + 0.4F * std::sin(angle), i});
  }
  const auto kept = fitted(of({circle, {{0.1F, 0.1F, 0}, {0.2F, 0.2F, 5}}}));
  ASSERT_EQ(kept.strokes.size(), 2U);
  EXPECT_LE(kept.strokes[0].size() + kept.strokes[1].size(), kMostPoints);
  EXPECT_EQ(kept.strokes[0].front(), circle.front());
  EXPECT_EQ(kept.strokes[0].back(), circle.back());
  EXPECT_EQ(kept.strokes[1].size(), 2U);
}

TEST(Signing, WhatLiesOutsideOfThePadIsBroughtBackAndFarTooManyStrokesAreLeftOut) {
  const auto kept = fitted(of({{{-0.1F, 1.2F, -4}, {NAN, 0.5F, 3}}}));
  EXPECT_EQ(kept.strokes[0][0], (InkPoint{0, 1, 0}));
  EXPECT_EQ(kept.strokes[0][1], (InkPoint{0, 0.5F, 3}));
  EXPECT_EQ(fitted(of(std::vector<Stroke>(5000, Stroke(9)))).strokes.size(), kMostStrokes);
}

}  // namespace
}  // namespace bangwu::domain
