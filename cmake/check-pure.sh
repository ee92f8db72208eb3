#!/bin/sh
# check-pure.sh LIBRARY.a — fails when a pure room asks the linker for a clock, random numbers, files, threads, the
# network or a toolkit. The list names what the C and C++ libraries call these things.
set -eu
found=$(nm --undefined-only --demangle=auto "$1" 2>/dev/null | grep -E \
' U (std::chrono::_V2::(system|steady)_clock::now|std::random_device|std::basic_[io]?f(ile|stream)|std::filesystem|std::thread|pthread_create|clock_gettime|gettimeofday|time$|localtime|gmtime|getrandom|rand$|srand|fopen|open$|open64|openat|read$|write$|socket|connect$|getenv|setenv|SDL_|ImGui|sqlite3_|curl_|sodium_|crypto_|randombytes|fork|exec|system$|popen|printf$|puts$|usleep|nanosleep|sleep$)' || true)
if [ -n "$found" ]; then
  echo "$(basename "$1") is a pure room, but its code reaches outside:" >&2
  echo "$found" >&2
  exit 1
fi
