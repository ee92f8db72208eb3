#include "capture_worker/sane_device.h"

#include <pthread.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cmath>

namespace bangwu::capture_worker {
using namespace capture;
namespace {

constexpr double kA4Width = 210;  ///< millimetres, ISO 216
constexpr double kA4Height = 297;
constexpr double kMillimetresPerInch = 25.4;
constexpr int kFallbackResolution = 300;

bool contains(std::string_view text, std::string_view part) {
  const auto is_same = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
  };
  return std::search(text.begin(), text.end(), part.begin(), part.end(), is_same) != text.end();
}

/// Backends name their sources freely: "ADF", "Automatic Document Feeder", "ADF Front", "ADF Duplex", "FlatBed",
/// "Document Table". Pages are taken from the front.
int points_for_source(ScanSource source, std::string_view word) {
  if (source == ScanSource::flatbed) {
    return contains(word, "flatbed") || contains(word, "platen") || contains(word, "table") ? 2 : 0;
  }
  if (!contains(word, "ADF") && !contains(word, "feeder")) {
    return 0;
  }
  return contains(word, "duplex") || contains(word, "back") || contains(word, "both") ? 1 : 2;
}

int points_for_mode(std::string_view word) {
  if (contains(word, "color") || contains(word, "colour")) {
    return contains(word, "pattern") || contains(word, "dither") || contains(word, "lineart") ? 1 : 3;
  }
  return contains(word, "gray") || contains(word, "grey") ? 2 : 0;
}

double in_range(const SANE_Range& range, double value, bool is_fixed) {
  const auto number = [&](SANE_Word word) { return is_fixed ? SANE_UNFIX(word) : static_cast<double>(word); };
  return std::clamp(value, number(range.min), std::max(number(range.min), number(range.max)));
}

double nearest(const SANE_Word* list, double value, bool is_fixed) {
  double best = value;
  double distance = HUGE_VAL;
  for (SANE_Word i = 1; i <= list[0]; ++i) {
    const double candidate = is_fixed ? SANE_UNFIX(list[i]) : static_cast<double>(list[i]);
    if (std::abs(candidate - value) < distance) {
      distance = std::abs(candidate - value);
      best = candidate;
    }
  }
  return best;
}

double allowed(const SANE_Option_Descriptor& option, double value) {
  const bool is_fixed = option.type == SANE_TYPE_FIXED;
  switch (option.constraint_type) {
    case SANE_CONSTRAINT_RANGE: return in_range(*option.constraint.range, value, is_fixed);
    case SANE_CONSTRAINT_WORD_LIST: return nearest(option.constraint.word_list, value, is_fixed);
    default: return value;
  }
}

bool is_number(const SANE_Option_Descriptor& option) {
  return (option.type == SANE_TYPE_INT || option.type == SANE_TYPE_FIXED) && option.size == sizeof(SANE_Word);
}

std::string text_of(SANE_String_Const text) { return text == nullptr ? "" : text; }

}  // namespace

SaneLibrary::SaneLibrary() : is_ready_(sane_init(nullptr, nullptr) == SANE_STATUS_GOOD) {}

SaneLibrary::~SaneLibrary() {
  if (is_ready_) {
    sane_exit();
  }
}

tl::expected<std::vector<ScannerDevice>, SANE_Status> SaneLibrary::devices() const {
  const SANE_Device** list = nullptr;
  if (const SANE_Status status = sane_get_devices(&list, SANE_FALSE); status != SANE_STATUS_GOOD) {
    return tl::unexpected(status);
  }
  std::vector<ScannerDevice> devices;
  for (; list != nullptr && *list != nullptr; ++list) {
    const SANE_Device& device = **list;
    devices.push_back({text_of(device.name), text_of(device.vendor), text_of(device.model), text_of(device.type)});
  }
  return devices;
}

SANE_Status SaneDevice::open(const std::string& name) { return sane_open(name.c_str(), &handle_); }

SaneDevice::Option SaneDevice::find(std::string_view name) const {
  for (SANE_Int index = 1;; ++index) {
    const SANE_Option_Descriptor* option = sane_get_option_descriptor(handle_, index);
    if (option == nullptr) {
      return {};
    }
    if (option->name != nullptr && name == option->name && SANE_OPTION_IS_ACTIVE(option->cap) &&
        SANE_OPTION_IS_SETTABLE(option->cap)) {
      return {index, option};
    }
  }
}

bool SaneDevice::set_number(std::string_view name, double value) {
  const Option option = find(name);
  if (option.descriptor == nullptr || !is_number(*option.descriptor)) {
    return false;
  }
  const double number = allowed(*option.descriptor, value);
  SANE_Word word =
      option.descriptor->type == SANE_TYPE_FIXED ? SANE_FIX(number) : static_cast<SANE_Word>(std::lround(number));
  sane_control_option(handle_, option.index, SANE_ACTION_SET_VALUE, &word, nullptr);
  return true;
}

