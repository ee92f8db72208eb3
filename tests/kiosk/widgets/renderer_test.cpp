#include "widgets/renderer.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <random>

#include "imgui.h"
#include "imgui_internal.h"
#include "widgets/raster.h"
#include "widgets/texture.h"

namespace bangwu::widgets {
namespace {

constexpr int kWidth = 700;
constexpr int kHeight = 500;

struct Canvas {
  std::vector<std::uint32_t> memory =
      std::vector<std::uint32_t>(static_cast<std::size_t>(kWidth) * kHeight, 0xFFDEADBE);
  [[nodiscard]] Pixels pixels() { return {memory.data(), kWidth, kHeight, kWidth}; }
  [[nodiscard]] std::uint32_t at(int x, int y) const {
    return memory[static_cast<std::size_t>(y * kWidth + x)] & 0xFFFFFFU;
  }
};

/// Draw data made by hand, without an ImGui frame.
class Scene {
 public:
  Scene() : list_(&shared_) {
    shared_.CurveTessellationTol = 1.25F;
    shared_.SetCircleTessellationMaxError(0.3F);
    shared_.InitialFlags = ImDrawListFlags_AntiAliasedFill | ImDrawListFlags_AntiAliasedLines;
    shared_.ClipRectFullscreen = {0, 0, kWidth, kHeight};
    for (std::size_t i = 0; i < mask_texels_.size(); ++i) {
      mask_texels_[i] = static_cast<std::uint8_t>(i * 37 % 256);
    }
    mask_texels_[0] = 255;  // the white pixel
    for (std::size_t i = 0; i < picture_texels_.size(); ++i) {
      picture_texels_[i] = 0xFF000000U | static_cast<std::uint32_t>(i * 2654435761U) >> 8;
    }
    mask_ = {Texture::Kind::mask, 64, 64, mask_texels_.data(), next_texture_serial()};
    picture_ = {Texture::Kind::picture, 64, 64, picture_texels_.data(), next_texture_serial()};
    shared_.TexUvWhitePixel = {0.5F / 64, 0.5F / 64};
    begin();
  }

  void begin() {
    list_._ResetForNewFrame();
    list_.PushClipRectFullScreen();
    list_.PushTexture(reference_to(mask_));
  }

  ImDrawList& list() { return list_; }
  const Texture& mask() const { return mask_; }
  const Texture& picture() const { return picture_; }

  ImDrawData data() {
    ImDrawData data;
    data.Valid = true;
    data.DisplaySize = {kWidth, kHeight};
    data.CmdLists.push_back(&list_);
    return data;
  }

 private:
  ImDrawListSharedData shared_;
  std::vector<std::uint8_t> mask_texels_ = std::vector<std::uint8_t>(64 * 64);
  std::vector<std::uint32_t> picture_texels_ = std::vector<std::uint32_t>(64 * 64);
  Texture mask_;
  Texture picture_;
  ImDrawList list_;
};

/// A thing to draw that survives from frame to frame, so that frames differ in a few of them.
struct Thing {
  int kind = 0;
  float x = 0, y = 0, w = 0, h = 0;
  ImU32 colour = 0;
};

class Things {
 public:
  explicit Things(unsigned seed) : random_(seed) {
    for (int i = 0; i < 40; ++i) {
      things_.push_back(make());
    }
  }

  void change() {
    for (unsigned n = random_() % 4; n > 0; --n) {
      const std::size_t at = random_() % things_.size();
      switch (random_() % 4) {
        case 0: things_[at] = make(); break;
        case 1: things_[at].x += static_cast<float>(random_() % 7); break;
        case 2: things_[at].colour ^= 0x00404040; break;
        case 3: std::swap(things_[at], things_[random_() % things_.size()]); break;
      }
    }
  }

  void draw(Scene& scene) const {
    for (const Thing& t : things_) {
      one(scene, t);
    }
  }

 private:
  float number(int most) { return static_cast<float>(random_() % static_cast<unsigned>(most)); }

  Thing make() {
    const ImU32 alpha = random_() % 2 == 0 ? 0xFF000000U : static_cast<ImU32>(random_() % 256) << 24;
    return {static_cast<int>(random_() % 8),
            number(kWidth) - 30,
            number(kHeight) - 30,
            1 + number(200),
            1 + number(150),
            (static_cast<ImU32>(random_()) & 0xFFFFFFU) | alpha};
  }

