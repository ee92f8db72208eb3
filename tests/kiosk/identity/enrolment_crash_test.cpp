#include <gtest/gtest.h>

#include "identity/identity.h"
#include "support/child_process.h"
#include "support/fake_central.h"
#include "support/files.h"
#include "support/scratch_directory.h"

namespace bangwu {
namespace {

namespace fs = std::filesystem;

/// `bangwu-kiosk enrol` on a disk that keeps only what was synced, cut off at a step of the program's.
class EnrolmentCrash : public testing::Test {
 protected:
  /// −SIGKILL: cut off; 0: it said that this machine is enrolled.
  [[nodiscard]] int enrol(const fs::path& data, const std::map<std::string, std::string>& environment = {}) {
    central_.expect_code("ABCD-2345");
    support::write_file(folder_ / "code", "ABCD-2345");
    return support::run({BANGWU_KIOSK_PROGRAM, "enrol", "--data", data, "--url", server_.url(), "--code-file",
                         folder_ / "code", "--plain-http-on-loopback"},
                        environment)
        .code;
  }
  [[nodiscard]] std::optional<envelope::VerifyKey> key_in(const fs::path& data) const {
    const auto identity = identity::load_identity(data);
    if (identity) return identity->device.public_key();
    EXPECT_EQ(identity.error().code, base::ErrorCode::not_found) << identity.error().detail;
    return std::nullopt;
  }
  /// A machine that was, or was not, enrolled before is enrolled, and the power is cut at each step.
  void cut_everywhere(const fs::path& before, const std::string& keep) {
    const auto root = folder_ / "root", image = folder_ / "image";
    for (int at = 1;; ++at) {
      SCOPED_TRACE("step " + std::to_string(at) + ", keeping " + keep);
      for (const auto& path : {root, image}) fs::remove_all(path);
      fs::copy(before, root, fs::copy_options::recursive);
      const int code = enrol(root, {{"LD_PRELOAD", BANGWU_POWER_CUT},
                                    {"POWER_CUT_ROOT", root},
                                    {"POWER_CUT_IMAGE", image},
                                    {"POWER_CUT_MODE", "cut"},
                                    {"POWER_CUT_KEEP", keep},
                                    {"POWER_CUT_SEED", std::to_string(at)},
                                    {"POWER_CUT_AT", std::to_string(at)}});
      const auto left = key_in(image);
      if (code == 0) {
        EXPECT_GT(at, 15) << "the cuts were not made";
        ASSERT_TRUE(left) << "said to be enrolled, and is not";
        EXPECT_EQ(left, key_in(root));
        return;
      }
      ASSERT_EQ(code, -SIGKILL);
      EXPECT_TRUE(left || !key_in(before)) << "either the old identity or the new one, whole";
      ASSERT_EQ(enrol(image), 0) << "a new code sets it right";
      if (HasFailure()) return;
    }
  }

  bool has_cryptography_ = envelope::initialise_cryptography();
  support::ScratchDirectory folder_{support::In::memory};
  support::FakeCentral central_{"secret-token", envelope::VerifyKey{}};
  support::FaultServer server_{central_.handler()};
};

TEST_F(EnrolmentCrash, OfANewMachineLeavesNoHalfIdentity) {
  fs::create_directory(folder_ / "before");
  for (const char* keep : {"none", "names", "data", "half"}) cut_everywhere(folder_ / "before", keep);
}

TEST_F(EnrolmentCrash, OfAnEnrolledMachineLeavesTheOldIdentityOrTheNew) {
  ASSERT_EQ(enrol(folder_ / "before"), 0);
  for (const char* keep : {"none", "names", "data", "half"}) cut_everywhere(folder_ / "before", keep);
}

}  // namespace
}  // namespace bangwu
