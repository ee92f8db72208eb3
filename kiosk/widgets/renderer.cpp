#include "widgets/renderer.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "widgets/dirty_cells.h"
#include "widgets/raster.h"

namespace bangwu::widgets {
namespace {

// A band of a full-width tile stays in the second-level cache while everything over each other is drawn.
constexpr int kBandHeight = 64;
// Below this many pixels waking a second thread costs more than it saves.
constexpr long kWorthTwoThreads = 300'000;

}  // namespace

struct Renderer::State {
  Threads threads;
  const RowOperations& rows;
  PrimitiveList list;
  DirtyCells cells;
  std::vector<PixelRect> dirty;
  std::vector<PixelRect> tiles;
  std::map<ImTextureData*, std::unique_ptr<Texture>> textures;

  // Read by the worker between taking a round and leaving it; `mutex` guards open, busy and stopping.
  Pixels target;
  std::atomic<std::size_t> next_tile{0};
  std::mutex mutex;
  std::condition_variable changed;
  bool open = false;  // a round has tiles to take
  bool busy = false;  // the worker is inside a round
  bool stopping = false;
  std::thread worker;

  State(Threads how_many, const RowOperations& operations) : threads(how_many), rows(operations) {}

  void draw_tiles() {
    for (std::size_t i = next_tile.fetch_add(1); i < tiles.size(); i = next_tile.fetch_add(1)) {
      draw_tile(target, tiles[i], list, rows);
    }
  }

  void work() {
    std::unique_lock lock(mutex);
    while (true) {
      changed.wait(lock, [this] { return open || stopping; });
      if (stopping) {
        return;
      }
      open = false;
      busy = true;
      lock.unlock();
      draw_tiles();
      lock.lock();
      busy = false;
      changed.notify_all();
    }
  }

  /// Never waits for a worker that has not begun: on a loaded machine the owner simply draws everything.
  void draw_with_worker() {
    if (!worker.joinable()) {
      worker = std::thread([this] { work(); });
    }
    {
      const std::lock_guard lock(mutex);
      open = true;
    }
    changed.notify_all();
    draw_tiles();
    std::unique_lock lock(mutex);
    open = false;
    changed.wait(lock, [this] { return !busy; });
  }

  void draw_all() {
    tiles.clear();
    long pixels = 0;
    for (const PixelRect& r : dirty) {
      pixels += static_cast<long>(r.x1 - r.x0) * (r.y1 - r.y0);
      for (int y = r.y0; y < r.y1; y += kBandHeight) {
        tiles.push_back({r.x0, y, r.x1, std::min(r.y1, y + kBandHeight)});
      }
    }
    next_tile.store(0);
    if (threads == Threads::one || pixels < kWorthTwoThreads) {
      draw_tiles();
      return;
    }
    draw_with_worker();
  }

  void serve(ImTextureData* texture) {
    if (texture->Status == ImTextureStatus_WantCreate) {
      assert(texture->Format == ImTextureFormat_Alpha8);
      auto made = std::make_unique<Texture>(
          Texture{Texture::Kind::mask, texture->Width, texture->Height, texture->GetPixels(), next_texture_serial()});
      texture->SetTexID(reference_to(*made)._TexID);
      textures[texture] = std::move(made);
      texture->SetStatus(ImTextureStatus_OK);
    } else if (texture->Status == ImTextureStatus_WantUpdates) {
      texture->SetStatus(ImTextureStatus_OK);  // the texels are read where ImGui keeps them; glyphs are only added
    } else if (texture->Status == ImTextureStatus_WantDestroy && texture->UnusedFrames > 0) {
      texture->SetTexID(ImTextureID_Invalid);
      texture->SetStatus(ImTextureStatus_Destroyed);
      textures.erase(texture);
    }
  }
};

Renderer::Renderer(Threads threads, Simd simd)
    : state_(std::make_unique<State>(threads, simd == Simd::off ? kScalarRows : kSimdRows)) {}

Renderer::~Renderer() {
  if (state_->worker.joinable()) {
    {
      const std::lock_guard lock(state_->mutex);
      state_->stopping = true;
    }
    state_->changed.notify_all();
    state_->worker.join();
  }
}

const std::vector<PixelRect>& Renderer::draw(ImDrawData& data, const Pixels& target) {
  if (data.Textures != nullptr) {
    for (ImTextureData* texture : *data.Textures) {
      state_->serve(texture);
    }
  }
  collect_primitives(data, target.width, target.height, state_->list);
  state_->dirty = state_->cells.compare(state_->list, target.width, target.height);
  state_->target = target;
  state_->draw_all();
  return state_->dirty;
}

void Renderer::forget() { state_->cells.forget(); }

void Renderer::release_textures(ImDrawData* data) {
  if (data != nullptr && data->Textures != nullptr) {
    for (ImTextureData* texture : *data->Textures) {
      texture->SetTexID(ImTextureID_Invalid);
      texture->SetStatus(ImTextureStatus_Destroyed);
    }
  }
  state_->textures.clear();
}

}  // namespace bangwu::widgets
