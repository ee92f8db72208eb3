#include "widgets/stage.h"

#include <SDL_image.h>

#include <algorithm>
#include <cassert>

#include "widgets/font_loader.h"
#include "widgets/ink_raster.h"
#include "widgets/line_break.h"
#include "widgets/stage_state.h"
#include "widgets/words.h"

namespace bangwu::widgets {
namespace {

// A draw function that is stale again and again never settles: show what it has.
constexpr int kMostPasses = 8;

}  // namespace

StageState::StageState(const StageOptions& given)
    : options(given),
      theme(given.panel, given.text_size),
      screen{0, 0, static_cast<float>(given.panel.width), static_cast<float>(given.panel.height)},
      masks(given.icons) {}

StageState::~StageState() {
  if (context != nullptr) {
    ImGui::SetCurrentContext(context);
    renderer.release_textures(ImGui::GetDrawData());
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
      texture->SetTexID(ImTextureID_Invalid);
      texture->SetStatus(ImTextureStatus_Destroyed);
    }
    ImGui::DestroyContext(context);
  }
}

base::Result<void> StageState::start() {
  context = ImGui::CreateContext();
  ImGui::SetCurrentContext(context);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures | ImGuiBackendFlags_RendererHasVtxOffset;
  io.ConfigInputTrickleEventQueue = false;
  io.Fonts->Flags |= ImFontAtlasFlags_NoMouseCursors | ImFontAtlasFlags_NoBakedLines;
  io.Fonts->TexDesiredFormat = ImTextureFormat_Alpha8;
  // Room for a first page without growing: growing copies the atlas and repaints everything.
  io.Fonts->TexMinWidth = 2048;
  io.Fonts->TexMinHeight = 1024;
  io.Fonts->SetFontLoader(font_loader());
  return fonts.load(options.font, options.font_bold);
}

void StageState::begin_frame(base::SteadyTime time, std::vector<TimedInput> inputs) {
  frame_before = now;
  now = time;
  came_down = came_up = false;
  clicked.clear();
  path.clear();
  typed.clear();
  finger.before = finger.at;
  step = std::move(inputs);
  for (const TimedInput& input : step) {
    apply(input);
  }
}

void StageState::apply(const TimedInput& timed) {
  if (const auto* down = std::get_if<PointerDown>(&timed.input)) {
    finger_down(down->at, timed.at);
    path.push_back(timed);
  } else if (const auto* moved = std::get_if<PointerMoved>(&timed.input)) {
    finger.at = moved->at;
    path.push_back(timed);
  } else if (const auto* up = std::get_if<PointerUp>(&timed.input)) {
    path.push_back(timed);
    finger_up(up->at);
  } else if (std::holds_alternative<PointerLost>(timed.input)) {
    finger = {};
  } else {
    typed.push_back(timed.input);
  }
}

void StageState::finger_down(Point at, base::SteadyTime when) {
  const Item* item = when < aims_from ? nullptr : item_at(seen, at, theme.px(1.2_mm));
  finger = {true, at, at, at, when, item != nullptr && item->enabled ? item->id : std::string()};
  came_down = true;
}

void StageState::finger_up(Point at) {
  came_up = true;
  finger.at = at;
  if (finger.down && still_on_target(at)) {
    clicked = finger.target;
  }
  finger.down = false;
}

bool StageState::still_on_target(Point at) const {
  const Item* item = finger.target.empty() ? nullptr : find_item(seen, finger.target);
  // Fingers roll: a little beside still counts.
  const float slack = theme.px(3_mm);
  return item != nullptr && item->enabled && !item->covered &&
         item->visible.inset(0).intersection({at.x - slack, at.y - slack, 2 * slack, 2 * slack}).w > 0;
}

