#include "runtime/paper_library.h"

#include <dlfcn.h>

namespace bangwu::runtime {

base::Result<base::Bytes> PaperLibrary::slip_pdf(const paper::SlipContent& content) {
  if (slip_pdf_ == nullptr) {
    void* module = ::dlopen(module_.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (module != nullptr) slip_pdf_ = reinterpret_cast<SlipPdf*>(::dlsym(module, "bangwu_slip_pdf"));
    if (slip_pdf_ == nullptr) {
      return base::fail(base::ErrorCode::unavailable, module_.string() + " does not load; install the program whole");
    }
  }
  base::Result<base::Bytes> pdf;
  slip_pdf_(content, pdf);
  return pdf;
}

}  // namespace bangwu::runtime