  static void one(Scene& scene, const Thing& t) {
    ImDrawList& list = scene.list();
    const ImVec2 a{t.x, t.y};
    const ImVec2 b{t.x + t.w, t.y + t.h};
    const ImVec2 one_to_one{a.x + 40, a.y + 30};
    switch (t.kind) {
      case 0: list.AddRectFilled(a, b, t.colour); break;
      case 1:
        list.AddImage(reference_to(scene.mask()), a, one_to_one, {8.F / 64, 16.F / 64}, {48.F / 64, 46.F / 64},
                      t.colour);
        break;
      case 2: list.AddImage(reference_to(scene.picture()), a, one_to_one, {0, 0}, {40.F / 64, 30.F / 64}); break;
      case 3: list.AddImage(reference_to(scene.picture()), a, b, {0, 0}, {1, 1}, t.colour); break;
      case 4: list.AddTriangleFilled(a, b, {t.x + t.h / 3, t.y + t.w}, t.colour); break;
      case 5: list.AddCircle(a, t.h / 2, t.colour, 0, 3); break;
      case 6:
        list.AddImage(reference_to(scene.mask()), a, {b.x, a.y + 20}, {9.5F / 64, 0}, {9.5F / 64, 20.F / 64}, t.colour);
        break;
      default:
        list.PushClipRect(a, {a.x + t.w / 2, a.y + t.h / 2}, true);
        list.AddRectFilled(a, b, t.colour);
        list.PopClipRect();
    }
  }