void SaneDevice::set_word(std::string_view name, const std::function<int(std::string_view)>& points) {
  const Option option = find(name);
  if (option.descriptor == nullptr || option.descriptor->type != SANE_TYPE_STRING ||
      option.descriptor->constraint_type != SANE_CONSTRAINT_STRING_LIST) {
    return;
  }
  std::string best;
  int most = 0;
  for (const SANE_String_Const* word = option.descriptor->constraint.string_list; *word != nullptr; ++word) {
    if (points(*word) > most) {
      most = points(*word);
      best = *word;
    }
  }
  if (most > 0) {
    best.resize(std::max(best.size() + 1, static_cast<std::size_t>(option.descriptor->size)));
    sane_control_option(handle_, option.index, SANE_ACTION_SET_VALUE, best.data(), nullptr);
  }
}

void SaneDevice::set_millimetres(std::string_view name, double millimetres) {
  const Option option = find(name);
  if (option.descriptor != nullptr) {
    const bool is_pixels = option.descriptor->unit == SANE_UNIT_PIXEL;
    set_number(name, is_pixels ? millimetres / kMillimetresPerInch * resolution() : millimetres);
  }
}

void SaneDevice::prepare(ScanSource source, int resolution) {
  set_word("source", [&](std::string_view word) { return points_for_source(source, word); });
  set_word("mode", points_for_mode);
  set_number("depth", 8);
  if (!set_number("resolution", resolution)) {
    set_number("x-resolution", resolution);
    set_number("y-resolution", resolution);
  }
  // Feeders know the sheet's size apart from the area that is scanned.
  set_millimetres("page-width", kA4Width);
  set_millimetres("page-height", kA4Height);
  set_millimetres("tl-x", 0);
  set_millimetres("tl-y", 0);
  set_millimetres("br-x", kA4Width);
  set_millimetres("br-y", kA4Height);
}

int SaneDevice::resolution() const {
  for (const std::string_view name : {"resolution", "x-resolution"}) {
    const Option option = find(name);
    SANE_Word word = 0;
    if (option.descriptor != nullptr && is_number(*option.descriptor) &&
        sane_control_option(handle_, option.index, SANE_ACTION_GET_VALUE, &word, nullptr) == SANE_STATUS_GOOD) {
      const double dots = option.descriptor->type == SANE_TYPE_FIXED ? SANE_UNFIX(word) : static_cast<double>(word);
      return std::max(1, static_cast<int>(std::lround(dots)));
    }
  }
  return kFallbackResolution;
}

SANE_Status SaneDevice::frame(FrameFormat& format) const {
  SANE_Parameters parameters{};
  const SANE_Status status = sane_get_parameters(handle_, &parameters);
  format.colour = parameters.format == SANE_FRAME_GRAY  ? FrameColour::grey
                  : parameters.format == SANE_FRAME_RGB ? FrameColour::rgb
                                                        : FrameColour::one_of_three;
  format.depth = parameters.depth;
  format.pixels_per_line = parameters.pixels_per_line;
  format.bytes_per_line = parameters.bytes_per_line;
  format.lines = parameters.lines;
  return status;
}

SANE_Status SaneDevice::read(std::uint8_t* bytes, int most, int& got) {
  got = 0;
  return sane_read(handle_, bytes, most, &got);
}

void SaneDevice::cancel() {
  const std::lock_guard lock(closing_);
  if (handle_ != nullptr) {
    sane_cancel(handle_);
  }
}

void SaneDevice::close() {
  const std::lock_guard lock(closing_);
  if (handle_ != nullptr) {
    sane_close(handle_);
    handle_ = nullptr;
  }
}

}  // namespace bangwu::capture_worker

// SANE's backends read in threads that they let be cancelled at any instruction and cancel after each page. One that is
// inside the allocator or the dynamic linker then dies with its lock, and the next page waits for it for ever (seen
// with the test backend, once in some thousand pages; POSIX.1-2017, 2.9.5: such a thread may call three functions
// only). So that type of cancellation is not to be had in this program: threads end where they wait. As the dynamic
// linker prefers the executable's, this one stands before the C library's in every backend.
extern "C" int pthread_setcanceltype(int type, int* old_type) {
  if (type != PTHREAD_CANCEL_DEFERRED && type != PTHREAD_CANCEL_ASYNCHRONOUS) {
    return EINVAL;
  }
  if (old_type != nullptr) {
    *old_type = PTHREAD_CANCEL_DEFERRED;
  }
  return 0;
}
