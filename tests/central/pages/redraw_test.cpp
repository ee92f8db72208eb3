#include "pages/redraw.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <png.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <string>

#include "pages/confine.h"
#include "pages/picture.h"
#include "pages/signature.h"

namespace bangwu::pages {
namespace {

using base::Bytes;
using base::ErrorCode;

/// Two pixels wide, one high: black, then white.
Bytes png(std::uint32_t width = 2, std::uint32_t height = 1) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = width;
  image.height = height;
  image.format = PNG_FORMAT_RGB;
  Bytes pixels(PNG_IMAGE_SIZE(image));
  for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = (i / 3) % width == 0 ? 0 : 255;
  Bytes bytes(PNG_IMAGE_PNG_SIZE_MAX(image));
  png_alloc_size_t size = bytes.size();
  EXPECT_NE(png_image_write_to_memory(&image, bytes.data(), &size, 0, pixels.data(), 0, nullptr), 0);
  bytes.resize(size);
  return bytes;
}

struct Seen {
  std::uint32_t width = 0, height = 0;
  Bytes grey;
};
Seen see(const Bytes& bytes) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  EXPECT_NE(png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()), 0);
  image.format = PNG_FORMAT_GRAY;
  Seen seen{image.width, image.height, Bytes(PNG_IMAGE_SIZE(image))};
  EXPECT_NE(png_image_finish_read(&image, nullptr, seen.grey.data(), 0, nullptr), 0);
  return seen;
}

void add_number(Bytes& bytes, std::uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(number >> shift));
}

/// A chunk put behind the header chunk.
Bytes with_chunk(const Bytes& png, const std::string& type, const Bytes& content) {
  Bytes chunk;
  add_number(chunk, static_cast<std::uint32_t>(content.size()));
  Bytes checked(type.begin(), type.end());
  checked.insert(checked.end(), content.begin(), content.end());
  chunk.insert(chunk.end(), checked.begin(), checked.end());
  std::uint32_t crc = 0xFFFFFFFF;
  for (const auto byte : checked) {
    crc ^= byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
  }
  add_number(chunk, ~crc);
  Bytes bytes = png;
  bytes.insert(bytes.begin() + 33, chunk.begin(), chunk.end());
  return bytes;
}

/// Grey, twice as wide as high, with what a camera notes behind its start (JFIF, APP1).
Bytes jpeg(std::size_t size) {
  Bytes bytes = encode_jpeg(
      {.width = size, .height = size / 2, .channels = 3, .pixels = Bytes(size * (size / 2) * 3, std::uint8_t{100})});
  const std::string marker = "secret GPS of the camera";
  Bytes segment{0xFF, 0xE1, 0, static_cast<std::uint8_t>(marker.size() + 2)};
  segment.insert(segment.end(), marker.begin(), marker.end());
  bytes.insert(bytes.begin() + 2, segment.begin(), segment.end());
  return bytes;
}

bool contains(const Bytes& bytes, std::string_view text) {
  return std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()).find(text) !=
         std::string_view::npos;
}

TEST(Redraw, TurnsThePageAsItWasShown) {
  const auto as_it_is = redraw(png(), "image/png", 0), right = redraw(png(), "image/png", 1),
             head_down = redraw(png(), "image/png", 2), left = redraw(png(), "image/png", 3);
  ASSERT_TRUE(as_it_is && right && head_down && left);
  EXPECT_EQ(see(*as_it_is).grey, (Bytes{0, 255}));
  EXPECT_EQ(see(*head_down).grey, (Bytes{255, 0}));
  EXPECT_EQ(see(*right).height, 2U);
  EXPECT_EQ(see(*right).grey, (Bytes{0, 255})) << "the left edge is on top after a turn to the right";
  EXPECT_EQ(see(*left).grey, (Bytes{255, 0}));
}

TEST(Redraw, ScriptBehindAPngDoesNotReachStaff) {
  Bytes page = png();
  const std::string script = "<script>alert(1)</script>";
  page.insert(page.end(), script.begin(), script.end());
  const auto drawn = redraw(page, "image/png", 0);
  ASSERT_TRUE(drawn) << drawn.error().detail;
  EXPECT_FALSE(contains(*drawn, "script"));
  EXPECT_EQ(see(*drawn).grey, (Bytes{0, 255}));
}

