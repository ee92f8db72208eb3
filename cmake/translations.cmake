# bangwu_translations(<target> <output directory> <source directory>...): compiles <source>/<language>/<domain>.po into
# <output>/<language>/LC_MESSAGES/<domain>.mo, what widgets::load_words() reads. Of two sources with the same language
# and domain the first wins.
find_program(MSGFMT msgfmt REQUIRED)

function(bangwu_translations target output)
  set(compiled)
  foreach(source IN LISTS ARGN)
    file(GLOB files CONFIGURE_DEPENDS "${source}/*/*.po")
    foreach(po IN LISTS files)
      cmake_path(GET po STEM domain)
      cmake_path(GET po PARENT_PATH folder)
      cmake_path(GET folder FILENAME language)
      set(mo "${output}/${language}/LC_MESSAGES/${domain}.mo")
      if(mo IN_LIST compiled)
        continue()
      endif()
      list(APPEND compiled "${mo}")
      file(MAKE_DIRECTORY "${output}/${language}/LC_MESSAGES")
      add_custom_command(OUTPUT "${mo}" COMMAND "${MSGFMT}" --check-format -o "${mo}" "${po}" DEPENDS "${po}" VERBATIM)
    endforeach()
  endforeach()
  add_custom_target(${target} ALL DEPENDS ${compiled})
endfunction()
