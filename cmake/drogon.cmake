# Drogon::Drogon from ${BANGWU_DEPS}/drogon-prefix, built once by deploy/build-drogon.sh and shared by build folders.
if(NOT EXISTS "${BANGWU_DEPS}/drogon-prefix/.built")
  message(FATAL_ERROR "The central service needs drogon in ${BANGWU_DEPS}/drogon-prefix. Run "
    "deploy/fetch-sources.sh trantor drogon && deploy/build-drogon.sh, or configure with -DBANGWU_CENTRAL=OFF.")
endif()
# Tests link rooms that link drogon: the imported targets must be seen outside of this folder too.
set(CMAKE_FIND_PACKAGE_TARGETS_GLOBAL ON)
list(PREPEND CMAKE_PREFIX_PATH "${BANGWU_DEPS}/drogon-prefix")
find_package(Drogon REQUIRED CONFIG)
set(CMAKE_FIND_PACKAGE_TARGETS_GLOBAL OFF)
