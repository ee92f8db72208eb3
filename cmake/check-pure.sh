#!/bin/sh
# check-pure.sh LIBRARY.a SOURCE... — fails when a pure room asks the linker for a clock, random numbers, files, threads,
# the network or a toolkit, itself or by the house's own rooms, or includes a header that is neither the house's nor the
# language's own. The list names what the C and C++ libraries call these things. SOURCE: folders or files.
set -eu
library=$1
shift
found=$(nm --undefined-only --demangle=auto "$library" 2>/dev/null | grep -E \
' U (std::chrono::_V2::(system|steady)_clock::now|std::random_device|std::basic_[io]?f(ile|stream)|std::(cout|cerr|clog|cin)|std::filesystem|std::thread|pthread_create|clock_gettime|gettimeofday|time$|localtime|gmtime|getrandom|rand$|srand|fopen|open$|open64|openat|read$|write$|stat$|unlink|rename$|mkdir|opendir|socket|connect$|getenv|setenv|SDL_|ImGui|sqlite3_|curl_|sodium_|crypto_|randombytes|fork|exec|system$|popen|printf$|puts$|usleep|nanosleep|sleep$|(vtable for )?bangwu::base::(RealClock|KernelRandom|FileHandle|log\(|read_|write_|hand_out_|sync_|make_directory_))' || true)
included=$(grep -rEn '^ *# *include *<' "$@" \
  | grep -Ev '<([a-z_]+|tl/expected\.hpp)>' || true
  grep -rEn '^ *# *include *(<(filesystem|fstream|iostream|thread|mutex|shared_mutex|condition_variable|future|random|ctime)>|"base/(file|log)\.h")' "$@" || true)
if [ -n "$found$included" ]; then
  echo "$(basename "$library") is a pure room, but its code reaches outside:" >&2
  printf '%s\n' "$found" "$included" >&2
  exit 1
fi
