// The settings of kiosk and central service: strict, whatever an editor leaves behind.
#include "settings/settings.h"

#include "fuzz/target.h"
#include "runtime/config.h"

using namespace bangwu;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const bool is_central = fuzz::take_choice(input, 2) == 0;
  const auto file = fuzz::file_with("settings.toml", input);
  if (is_central) (void)settings::read_settings(file);
  else (void)runtime::read_config(file);
  return 0;
}
