#include "envelope/keys.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include "samples.h"
#include "support/scratch_directory.h"

namespace bangwu::envelope {
namespace {

using base::ErrorCode;
constexpr std::size_t kHeader = 24, kChunkOverhead = 17, kChunk = 64U << 10;

base::Bytes pattern(std::size_t size) {
  base::Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i * 31 + i / 251);
  return bytes;
}

TEST(ContentKeySeal, OpensWhatItSealedAtEveryChunkBoundary) {
  const auto key = ContentKey::make();
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, kChunk - 1, kChunk, kChunk + 1, 3 * kChunk, 3 * kChunk + 5}) {
    const auto plain = pattern(size);
    const auto opened = key.decrypt(key.encrypt(plain));
    ASSERT_TRUE(opened) << size;
    EXPECT_EQ(*opened, plain) << size;
  }
}

TEST(LookupSecret, IsTheSameForTheMachineAndTheServiceAndOfThisEnvelopeOnly) {
  const auto central = UnsealingKey::make();
  const auto key = ContentKey::make();
  const SealedFor whose{"k-1", id_of(1)};
  const auto opened = ContentKey::unseal(key.seal_to(central.public_key(), whose).value(), central, whose);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->lookup_secret(id_of(1)), key.lookup_secret(id_of(1)));
  EXPECT_EQ(key.lookup_secret(id_of(1)).size(), 6U);
  EXPECT_NE(key.lookup_secret(id_of(1)), key.lookup_secret(id_of(2)));
  EXPECT_NE(key.lookup_secret(id_of(1)), ContentKey::make().lookup_secret(id_of(1)));
}

TEST(ContentKeySeal, SealsTheSameTwiceDifferently) {
  const auto key = ContentKey::make();
  EXPECT_NE(key.encrypt(pattern(100)), key.encrypt(pattern(100)));
}

TEST(ContentKeySeal, EveryFlippedByteOfHeaderAndCiphertextIsRefused) {
  const auto key = ContentKey::make();
  const auto sealed = key.encrypt(pattern(500));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    auto changed = sealed;
    changed[i] ^= 1;
    ASSERT_EQ(code_of(key.decrypt(changed)), ErrorCode::corrupt) << i;
  }
}

TEST(ContentKeySeal, FlippedBytesInAnyChunkAreRefused) {
  const auto key = ContentKey::make();
  const auto sealed = key.encrypt(pattern(3 * kChunk));
  for (std::size_t i = 0; i < sealed.size(); i += 4999) {
    auto changed = sealed;
    changed[i] ^= 0x80;
    ASSERT_EQ(code_of(key.decrypt(changed)), ErrorCode::corrupt) << i;
  }
}

TEST(ContentKeySeal, EveryTruncationIsRefused) {
  const auto key = ContentKey::make();
  const auto sealed = key.encrypt(pattern(500));
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    ASSERT_EQ(code_of(key.decrypt(std::span(sealed).first(size))), ErrorCode::corrupt) << size;
  }
}

TEST(ContentKeySeal, WholeChunksCutOffAddedOrSwappedAreRefused) {
  const auto key = ContentKey::make();
  const auto sealed = key.encrypt(pattern(3 * kChunk));
  const std::size_t chunk = kChunk + kChunkOverhead;
  EXPECT_EQ(code_of(key.decrypt(std::span(sealed).first(kHeader + 2 * chunk))), ErrorCode::corrupt);
  auto longer = sealed;
  longer.insert(longer.end(), sealed.end() - static_cast<std::ptrdiff_t>(chunk), sealed.end());
  EXPECT_EQ(code_of(key.decrypt(longer)), ErrorCode::corrupt);
  auto swapped = sealed;
  const auto first = swapped.begin() + kHeader;
  std::swap_ranges(first, first + static_cast<std::ptrdiff_t>(chunk), first + static_cast<std::ptrdiff_t>(chunk));
  EXPECT_EQ(code_of(key.decrypt(swapped)), ErrorCode::corrupt);
}

