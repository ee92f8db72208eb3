#include "envelope/export_file.h"

#include <algorithm>
#include <fstream>

#include "samples.h"
#include "support/scratch_directory.h"

namespace bangwu::envelope {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;

class ExportFile : public testing::Test {
 protected:
  ExportFile() {
    write(folder_ / "page", content_);
    first_.depends_on.reset();
    sign(first_, device_);
    second_.id = id_of(3);
    second_.depends_on = first_.id;
    sign(second_, device_);
  }
  static void write(const fs::path& path, const base::Bytes& bytes) {
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  }
  void export_all() {
    auto writer = ExportWriter::create(file_, kMorning);
    ASSERT_TRUE(writer);
    ASSERT_TRUE(writer->add_blob(name_, content_.size(), folder_ / "page"));
    ASSERT_TRUE(writer->add_envelope(first_));
    ASSERT_TRUE(writer->add_envelope(second_));
    ASSERT_TRUE(writer->finish());
  }
  /// Reads to the end; the first error's code (`corrupt` for damage) or nothing.
  static std::optional<ErrorCode> read_through(const fs::path& file) {
    auto reader = ExportReader::open(file);
    if (!reader) return reader.error().code;
    std::optional<ErrorCode> first;
    for (;;) {
      const auto entry = reader->next();
      if (!entry) return entry.error().code;
      if (!*entry) return first;
      if (std::holds_alternative<DamagedPart>(**entry)) first = ErrorCode::corrupt;
    }
  }
  /// What an importer gets of it: envelopes, blobs that hold what their name says, damage.
  struct Got {
    int envelopes = 0, blobs = 0, damage = 0;
  };
  Got take_all() {
    auto reader = ExportReader::open(file_);
    Got got;
    if (!reader) return got;
    for (;;) {
      const auto entry = reader->next();
      EXPECT_TRUE(entry) << entry.error().detail;
      if (!entry || !*entry) return got;
      if (std::holds_alternative<DamagedPart>(**entry)) ++got.damage;
      if (std::holds_alternative<Envelope>(**entry)) ++got.envelopes;
      if (!std::holds_alternative<ExportedBlob>(**entry)) continue;
      fs::remove(folder_ / "copy");
      const auto saved = reader->save_blob(folder_ / "copy");
      if (saved && base::read_binary_file(folder_ / "copy") == content_) ++got.blobs;
    }
  }
  support::ScratchDirectory folder_;
  fs::path file_ = folder_ / "export.tar";
  base::Bytes content_ = base::Bytes(1300, 0x5A);
  std::string name_ = sha256_hex(content_);
  SigningKey device_ = SigningKey::make();
  Envelope first_ = sample_envelope(device_), second_ = first_;
};

TEST_F(ExportFile, GivesBackBlobsAndEnvelopesInOrder) {
  export_all();
  auto reader = ExportReader::open(file_);
  ASSERT_TRUE(reader) << reader.error().detail;
  const auto blob = reader->next();
  ASSERT_TRUE(blob && *blob);
  EXPECT_EQ(std::get<ExportedBlob>(**blob), (ExportedBlob{name_, content_.size()}));
  ASSERT_TRUE(reader->save_blob(folder_ / "copy"));
  EXPECT_EQ(base::read_binary_file(folder_ / "copy"), content_);
  for (const Envelope* expected : {&first_, &second_}) {
    const auto entry = reader->next();
    ASSERT_TRUE(entry && *entry);
    EXPECT_EQ(std::get<Envelope>(**entry), *expected);
    EXPECT_TRUE(is_signed_by(std::get<Envelope>(**entry), device_.public_key()));
  }
  const auto end = reader->next();
  ASSERT_TRUE(end) << end.error().detail;
  EXPECT_FALSE(*end);
}

TEST_F(ExportFile, BlobThatIsNotSavedIsPassedOver) {
  export_all();
  EXPECT_EQ(read_through(file_), std::nullopt);
}

TEST_F(ExportFile, FileCutOffAnywhereIsRefused) {
  export_all();
  const auto size = fs::file_size(file_);
  for (std::uintmax_t length = size - 1; length > 0; length -= std::min<std::uintmax_t>(length, 97)) {
    fs::resize_file(file_, length);
    ASSERT_EQ(read_through(file_), ErrorCode::corrupt) << length;
  }
  fs::resize_file(file_, 0);
  EXPECT_EQ(read_through(file_), ErrorCode::corrupt);
}

TEST_F(ExportFile, CutOffInsideABlobSavesNothingAsWhole) {
  export_all();
  fs::resize_file(file_, 3 * 512 + 700);  // beginning, its text, the blob's header, a part of the blob
  auto reader = ExportReader::open(file_);
  ASSERT_TRUE(reader);
  ASSERT_TRUE(reader->next());
  EXPECT_EQ(code_of(reader->save_blob(folder_ / "copy")), ErrorCode::corrupt);
}

TEST_F(ExportFile, MissingEntryIsNoticedByItsCounts) {
  export_all();
  auto bytes = *base::read_binary_file(file_);
  bytes.erase(bytes.begin() + 2 * 512, bytes.begin() + 2 * 512 + 512 + 1536);  // the blob and its header
  write(file_, bytes);
  EXPECT_EQ(read_through(file_), ErrorCode::corrupt);
}

TEST_F(ExportFile, ChangedHeaderIsRefused) {
  export_all();
  const auto whole = *base::read_binary_file(file_);
  for (const std::size_t at :
       {std::size_t{0}, std::size_t{130}, std::size_t{2 * 512 + 10}, std::size_t{2 * 512 + 150}}) {
    auto changed = whole;
    changed[at] ^= 1;
    write(file_, changed);
    EXPECT_EQ(read_through(file_), ErrorCode::corrupt) << at;
  }
}

TEST_F(ExportFile, OneDamagedByteCostsTheEntryItLiesIn) {
  export_all();
  const auto whole = *base::read_binary_file(file_);
  const Got all = take_all();
  EXPECT_EQ(all.envelopes + all.blobs, 3);
  EXPECT_EQ(all.damage, 0);
  for (std::size_t at = 0; at < whole.size(); at += 7) {
    auto changed = whole;
    changed[at] ^= 0x40;
    write(file_, changed);
    const Got got = take_all();
    ASSERT_GE(got.envelopes + got.blobs, 2) << at;
    // Nothing is passed over in silence; in padding and in what no header needs it costs nothing.
    ASSERT_TRUE(got.envelopes + got.blobs == 3 || got.damage + (1 - got.blobs) >= 1) << at;
  }
}

TEST_F(ExportFile, WhatComesBeforeACutIsRead) {
  export_all();
  fs::resize_file(file_, fs::file_size(file_) - 2 * 512 - 1024);  // the end
  const Got got = take_all();
  EXPECT_EQ(got.envelopes, 2);
  EXPECT_EQ(got.blobs, 1);
  EXPECT_EQ(got.damage, 1);
}

TEST_F(ExportFile, LaterVersionIsUnsupported) {
  export_all();
  auto bytes = *base::read_binary_file(file_);
  const std::string_view mark = "\"version\":1";
  const auto at = std::search(bytes.begin(), bytes.end(), mark.begin(), mark.end());
  ASSERT_NE(at, bytes.end());
  *(at + static_cast<std::ptrdiff_t>(mark.size()) - 1) = '2';
  write(file_, bytes);
  EXPECT_EQ(read_through(file_), ErrorCode::unsupported);
}

TEST_F(ExportFile, UnfinishedOneIsRemovedAndAnExistingOneKept) {
  { ASSERT_TRUE(ExportWriter::create(file_, kMorning)); }
  EXPECT_FALSE(fs::exists(file_));
  export_all();
  const auto size = fs::file_size(file_);
  EXPECT_FALSE(ExportWriter::create(file_, kMorning));
  EXPECT_EQ(fs::file_size(file_), size);
}

TEST_F(ExportFile, BlobOfAnotherSizeIsNotTaken) {
  auto writer = ExportWriter::create(file_, kMorning);
  ASSERT_TRUE(writer);
  EXPECT_EQ(code_of(writer->add_blob(name_, content_.size() + 1, folder_ / "page")), ErrorCode::corrupt);
}

}  // namespace
}  // namespace bangwu::envelope