  std::mt19937 random_;
  std::vector<Thing> things_;
};

TEST(Renderer, RedrawingWhatChangedEqualsRedrawingEverythingBitForBit) {
  for (unsigned seed = 1; seed <= 12; ++seed) {
    Things things(seed);
    Scene scene;
    Canvas kept;
    Renderer partial;
    for (int frame = 0; frame < 25; ++frame) {
      things.change();
      scene.begin();
      things.draw(scene);
      ImDrawData data = scene.data();
      (void)partial.draw(data, kept.pixels());
      Canvas fresh;
      Renderer whole(Renderer::Threads::one, Renderer::Simd::off);
      (void)whole.draw(data, fresh.pixels());
      ASSERT_EQ(kept.memory, fresh.memory) << "seed " << seed << " frame " << frame;
    }
  }
}

TEST(Renderer, ThreadsAndSimdMakeNoDifference) {
  Things things(99);
  Scene scene;
  things.draw(scene);
  ImDrawData data = scene.data();
  Canvas reference;
  Renderer plain(Renderer::Threads::one, Renderer::Simd::off);
  (void)plain.draw(data, reference.pixels());
  for (int i = 0; i < 30; ++i) {
    Canvas canvas;
    Renderer fast(Renderer::Threads::two, Renderer::Simd::as_available);
    (void)fast.draw(data, canvas.pixels());
    fast.forget();
    (void)fast.draw(data, canvas.pixels());
    ASSERT_EQ(canvas.memory, reference.memory);
  }
}

TEST(Renderer, RowOperationsAgreeForEveryAlphaAndLength) {
  std::mt19937 random(5);
  for (unsigned alpha = 0; alpha < 256; ++alpha) {
    const std::size_t count = 1 + random() % 23;
    std::vector<std::uint32_t> one(count);
    std::vector<std::uint8_t> mask(count);
    for (std::size_t i = 0; i < count; ++i) {
      one[i] = 0xFF000000U | (static_cast<std::uint32_t>(random()) & 0xFFFFFFU);
      mask[i] = static_cast<std::uint8_t>(random() % 3 == 0 ? 255 : random());
    }
    std::vector<std::uint32_t> other = one;
    const std::uint32_t colour = 0xFF000000U | (static_cast<std::uint32_t>(random()) & 0xFFFFFFU);
    kScalarRows.blend(one.data(), count, colour, alpha);
    kSimdRows.blend(other.data(), count, colour, alpha);
    ASSERT_EQ(one, other) << alpha;
    kScalarRows.blend_mask(one.data(), mask.data(), count, colour, alpha);
    kSimdRows.blend_mask(other.data(), mask.data(), count, colour, alpha);
    ASSERT_EQ(one, other) << alpha;
  }
}

TEST(Renderer, DividesBy255Exactly) {
  for (std::uint32_t x = 0; x <= 65025; ++x) {
    ASSERT_EQ(divided_by_255(x), (x + 127) / 255) << x;
  }
}

TEST(Renderer, TheSamePictureAgainDrawsNothing) {
  Scene scene;
  scene.list().AddRectFilled({10, 10}, {50, 50}, 0xFF0000FF);
  ImDrawData data = scene.data();
  Canvas canvas;
  Renderer renderer;
  EXPECT_EQ(renderer.draw(data, canvas.pixels()).size(), 1U);
  EXPECT_TRUE(renderer.draw(data, canvas.pixels()).empty());
}

TEST(Renderer, ASmallChangeRepaintsASmallPart) {
  Scene scene;
  scene.list().AddRectFilled({0, 0}, {kWidth, kHeight}, 0xFFFFFFFF);
  Canvas canvas;
  Renderer renderer;
  ImDrawData data = scene.data();
  (void)renderer.draw(data, canvas.pixels());
  scene.list().AddRectFilled({100, 100}, {120, 110}, 0xFF0000FF);
  data = scene.data();
  const std::vector<PixelRect> dirty = renderer.draw(data, canvas.pixels());
  ASSERT_EQ(dirty.size(), 1U);
  EXPECT_EQ(dirty[0], (PixelRect{96, 96, 128, 128}));
  EXPECT_EQ(canvas.at(110, 105), 0xFF0000U);
  EXPECT_EQ(canvas.at(97, 97), 0xFFFFFFU);
}

TEST(Renderer, ChangedTexelsUnderANewSerialAreRepainted) {
  Scene scene;
  std::vector<std::uint8_t> texels(32 * 32, 255);
  Texture texture{Texture::Kind::mask, 32, 32, texels.data(), next_texture_serial()};
  const auto draw = [&] {
    scene.begin();
    scene.list().AddRectFilled({0, 0}, {kWidth, kHeight}, 0xFFFFFFFF);
    scene.list().AddImage(reference_to(texture), {64, 64}, {96, 96}, {0, 0}, {1, 1}, 0xFF000000);
  };
  Canvas canvas;
  Renderer renderer;
  draw();
  ImDrawData data = scene.data();
  (void)renderer.draw(data, canvas.pixels());
  EXPECT_EQ(canvas.at(70, 70), 0x000000U);
  std::fill(texels.begin(), texels.end(), std::uint8_t{0});
  texture.serial = next_texture_serial();
  draw();
  data = scene.data();
  EXPECT_FALSE(renderer.draw(data, canvas.pixels()).empty());
  EXPECT_EQ(canvas.at(70, 70), 0xFFFFFFU);
}

TEST(Renderer, DirtyRectanglesNeverOverlapNorLeaveTheTarget) {
  Things things(4);
  Scene scene;
  Canvas canvas;
  Renderer renderer;
  for (int frame = 0; frame < 60; ++frame) {
    things.change();
    scene.begin();
    things.draw(scene);
    ImDrawData data = scene.data();
    const std::vector<PixelRect> dirty = renderer.draw(data, canvas.pixels());
    for (std::size_t i = 0; i < dirty.size(); ++i) {
      EXPECT_TRUE(dirty[i].x0 >= 0 && dirty[i].y0 >= 0 && dirty[i].x1 <= kWidth && dirty[i].y1 <= kHeight);
      for (std::size_t k = i + 1; k < dirty.size(); ++k) {
        EXPECT_FALSE(dirty[i].x0 < dirty[k].x1 && dirty[k].x0 < dirty[i].x1 && dirty[i].y0 < dirty[k].y1 &&
                     dirty[k].y0 < dirty[i].y1);
      }
    }
  }
}

TEST(Renderer, TrianglesThatShareAnEdgeCoverEachPixelOnce) {
  Scene scene;
  scene.list().AddRectFilled({0, 0}, {kWidth, kHeight}, 0xFF000000);
  scene.list().PrimReserve(6, 4);
  // Half-transparent white twice over a pixel would be lighter than once.
  scene.list().PrimQuadUV({10, 10}, {200, 23}, {180, 160}, {5, 140}, {0.5F / 64, 0.5F / 64}, {0.5F / 64, 0.5F / 64},
                          {0.5F / 64, 0.5F / 64}, {0.5F / 64, 0.5F / 64}, 0x80FFFFFF);
  ImDrawData data = scene.data();
  Canvas canvas;
  Renderer renderer;
  (void)renderer.draw(data, canvas.pixels());
  for (int y = 30; y < 130; ++y) {
    for (int x = 20; x < 170; ++x) {
      ASSERT_EQ(canvas.at(x, y), 0x808080U) << x << "," << y;
    }
  }
}

}  // namespace
}  // namespace bangwu::widgets