TEST(ContentKeySeal, AnotherVisitsKeyOpensNothing) {
  EXPECT_EQ(code_of(ContentKey::make().decrypt(ContentKey::make().encrypt(pattern(10)))), ErrorCode::corrupt);
}

TEST(SearchKey, HashIsTheSameForTheSameAndTellsNothingWithoutTheKey) {
  const support::ScratchDirectory folder;
  const auto key = SearchKey::make();
  ASSERT_TRUE(key.save(folder / "search.key"));
  const auto loaded = SearchKey::load(folder / "search.key");
  ASSERT_TRUE(loaded);
  const std::string hash = key.hash("id_number", "11010519491231002X");
  EXPECT_EQ(hash.size(), 64U);
  EXPECT_EQ(loaded->hash("id_number", "11010519491231002X"), hash);
  EXPECT_NE(key.hash("last_six", "11010519491231002X"), hash);
  EXPECT_NE(key.hash("id_number", "110105194912310021"), hash);
  EXPECT_NE(SearchKey::make().hash("id_number", "11010519491231002X"), hash);
}

TEST(SearchKey, IsHmacSha256) {
  const support::ScratchDirectory folder;
  ASSERT_TRUE(base::write_file_durably(folder / "key", base::Bytes(32, 0x0B)));
  // printf 'bangwu-search-v1\nid_number\n1' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0b…
  EXPECT_EQ(SearchKey::load(folder / "key")->hash("id_number", "1"),
            "4a0f6d306dbfe75c0eb2978fad09bb3ba4647a49f49c467466b1870c53b43da7");
}

const SealedFor kWhose{"hall-1", id_of(1)};

TEST(SealedKey, IsEightyOneBytesAndBeginsWithItsFormat) {
  const auto sealed = ContentKey::make().seal_to(UnsealingKey::make().public_key(), kWhose).value();
  ASSERT_EQ(sealed.size(), 81U);
  EXPECT_EQ(sealed[0], 2);
}

TEST(SealedKey, OpensForItsOwnKioskAndEnvelopeOnly) {
  const auto central = UnsealingKey::make();
  const auto sealed = ContentKey::make().seal_to(central.public_key(), kWhose).value();
  EXPECT_TRUE(ContentKey::unseal(sealed, central, kWhose));
  for (const SealedFor& other : {SealedFor{"hall-2", id_of(1)}, SealedFor{"hall-1", id_of(2)}, SealedFor{"", id_of(1)},
                                 SealedFor{"hall-1x", id_of(1)}}) {
    EXPECT_EQ(code_of(ContentKey::unseal(sealed, central, other)), ErrorCode::corrupt) << other.kiosk;
  }
}

TEST(SealedKey, CannotBeSealedToAKeyThatKeepsNoSecret) {
  SealingKey of_small_order{};
  EXPECT_EQ(code_of(ContentKey::make().seal_to(of_small_order, kWhose)), ErrorCode::invalid_input) << "all zero";
  of_small_order[0] = 1;
  EXPECT_EQ(code_of(ContentKey::make().seal_to(of_small_order, kWhose)), ErrorCode::invalid_input) << "one";
}

TEST(SealedKey, OpensForTheCentralServiceOnly) {
  const auto central = UnsealingKey::make();
  const auto key = ContentKey::make();
  const auto sealed = key.seal_to(central.public_key(), kWhose).value();
  const auto opened = ContentKey::unseal(sealed, central, kWhose);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->decrypt(key.encrypt(pattern(10))), pattern(10));
  EXPECT_EQ(code_of(ContentKey::unseal(sealed, UnsealingKey::make(), kWhose)), ErrorCode::corrupt);
}

