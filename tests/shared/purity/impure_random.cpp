#include "base/ids.h"

bangwu::base::Uuid any_id(bangwu::base::SystemTime now) {
  bangwu::base::KernelRandom random;
  return bangwu::base::make_uuid_v7(now, random);
}
