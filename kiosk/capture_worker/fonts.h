#pragma once

namespace bangwu::capture_worker {

/// Loads the system's fonts and, after them, what Chinese fonts that are named and not there are to be replaced by
/// (fonts.cpp). Once a process, before files can no longer be opened at will; later calls do nothing. Without fonts
/// documents are drawn as far as they bring their own.
void prepare_fonts();

}  // namespace bangwu::capture_worker
