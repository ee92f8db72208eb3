#include <sane/sane.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string_view>

// A SANE backend of one device, "page", that does what SANE_FAULTY says; libsane loads it like any other. Its pages are
// 200 × 300 pixels: the left half black, the right half red (white in grey).
namespace {

constexpr SANE_Int kWidth = 200;
constexpr SANE_Int kHeight = 300;
constexpr int kFeederPages = 4;

struct Scanner {
  int started = 0;
  int line = 0;
  bool is_feeder = false;
  bool is_cancelled = false;
};

Scanner& scanner() {
  static Scanner only;
  return only;
}

bool is_asked(std::string_view what) {
  const char* asked = std::getenv("SANE_FAULTY");
  return asked != nullptr && what == asked;
}

bool is_grey() { return is_asked("grey") || is_asked("one bit"); }

SANE_Int bytes_per_line() { return is_asked("one bit") ? kWidth / 8 : is_grey() ? kWidth : kWidth * 3; }

void fill_line(SANE_Byte* line) {
  if (is_asked("one bit")) {
    std::fill_n(line, kWidth / 16, SANE_Byte{0xFF});
    std::fill_n(line + kWidth / 16, bytes_per_line() - kWidth / 16, SANE_Byte{0});
    return;
  }
  const int channels = is_grey() ? 1 : 3;
  for (int x = 0; x < kWidth; ++x) {
    for (int channel = 0; channel < channels; ++channel) {
      *line++ = x >= kWidth / 2 && channel == 0 ? 250 : 0;
    }
  }
}

}  // namespace

extern "C" {

SANE_Status sane_faulty_init(SANE_Int* version, SANE_Auth_Callback) {
  if (version != nullptr) {
    *version = SANE_VERSION_CODE(1, 0, 1);
  }
  return SANE_STATUS_GOOD;
}

void sane_faulty_exit() {}

SANE_Status sane_faulty_get_devices(const SANE_Device*** list, SANE_Bool) {
  static const SANE_Device device{"page", "Bangwu", "Faulty", "sheetfed scanner"};
  static const SANE_Device* devices[] = {&device, nullptr};
  *list = devices;
  return is_asked("no devices") ? SANE_STATUS_IO_ERROR : SANE_STATUS_GOOD;
}

SANE_Status sane_faulty_open(SANE_String_Const name, SANE_Handle* handle) {
  if (std::string_view(name) != "page") {
    return SANE_STATUS_INVAL;
  }
  if (is_asked("busy")) {
    return SANE_STATUS_DEVICE_BUSY;
  }
  if (is_asked("switched off")) {
    return SANE_STATUS_IO_ERROR;
  }
  *handle = &scanner();
  return SANE_STATUS_GOOD;
}

void sane_faulty_close(SANE_Handle) {}

const SANE_Option_Descriptor* sane_faulty_get_option_descriptor(SANE_Handle, SANE_Int index) {
  static const SANE_String_Const sources[] = {"Flatbed", "ADF Duplex", "ADF Front", nullptr};
  static SANE_Option_Descriptor options[2];
  options[0] = {
      "",       "", "", SANE_TYPE_INT, SANE_UNIT_NONE, sizeof(SANE_Word), SANE_CAP_SOFT_DETECT, SANE_CONSTRAINT_NONE,
      {nullptr}};
  options[1] = {"source",
                "",
                "",
                SANE_TYPE_STRING,
                SANE_UNIT_NONE,
                16,
                SANE_CAP_SOFT_DETECT | SANE_CAP_SOFT_SELECT,
                SANE_CONSTRAINT_STRING_LIST,
                {sources}};
  return index >= 0 && index < 2 ? &options[index] : nullptr;
}

SANE_Status sane_faulty_control_option(SANE_Handle, SANE_Int index, SANE_Action action, void* value, SANE_Int* info) {
  if (info != nullptr) {
    *info = 0;
  }
  if (index == 0 && action == SANE_ACTION_GET_VALUE) {
    *static_cast<SANE_Word*>(value) = 2;
  }
  if (index == 1 && action == SANE_ACTION_SET_VALUE) {
    scanner().is_feeder = std::strcmp(static_cast<const char*>(value), "ADF Front") == 0;
  }
  return SANE_STATUS_GOOD;
}

SANE_Status sane_faulty_get_parameters(SANE_Handle, SANE_Parameters* parameters) {
  *parameters = {is_asked("three passes") ? SANE_FRAME_RED
                 : is_grey()              ? SANE_FRAME_GRAY
                                          : SANE_FRAME_RGB,
                 SANE_TRUE,
                 bytes_per_line(),
                 kWidth,
                 is_asked("unknown length") || is_asked("endless") ? -1 : kHeight,
                 is_asked("one bit") ? 1 : 8};
  if (is_asked("enormous")) {
    parameters->lines = 1'000'000;
  }
  return SANE_STATUS_GOOD;
}

SANE_Status sane_faulty_start(SANE_Handle) {
  Scanner& device = scanner();
  device.line = 0;
  device.is_cancelled = false;
  ++device.started;
  if (is_asked("empty feeder") || (device.is_feeder && device.started > kFeederPages)) {
    return SANE_STATUS_NO_DOCS;
  }
  if (is_asked("cover open")) {
    return SANE_STATUS_COVER_OPEN;
  }
  if (is_asked("jam at the third") && device.started == 3) {
    return SANE_STATUS_JAMMED;
  }
  if (is_asked("hang at start")) {
    ::pause();
  }
  return SANE_STATUS_GOOD;
}

SANE_Status sane_faulty_read(SANE_Handle, SANE_Byte* bytes, SANE_Int most, SANE_Int* got) {
  Scanner& device = scanner();
  *got = 0;
  const bool is_half = device.line >= kHeight / 2;
  if (is_half && is_asked("hang")) {
    while (true) {
      ::pause();
    }
  }
  if (is_half && is_asked("crash")) {
    std::abort();
  }
  if (is_half && is_asked("unplugged")) {
    return SANE_STATUS_IO_ERROR;
  }
  if (is_half && is_asked("jam in the page")) {
    return SANE_STATUS_JAMMED;
  }
  if (is_half && is_asked("stop button")) {
    return SANE_STATUS_CANCELLED;
  }
  if (is_asked("slow") || is_asked("crash on cancel")) {
    ::usleep(20'000);
    device.line = std::min(device.line, kHeight - 2);  // never done
  }
  const bool ends_short = is_asked("short") && device.line >= kHeight - 1;
  if (!is_asked("endless") && (device.line >= kHeight || ends_short || device.is_cancelled)) {
    return SANE_STATUS_EOF;
  }
  if (most < bytes_per_line()) {
    return SANE_STATUS_INVAL;
  }
  fill_line(bytes);
  ++device.line;
  *got = bytes_per_line();
  return SANE_STATUS_GOOD;
}

void sane_faulty_cancel(SANE_Handle) {
  if (is_asked("crash on cancel")) {
    std::abort();
  }
  scanner().is_cancelled = true;
}

SANE_Status sane_faulty_set_io_mode(SANE_Handle, SANE_Bool) { return SANE_STATUS_UNSUPPORTED; }
SANE_Status sane_faulty_get_select_fd(SANE_Handle, SANE_Int*) { return SANE_STATUS_UNSUPPORTED; }

}  // extern "C"
