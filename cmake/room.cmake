# A room is a folder, a static library and a namespace. Its headers are visible as "<room>/<file>.h" only to the
# rooms that link it: each room gets an include directory of its own holding one link to the room's folder, so an
# arrow that is not in the build cannot be drawn in the code.
#
#   bangwu_room(<room> [PURE] SOURCES a.cpp ... [DEPENDS room ...] [PRIVATE_LIBS target ...])
#
# DEPENDS      rooms this one may include; they are visible to its users too
# PRIVATE_LIBS third-party targets, used in .cpp files only
# PURE         the room may reach no clock, random, file, thread, socket or toolkit: the symbols its objects ask
#              for and the headers it includes are checked after each build (cmake/check-pure.sh)
function(bangwu_room room)
  cmake_parse_arguments(ARG "PURE" "" "SOURCES;DEPENDS;PRIVATE_LIBS" ${ARGN})
  set(view "${CMAKE_BINARY_DIR}/rooms/${room}")
  file(MAKE_DIRECTORY "${view}")
  file(CREATE_LINK "${CMAKE_CURRENT_SOURCE_DIR}" "${view}/${room}" SYMBOLIC)
  if(ARG_SOURCES)
    add_library(${room} STATIC ${ARG_SOURCES})
    target_include_directories(${room} PUBLIC "${view}")
    target_link_libraries(${room} PUBLIC ${ARG_DEPENDS} PRIVATE bangwu_flags ${ARG_PRIVATE_LIBS})
    if(ARG_PURE)
      add_custom_command(TARGET ${room} POST_BUILD
        COMMAND "${CMAKE_SOURCE_DIR}/cmake/check-pure.sh" "$<TARGET_FILE:${room}>" "${CMAKE_CURRENT_SOURCE_DIR}" VERBATIM)
    endif()
  else()
    add_library(${room} INTERFACE)
    target_include_directories(${room} INTERFACE "${view}")
    target_link_libraries(${room} INTERFACE ${ARG_DEPENDS})
  endif()
endfunction()

# bangwu_test(<name> SOURCES ... LIBS ... [LABELS ...] [TIMEOUT s]): one GoogleTest program, each TEST a ctest entry.
function(bangwu_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LIBS;LABELS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE bangwu_flags ${ARG_LIBS} GTest::gmock GTest::gtest_main)
  target_include_directories(${name} PRIVATE "${CMAKE_SOURCE_DIR}/tests")
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}")
endfunction()
