# Language, warnings, caches and sanitizers: flags as one INTERFACE target that every room links.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

# A program asks for the libraries it uses, not for all that its rooms could use.
add_link_options(LINKER:--as-needed)

# What an attacker meets in a program that reads strangers' bytes: tables that are read-only once loaded, and in release
# builds guarded stacks, checked buffers and landing pads for jumps. deploy/check-hardening.sh looks at the programs.
if(NOT BANGWU_SANITIZE)
  add_link_options(LINKER:-z,relro,-z,now,-z,noexecstack)
  add_compile_options($<$<CONFIG:Release>:-fstack-protector-strong> $<$<CONFIG:Release>:-fstack-clash-protection>
    $<$<CONFIG:Release>:-U_FORTIFY_SOURCE> $<$<CONFIG:Release>:-D_FORTIFY_SOURCE=2>)
  if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
    add_compile_options($<$<CONFIG:Release>:-fcf-protection=full>)
  endif()
endif()

# gcc's warnings are the house's; clang only builds the fuzz targets.
add_library(bangwu_flags INTERFACE)
target_compile_options(bangwu_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
  -Wnon-virtual-dtor -Wimplicit-fallthrough $<$<CXX_COMPILER_ID:GNU>:-Werror> $<$<CONFIG:Release>:-fno-plt>)
if(BANGWU_SANITIZE)
  add_compile_options(-fsanitize=${BANGWU_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${BANGWU_SANITIZE})
  if(BANGWU_SANITIZE MATCHES "thread")
    target_compile_options(bangwu_flags INTERFACE -Wno-tsan)
  endif()
endif()

# bangwu_pkg(<target> <pkg-config module>...): an imported target whose headers are system headers.
function(bangwu_pkg name)
  if(NOT TARGET pkg::${name})
    pkg_check_modules(${name} REQUIRED IMPORTED_TARGET GLOBAL ${ARGN})
    add_library(pkg::${name} ALIAS PkgConfig::${name})
  endif()
endfunction()
