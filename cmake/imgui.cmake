# Dear ImGui, compiled from the sources deploy/fetch-sources.sh put into BANGWU_DEPS: core and the FreeType rasteriser,
# none of its back ends, no demo, no built-in font.
set(imgui_dir "${BANGWU_DEPS}/imgui")
if(NOT EXISTS "${imgui_dir}/imgui.cpp")
  message(FATAL_ERROR "Dear ImGui's sources are not in ${imgui_dir}: run deploy/fetch-sources.sh imgui")
endif()
bangwu_pkg(freetype2 freetype2)
add_library(imgui STATIC "${imgui_dir}/imgui.cpp" "${imgui_dir}/imgui_draw.cpp" "${imgui_dir}/imgui_tables.cpp"
  "${imgui_dir}/imgui_widgets.cpp" "${imgui_dir}/misc/freetype/imgui_freetype.cpp")
target_include_directories(imgui SYSTEM PUBLIC "${imgui_dir}" "${imgui_dir}/misc/freetype")
target_compile_definitions(imgui PUBLIC IMGUI_ENABLE_FREETYPE IMGUI_DISABLE_OBSOLETE_FUNCTIONS IMGUI_USE_WCHAR32
  IMGUI_DISABLE_DEMO_WINDOWS IMGUI_DISABLE_DEBUG_TOOLS IMGUI_DISABLE_DEFAULT_FONT IMGUI_DISABLE_STB_TRUETYPE_IMPLEMENTATION
  IMGUI_DISABLE_FILE_FUNCTIONS IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS)
target_link_libraries(imgui PRIVATE pkg::freetype2)
# Glyphs are hashed, laid out and drawn many times a frame: optimised in every build type.
target_compile_options(imgui PRIVATE -w -O2)