TEST(SealedKey, EveryFlippedByteAndEveryTruncationIsRefused) {
  const auto central = UnsealingKey::make();
  const auto sealed = ContentKey::make().seal_to(central.public_key(), kWhose).value();
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    auto changed = sealed;
    changed[i] ^= 1;
    ASSERT_EQ(code_of(ContentKey::unseal(changed, central, kWhose)), ErrorCode::corrupt) << i;
    ASSERT_EQ(code_of(ContentKey::unseal(std::span(sealed).first(i), central, kWhose)), ErrorCode::corrupt) << i;
  }
}

TEST(Signing, EveryFlippedByteOfSignatureOrMessageIsRefused) {
  const auto key = SigningKey::make();
  const std::string message = "what is signed";
  const auto signature = key.sign(message);
  ASSERT_TRUE(verify(message, signature, key.public_key()));
  for (std::size_t i = 0; i < signature.size(); ++i) {
    auto changed = signature;
    changed[i] ^= 1;
    EXPECT_FALSE(verify(message, changed, key.public_key())) << i;
    EXPECT_FALSE(verify(message, std::span(signature).first(i), key.public_key())) << i;
  }
  for (std::size_t i = 0; i < message.size(); ++i) {
    std::string changed = message;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(verify(changed, signature, key.public_key())) << i;
  }
}

TEST(KeyFile, KeepsTheKeyAndIsNeverOverwritten) {
  const support::ScratchDirectory folder;
  const auto device = SigningKey::make();
  const auto central = UnsealingKey::make();
  ASSERT_TRUE(device.save(folder / "device"));
  ASSERT_TRUE(central.save(folder / "central"));
  const auto device_again = SigningKey::load(folder / "device");
  const auto central_again = UnsealingKey::load(folder / "central");
  ASSERT_TRUE(device_again && central_again);
  EXPECT_EQ(device_again->public_key(), device.public_key());
  EXPECT_EQ(central_again->public_key(), central.public_key());
  EXPECT_FALSE(SigningKey::make().save(folder / "device"));
  EXPECT_EQ(SigningKey::load(folder / "device")->public_key(), device.public_key());
}

TEST(KeyFile, OneThatOthersMayReadOrOfAnotherSizeIsRefused) {
  const support::ScratchDirectory folder;
  ASSERT_TRUE(SigningKey::make().save(folder / "key"));
  ASSERT_EQ(::chmod((folder / "key").c_str(), 0640), 0);
  EXPECT_EQ(code_of(SigningKey::load(folder / "key")), ErrorCode::unauthorised);
  ASSERT_EQ(::chmod((folder / "key").c_str(), 0600), 0);
  EXPECT_TRUE(SigningKey::load(folder / "key"));
  std::filesystem::resize_file(folder / "key", 31);
  EXPECT_EQ(code_of(SigningKey::load(folder / "key")), ErrorCode::corrupt);
  EXPECT_EQ(code_of(SigningKey::load(folder / "none")), ErrorCode::not_found);
}

TEST(Encoding, Base64ComesBackAndEveryOtherFormIsRefused) {
  for (std::size_t size = 0; size < 50; ++size) EXPECT_EQ(from_base64(to_base64(pattern(size))), pattern(size));
  for (const char* bad :
       {"A", "AA", "AAA", "A===", "AAAA=", "AA=A", "AB==", "AAB=", "AA\n=", "AA A", "A-_A", "====", "AAAA AAA"}) {
    EXPECT_EQ(code_of(from_base64(bad)), ErrorCode::invalid_input) << bad;
  }
}

TEST(Encoding, KeyInHexComesBackAndEveryOtherFormIsRefused) {
  const auto key = SigningKey::make().public_key();
  const std::string hex = key_to_hex(key);
  EXPECT_EQ(key_from_hex(hex), key);
  EXPECT_FALSE(key_from_hex(hex.substr(2)));
  EXPECT_FALSE(key_from_hex(hex + "00"));
  EXPECT_FALSE(key_from_hex("zz" + hex.substr(2)));
}

TEST(Encoding, Sha256IsThatOfTheStandard) {  // FIPS 180-4, the example "abc"
  EXPECT_EQ(sha256_hex(bytes_of("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace bangwu::envelope