Drawn StageState::draw_once(const DrawFunction& draw, bool shown) {
  items.clear();
  clips.assign(1, screen);
  ink_drawn.clear();
  next_frame = base::SteadyTime::max();
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {screen.w, screen.h};
  io.DeltaTime = 1.F / 60;
  fonts.use(base::facts_of(language()).is_chinese ? Fonts::Marks::chinese : Fonts::Marks::latin);
  ImGui::NewFrame();
  Ui ui(*this);
  const Drawn drawn = draw(ui);
  assert(clips.size() == 1);
  if (drawn == Drawn::current || shown) {
    ImGui::Render();
  } else {
    ImGui::EndFrame();
  }
  return drawn;
}

void StageState::end_frame() {
  seen.swap(items);
  if (!finger.down) {
    finger.target.clear();
  }
  std::erase_if(ink, [&](const auto& entry) {
    return std::find(ink_drawn.begin(), ink_drawn.end(), entry.first) == ink_drawn.end();
  });
  path.clear();
  typed.clear();
}

Stage::Stage(std::unique_ptr<StageState> state) : state_(std::move(state)) {}
Stage::~Stage() = default;

base::Result<std::unique_ptr<Stage>> Stage::create(const StageOptions& options) {
  auto state = std::make_unique<StageState>(options);
  if (auto started = state->start(); !started) {
    return tl::unexpected(started.error());
  }
  return std::unique_ptr<Stage>(new Stage(std::move(state)));
}

void Stage::feed(TimedInput input) { state_->queue.push(std::move(input)); }

bool Stage::input_pending() const { return !state_->queue.empty(); }

const std::vector<PixelRect>& Stage::frame(base::SteadyTime now, const DrawFunction& draw, const Pixels& target) {
  ImGui::SetCurrentContext(state_->context);
  state_->begin_frame(now, state_->queue.take_step());
  for (int pass = 1; state_->draw_once(draw, pass == kMostPasses) == Drawn::stale && pass < kMostPasses; ++pass) {
    state_->begin_frame(now, {});
  }
  // ImGui::Render() ran in the last pass, so its draw data is what to show.
  const auto& dirty = state_->renderer.draw(*ImGui::GetDrawData(), target);
  state_->end_frame();
  return dirty;
}

const std::vector<Item>& Stage::items() const { return state_->seen; }

base::SteadyTime Stage::next_frame_at() const { return state_->next_frame; }

void Stage::repaint_all() { state_->renderer.forget(); }

void Stage::forget_words() {
  state_->seen = std::vector<Item>();
  state_->items = std::vector<Item>();
  state_->typed = std::vector<Input>();
  state_->step = std::vector<TimedInput>();
  state_->path = std::vector<TimedInput>();
}

void Stage::set_text_size(TextSize size) {
  state_->options.text_size = size;
  state_->theme = Theme(state_->options.panel, size);
}

std::size_t Stage::warm_glyphs(std::string_view text, TextStyle style, std::chrono::microseconds budget) {
  ImGui::SetCurrentContext(state_->context);
  ImFontBaked* baked = state_->fonts.baked(state_->theme.type(style));
  const auto end = std::chrono::steady_clock::now() + budget;
  std::size_t at = 0;
  while (at < text.size() && std::chrono::steady_clock::now() < end) {
    baked->FindGlyph(next_character(text, at));
  }
  return at;
}

base::Result<void> save_png(const Pixels& pixels, const std::filesystem::path& path) {
  SDL_Surface* surface = SDL_CreateRGBSurfaceWithFormatFrom(pixels.data, pixels.width, pixels.height, 32,
                                                            pixels.stride * 4, SDL_PIXELFORMAT_RGB888);
  SDL_Surface* packed = surface != nullptr ? SDL_ConvertSurfaceFormat(surface, SDL_PIXELFORMAT_RGB24, 0) : nullptr;
  const bool saved = packed != nullptr && IMG_SavePNG(packed, path.c_str()) == 0;
  SDL_FreeSurface(packed);
  SDL_FreeSurface(surface);
  if (!saved) {
    return base::fail(base::ErrorCode::io_failed, "write " + path.string() + ": " + SDL_GetError());
  }
  return {};
}

}  // namespace bangwu::widgets
