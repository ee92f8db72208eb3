#include "runtime/page_vault.h"

#include <gmock/gmock.h>

#include "support/scratch_directory.h"

namespace bangwu::runtime {
namespace {

class Vault : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(envelope::initialise_cryptography()); }
  support::ScratchDirectory scratch_;
  blobs::BlobStore blobs_ = *blobs::BlobStore::open(scratch_ / "blobs");
  PageVault vault_{blobs_};
  base::Bytes page_ = base::Bytes(10000, 7);
};

TEST_F(Vault, APageIsOnTheDiskOnlyAsCiphertext) {
  vault_.begin(1);
  const auto sealed = vault_.seal(1, page_, "image/png");
  ASSERT_TRUE(sealed);
  const auto stored = blobs_.read(sealed->sha256);
  ASSERT_TRUE(stored);
  EXPECT_EQ(std::search(stored->begin(), stored->end(), page_.begin(), page_.begin() + 32), stored->end());
  EXPECT_EQ(vault_.open(1, sealed->key)->bytes, page_);
}

TEST_F(Vault, AForgottenVisitCannotBeOpenedAndItsBlobsAreNamed) {
  vault_.begin(1);
  const auto sealed = vault_.seal(1, page_, "image/png");
  EXPECT_THAT(vault_.forget(1), testing::ElementsAre(sealed->sha256));
  EXPECT_FALSE(vault_.open(1, sealed->key));
}

TEST_F(Vault, AnotherVisitsNumberOpensNothing) {
  vault_.begin(1);
  const auto sealed = vault_.seal(1, page_, "image/png");
  vault_.begin(2);
  EXPECT_FALSE(vault_.open(1, sealed->key));
  EXPECT_FALSE(vault_.open(2, sealed->key));
  EXPECT_FALSE(vault_.seal(1, page_, "image/png")) << "a page that comes late is of nobody";
}

TEST_F(Vault, KnowsItsVisitsPagesAndNoOthers) {
  vault_.begin(1);
  const auto sealed = vault_.seal(1, page_, "image/png");
  ASSERT_TRUE(vault_.page_of(1, sealed->key));
  EXPECT_EQ(vault_.page_of(1, sealed->key)->blob.sha256, sealed->sha256);
  EXPECT_FALSE(vault_.page_of(1, sealed->key + 1));
  EXPECT_FALSE(vault_.page_of(2, sealed->key));
}

TEST_F(Vault, AfterHandingOverThisMachineCannotReadThePages) {
  vault_.begin(1);
  const auto sealed = vault_.seal(1, page_, "image/png");
  vault_.hand_over(1);
  EXPECT_FALSE(vault_.open(1, sealed->key));
  EXPECT_TRUE(vault_.forget(1).empty()) << "the outbox owns the blobs now";
  EXPECT_TRUE(blobs_.read(sealed->sha256));
}

TEST_F(Vault, WhatIsHandedOverIsUnderAKeyThatIsForgotten) {
  vault_.begin(1);
  const auto central = envelope::UnsealingKey::make();
  const auto sealed = vault_.seal(1, page_, "image/png");
  const auto key_of_the_visit = [&] {
    const auto body = vault_.seal_body(1, "{}", central.public_key(), {"k-1", {}});
    return envelope::ContentKey::unseal(body->sealed_key, central, {"k-1", {}}).value();
  };
  const auto stored = blobs_.read(sealed->sha256);
  ASSERT_TRUE(key_of_the_visit().decrypt(*stored));
  vault_.hand_over(1);
  EXPECT_FALSE(key_of_the_visit().decrypt(*stored)) << "what is rated afterwards has a key of its own";
}

TEST_F(Vault, TheBodyOpensWithTheCentralServicesKeyOnly) {
  vault_.begin(1);
  const auto central = envelope::UnsealingKey::make();
  const auto body = vault_.seal_body(1, "{\"a\":1}", central.public_key(), {"k-1", {}});
  ASSERT_TRUE(body);
  EXPECT_FALSE(envelope::ContentKey::unseal(body->sealed_key, envelope::UnsealingKey::make(), {"k-1", {}}));
  EXPECT_FALSE(envelope::ContentKey::unseal(body->sealed_key, central, {"k-2", {}})) << "it is another kiosk's";
  const auto key = envelope::ContentKey::unseal(body->sealed_key, central, {"k-1", {}});
  ASSERT_TRUE(key);
  const auto opened = key->decrypt(body->body);
  EXPECT_EQ(std::string(opened->begin(), opened->end()), "{\"a\":1}");
}

}  // namespace
}  // namespace bangwu::runtime