TEST(Redraw, TextsAndProfilesOfAPngDoNotReachStaff) {
  const std::string text = "Comment\0evil text";
  Bytes text_chunk(text.begin(), text.end());
  text_chunk.insert(text_chunk.begin() + 7, 0);
  const auto drawn = redraw(with_chunk(png(), "tEXt", text_chunk), "image/png", 0);
  ASSERT_TRUE(drawn) << drawn.error().detail;
  EXPECT_FALSE(contains(*drawn, "evil"));
  Bytes profile{'p', 0, 0};
  profile.resize(20U << 20, 7);
  const auto without = redraw(with_chunk(png(), "iCCP", profile), "image/png", 0);
  ASSERT_TRUE(without) << without.error().detail;
  EXPECT_LT(without->size(), 1000U);
}

TEST(Redraw, MarkersOfAJpegDoNotReachStaff) {
  const auto drawn = redraw(jpeg(64), "image/jpeg", 1);
  ASSERT_TRUE(drawn) << drawn.error().detail;
  EXPECT_TRUE(contains(jpeg(64), "secret GPS"));
  EXPECT_FALSE(contains(*drawn, "secret GPS"));
  EXPECT_EQ((*drawn)[0], 0xFF);
}

TEST(Redraw, WhatIsNoPictureIsRefused) {
  EXPECT_EQ(redraw(Bytes(100, 7), "image/png", 0).error().code, ErrorCode::corrupt);
  EXPECT_EQ(redraw(Bytes(100, 7), "image/jpeg", 0).error().code, ErrorCode::corrupt);
  EXPECT_EQ(redraw({}, "image/jpeg", 0).error().code, ErrorCode::corrupt);
  Bytes cut = png(200, 200);
  cut.resize(cut.size() / 2);
  EXPECT_EQ(redraw(cut, "image/png", 0).error().code, ErrorCode::corrupt);
  EXPECT_EQ(redraw(png(), "application/pdf", 0).error().code, ErrorCode::unsupported);
}

TEST(Redraw, BombIsRefusedBeforeItIsUnpacked) {
  // 60,000 × 60,000 pixels announced in a header; what follows is never looked at.
  Bytes bomb = png(40000, 1);
  for (const std::size_t at : {16U, 20U}) {
    bomb[at + 2] = 0xEA;
    bomb[at + 3] = 0x60;
  }
  std::uint32_t crc = 0xFFFFFFFF;
  for (std::size_t i = 12; i < 29; ++i) {
    crc ^= bomb[i];
    for (int bit = 0; bit < 8; ++bit) crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
  }
  Bytes sum;
  add_number(sum, ~crc);
  std::copy(sum.begin(), sum.end(), bomb.begin() + 29);
  EXPECT_EQ(redraw(bomb, "image/png", 0).error().code, ErrorCode::unsupported);
}

TEST(Redraw, ProcessThatDecodesCanOpenNothing) {
  const pid_t child = ::fork();
  if (child == 0) {
    if (!confine_this_process()) ::_exit(1);
    ::open("/etc/passwd", O_RDONLY);
    ::_exit(0);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  if (BANGWU_IS_SANITIZED) GTEST_SKIP() << "a sanitizer needs its own system calls";
  EXPECT_TRUE(WIFSIGNALED(status)) << status;
  EXPECT_EQ(WTERMSIG(status), SIGSYS);
}

TEST(SignaturePicture, ShowsTheStrokesAsTheyWereDrawn) {
  domain::Signature signature;
  signature.aspect = 3;
  signature.strokes = {{{0, 0.5F, 0}, {0.5F, 0.5F, 100}}};
  const auto seen = see(draw_signature(signature));
  EXPECT_EQ(seen.width, 1200U);
  EXPECT_EQ(seen.height, 400U);
  const auto at = [&](std::size_t x, std::size_t y) { return seen.grey[y * seen.width + x]; };
  EXPECT_EQ(at(300, 200), 0);
  EXPECT_EQ(at(900, 200), 255);
  EXPECT_EQ(at(300, 100), 255);
}

TEST(SignaturePicture, OfAHundredThousandLongLinesIsDrawnSoon) {
  domain::Signature signature;
  signature.strokes.resize(1);
  for (int i = 0; i < 100'000; ++i) signature.strokes[0].push_back({static_cast<float>(i % 2), 0.5F, i});
  EXPECT_FALSE(draw_signature(signature).empty());
}

}  // namespace
}  // namespace bangwu::pages

/// The program that is run anew to decode is this one.
int main(int count, char** values) {
  if (count == 4 && values[1] == bangwu::pages::kRedrawCommand)
    bangwu::pages::run_redraw(values[2], values[3][0] - '0');
  testing::InitGoogleTest(&count, values);
  return RUN_ALL_TESTS();
}
