#pragma once
#include <cstdint>
#include <memory>
#include <vector>

struct ImDrawData;

namespace bangwu::widgets {

/// A pixel buffer, 32 bits a pixel as 0xXXRRGGBB in the machine's byte order (what X11 and SDL's surfaces have).
/// Borrowed: it outlives the call.
struct Pixels {
  std::uint32_t* data = nullptr;
  int width = 0;
  int height = 0;
  int stride = 0;  ///< pixels from row to row
};

struct PixelRect {
  int x0 = 0;
  int y0 = 0;
  int x1 = 0;  ///< exclusive
  int y1 = 0;
  bool operator==(const PixelRect&) const = default;
};

/// Draws Dear ImGui's draw data into memory, exactly: the same data gives the same bits, whatever was dirty, however
/// many threads drew and with or without SIMD. Axis-aligned quads (fills, glyphs, pictures at their own size) take
/// fast paths; every other triangle takes an exact slow one.
///
/// It also serves ImGui 1.92's texture requests with textures in memory. One instance belongs to one thread; it runs
/// one worker of its own for large repaints.
class Renderer {
 public:
  enum class Threads { one, two };
  enum class Simd { as_available, off };
  explicit Renderer(Threads threads = Threads::two, Simd simd = Simd::as_available);
  ~Renderer();
  Renderer(const Renderer&) = delete;
  Renderer& operator=(const Renderer&) = delete;

  /// Draws what changed since the last call into `target`, which still holds the last picture, and returns the
  /// rectangles drawn: none when nothing changed. The whole target after a change of size or forget().
  [[nodiscard]] const std::vector<PixelRect>& draw(ImDrawData& data, const Pixels& target);

  /// The next draw() repaints everything (the target's content was lost).
  void forget();

  /// Frees the textures ImGui still has; call before its context is destroyed.
  void release_textures(ImDrawData* data);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace bangwu::widgets
