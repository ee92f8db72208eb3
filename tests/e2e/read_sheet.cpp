// read_sheet DOTS_PER_INCH — the A4 sheet in SANE's test scanner, as a PPM on standard output. A program of its own:
// libsane reads SANE_CONFIG_DIR once in the life of a process.
#include <sane/sane.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

void check(SANE_Status status) {
  if (status != SANE_STATUS_GOOD) throw std::runtime_error(sane_strstatus(status));
}

void set(SANE_Handle device, std::string_view name, void* value) {
  for (SANE_Int index = 1;; ++index) {
    const SANE_Option_Descriptor* option = sane_get_option_descriptor(device, index);
    if (option == nullptr) throw std::runtime_error("no option " + std::string(name));
    if (option->name != nullptr && name == option->name)
      return check(sane_control_option(device, index, SANE_ACTION_SET_VALUE, value, nullptr));
  }
}

void set(SANE_Handle device, std::string_view name, double number) {
  SANE_Word word = SANE_FIX(number);
  set(device, name, &word);
}

void read_sheet(double dots_per_inch) {
  SANE_Handle device = nullptr;
  check(sane_init(nullptr, nullptr));
  check(sane_open("test:0", &device));
  std::array<char, 64> colour{"Color"};
  set(device, "mode", colour.data());
  set(device, "resolution", dots_per_inch);
  set(device, "br-x", 210);
  set(device, "br-y", 297);
  check(sane_start(device));
  SANE_Parameters parameters{};
  check(sane_get_parameters(device, &parameters));
  if (parameters.format != SANE_FRAME_RGB || parameters.bytes_per_line != parameters.pixels_per_line * 3)
    throw std::runtime_error("not plain colour");
  std::vector<SANE_Byte> sheet, piece(65536);
  SANE_Int got = 0;
  SANE_Status status = SANE_STATUS_GOOD;
  while ((status = sane_read(device, piece.data(), static_cast<SANE_Int>(piece.size()), &got)) == SANE_STATUS_GOOD) {
    sheet.insert(sheet.end(), piece.begin(), piece.begin() + got);
  }
  if (status != SANE_STATUS_EOF) check(status);
  sane_close(device);
  sane_exit();
  std::printf("P6\n%d %zu\n255\n", parameters.pixels_per_line,
              sheet.size() / static_cast<std::size_t>(parameters.bytes_per_line));
  std::fwrite(sheet.data(), 1, sheet.size(), stdout);
}

}  // namespace

int main(int, char** words) try {
  read_sheet(std::atof(words[1]));
  return EXIT_SUCCESS;
} catch (const std::exception& error) {
  std::fprintf(stderr, "read_sheet: %s\n", error.what());
  return EXIT_FAILURE;
}
