#pragma once

namespace bangwu::pages {

/// Private to this room. From here on this process may read and write what it has open, allocate up to 1 GiB, compute
/// for 20 s and end; anything else ends it (seccomp(2)). False if the kernel refuses: then nothing may be decoded.
[[nodiscard]] bool confine_this_process();

}  // namespace bangwu::pages
