#include <gtest/gtest.h>

#include <thread>

#include "central/support/kiosk.h"

namespace bangwu {
namespace {

using support::as_text;
using support::CentralProcess;
using support::Client;
using support::Headers;
using support::Kiosk;
using support::random_bytes;
using support::sha256_metadata;

const std::pair<std::string, std::string> kBytesFollow{"Content-Type", "application/offset+octet-stream"};

class Uploads : public ::testing::Test {
 protected:
  void SetUp() override {
    central.start();
    kiosk.emplace(central);
    client.emplace(central.port());
  }
  /// The address of a new upload for these bytes.
  std::string create(std::span<const std::uint8_t> bytes, Headers more = {}) {
    more.emplace_back("Upload-Length", std::to_string(bytes.size()));
    more.emplace_back("Upload-Metadata", sha256_metadata(envelope::sha256_hex(bytes)));
    const auto answer = client->send("POST", "/v1/uploads", kiosk->tus(more));
    EXPECT_EQ(answer.status, 201) << answer.body;
    return answer.header("location");
  }
  support::HttpAnswer patch(const std::string& path, std::uint64_t offset, std::span<const std::uint8_t> bytes,
                            const Headers& more = {}) {
    Headers headers = kiosk->tus({{"Upload-Offset", std::to_string(offset)}, kBytesFollow});
    headers.insert(headers.end(), more.begin(), more.end());
    return client->send("PATCH", path, headers, as_text(bytes));
  }
  std::string offset_of(const std::string& path) {
    return client->send("HEAD", path, kiosk->tus()).header("upload-offset");
  }
  std::filesystem::path blob(std::span<const std::uint8_t> bytes) {
    const std::string sha256 = envelope::sha256_hex(bytes);
    return central.data() / "blobs" / sha256.substr(0, 2) / sha256;
  }
  /// The upload's data file is there and has at least this many bytes.
  void wait_until_written(const std::string& path, std::uintmax_t size) {
    const auto file = central.data() / "uploads" / (path.substr(path.rfind('/') + 1) + ".part");
    std::error_code error;
    while (std::filesystem::file_size(file, error) < size || error) std::this_thread::yield();
  }
  CentralProcess central{
      {.settings = std::string(support::kPlainHttp) +
                   "drain_seconds = 1\n[uploads]\nlargest_mebibytes = 32\nmost_open_per_kiosk = 5\n"}};
  std::optional<Kiosk> kiosk;
  std::optional<Client> client;
};

TEST_F(Uploads, OptionsTellsWhatIsSpoken) {
  const auto answer = client->send("OPTIONS", "/v1/uploads");
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.header("tus-version"), "1.0.0");
  EXPECT_EQ(answer.header("tus-max-size"), "33554432");
  EXPECT_EQ(answer.header("tus-extension"), "creation,creation-with-upload,checksum,expiration,termination");
  EXPECT_EQ(answer.header("tus-checksum-algorithm"), "sha1,sha256");
}

TEST_F(Uploads, WholeFileInOneRequestIsInTheBlobStoreWhenAnswered) {
  const auto bytes = random_bytes(1'500'000);
  const auto answer = kiosk->upload(*client, bytes);
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(answer.header("upload-offset"), "1500000");
  EXPECT_EQ(support::read_file(blob(bytes)), as_text(bytes));
}

TEST_F(Uploads, PiecesMakeAFile) {
  const auto bytes = random_bytes(300'000);
  const std::string path = create(bytes);
  const std::span<const std::uint8_t> all = bytes;
  const auto first = patch(path, 0, all.first(100'000));
  EXPECT_EQ(first.status, 204);
  EXPECT_EQ(first.header("upload-offset"), "100000");
  EXPECT_FALSE(first.header("upload-expires").empty());
  EXPECT_EQ(offset_of(path), "100000");
  EXPECT_FALSE(std::filesystem::exists(blob(bytes)));
  EXPECT_EQ(patch(path, 100'000, all.subspan(100'000)).status, 204);
  EXPECT_EQ(support::read_file(blob(bytes)), as_text(bytes));
  EXPECT_EQ(offset_of(path), "300000");
}

TEST_F(Uploads, ForeignClientWithoutAHashIsServedToo) {
  const auto bytes = random_bytes(50'000);
  const auto created =
      client->send("POST", "/v1/uploads",
                   kiosk->tus({{"Upload-Length", "50000"}, {"Upload-Metadata", "filename YS50eHQ=,is_private"}}));
  ASSERT_EQ(created.status, 201);
  EXPECT_EQ(patch(created.header("location"), 0, bytes).status, 204);
  EXPECT_EQ(support::read_file(blob(bytes)), as_text(bytes));
  EXPECT_EQ(client->send("HEAD", created.header("location"), kiosk->tus()).header("upload-metadata"),
            "filename YS50eHQ=,is_private");
}

TEST_F(Uploads, EmptyFileIsCompleteAtOnce) {
  const auto answer = client->send("POST", "/v1/uploads", kiosk->tus({{"Upload-Length", "0"}}));
  EXPECT_EQ(answer.status, 201);
  EXPECT_TRUE(std::filesystem::exists(blob({})));
}

TEST_F(Uploads, BrokenConnectionKeepsWhatCameAndGoesOnAtTheSameAddress) {
  const auto bytes = random_bytes(4'000'000);
  const std::string path = create(bytes);
  const std::span<const std::uint8_t> all = bytes;
  Client cut(central.port());
  cut.send_head("PATCH", path, kiosk->tus({{"Upload-Offset", "0"}, kBytesFollow}), bytes.size());
  ASSERT_TRUE(cut.send_bytes(as_text(all.first(3'000'000))));
  wait_until_written(path, 1'000'000);
  cut.break_off();
  std::uint64_t offset = 0;
  while (offset == 0) offset = std::stoull(offset_of(path));
  EXPECT_LE(offset, 3'000'000U);
  EXPECT_GE(offset, 1'000'000U);
  EXPECT_EQ(patch(path, offset, all.subspan(offset)).status, 204);
  EXPECT_EQ(support::read_file(blob(bytes)), as_text(bytes));
}

TEST_F(Uploads, KilledServiceReportsNoMoreThanIsThereAndGoesOn) {
  const auto bytes = random_bytes(8'000'000);
  const std::string path = create(bytes);
  const std::span<const std::uint8_t> all = bytes;
  Client cut(central.port());
  cut.send_head("PATCH", path, kiosk->tus({{"Upload-Offset", "0"}, kBytesFollow}), bytes.size());
  ASSERT_TRUE(cut.send_bytes(as_text(all.first(6'000'000))));
  wait_until_written(path, 1'000'000);
  central.kill();
  central.start();
  client.emplace(central.port());
  const std::uint64_t offset = std::stoull(offset_of(path));
  EXPECT_GE(offset, 1'000'000U) << "what the kernel had survives the process";
  EXPECT_LE(offset, 6'000'000U);
  EXPECT_EQ(patch(path, offset, all.subspan(offset)).status, 204);
  EXPECT_EQ(support::read_file(blob(bytes)), as_text(bytes));
}

TEST_F(Uploads, GracefulEndKeepsAnUploadUnderWay) {
  const auto bytes = random_bytes(2'000'000);
  const std::string path = create(bytes);
  Client cut(central.port());
  cut.send_head("PATCH", path, kiosk->tus({{"Upload-Offset", "0"}, kBytesFollow}), bytes.size());
  ASSERT_TRUE(cut.send_bytes(as_text(std::span(bytes).first(1'000'000))));
  wait_until_written(path, 500'000);
  EXPECT_EQ(central.terminate(), 0);
  central.start();
  client.emplace(central.port());
  const std::uint64_t offset = std::stoull(offset_of(path));
  EXPECT_GE(offset, 500'000U);
  EXPECT_EQ(patch(path, offset, std::span(bytes).subspan(offset)).status, 204);
  EXPECT_EQ(support::read_file(blob(bytes)), as_text(bytes));
}

TEST_F(Uploads, WrongOffsetIsAConflictThatChangesNothing) {
  const auto bytes = random_bytes(1000);
  const std::string path = create(bytes);
  const auto answer = patch(path, 10, std::span(bytes).subspan(10));
  EXPECT_EQ(answer.status, 409);
  EXPECT_EQ(answer.problem(), "offset-mismatch");
  EXPECT_EQ(offset_of(path), "0");
}

TEST_F(Uploads, SecondWriterIsLocked) {
  const auto bytes = random_bytes(1000);
  const std::string path = create(bytes);
  Client slow(central.port());
  slow.send_head("PATCH", path, kiosk->tus({{"Upload-Offset", "0"}, kBytesFollow}), bytes.size());
  slow.send_bytes(as_text(std::span(bytes).first(10)));
  wait_until_written(path, 0);
  const auto answer = patch(path, 0, bytes);
  EXPECT_EQ(answer.status, 423);
  EXPECT_EQ(answer.problem(), "upload-locked");
  slow.send_bytes(as_text(std::span(bytes).subspan(10)));
  EXPECT_EQ(slow.read_answer().status, 204);
}

TEST_F(Uploads, FileThatIsNotWhatItsHashSaysIsDropped) {
  const auto bytes = random_bytes(1000);
  const auto promised = random_bytes(1000);
  const std::string path = create(promised);
  const auto answer = patch(path, 0, bytes);
  EXPECT_EQ(answer.status, 460);
  EXPECT_EQ(answer.problem(), "checksum-mismatch");
  EXPECT_EQ(client->send("HEAD", path, kiosk->tus()).status, 404);
  EXPECT_FALSE(std::filesystem::exists(blob(promised)));
  EXPECT_FALSE(std::filesystem::exists(blob(bytes)));
}

TEST_F(Uploads, PieceWithAWrongChecksumIsDroppedAlone) {
  const auto bytes = random_bytes(2000);
  const std::string path = create(bytes);
  const std::span<const std::uint8_t> all = bytes;
  ASSERT_EQ(patch(path, 0, all.first(1000)).status, 204);
  const auto wrong = patch(path, 1000, all.subspan(1000), {{"Upload-Checksum", "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0="}});
  EXPECT_EQ(wrong.status, 460);
  EXPECT_EQ(offset_of(path), "1000");
  const auto digest = envelope::sha256_hex(all.subspan(1000));
  base::Bytes raw;
  for (std::size_t i = 0; i < digest.size(); i += 2)
    raw.push_back(static_cast<std::uint8_t>(std::stoi(digest.substr(i, 2), nullptr, 16)));
  EXPECT_EQ(patch(path, 1000, all.subspan(1000), {{"Upload-Checksum", "sha256 " + envelope::to_base64(raw)}}).status,
            204);
  EXPECT_EQ(support::read_file(blob(bytes)), as_text(bytes));
  EXPECT_EQ(patch(create(random_bytes(10)), 0, all.first(5), {{"Upload-Checksum", "md5 AAAA"}}).status, 400);
}

TEST_F(Uploads, TerminatedUploadIsGone) {
  const auto bytes = random_bytes(1000);
  const std::string path = create(bytes);
  ASSERT_EQ(patch(path, 0, std::span(bytes).first(500)).status, 204);
  EXPECT_EQ(client->send("DELETE", path, kiosk->tus()).status, 204);
  EXPECT_EQ(client->send("HEAD", path, kiosk->tus()).status, 404);
  EXPECT_EQ(patch(path, 500, std::span(bytes).subspan(500)).status, 404);
  EXPECT_TRUE(std::filesystem::is_empty(central.data() / "uploads"));
}

TEST_F(Uploads, FileThatCameAtOnceIsKnown) {
  const auto bytes = random_bytes(5000);
  ASSERT_EQ(kiosk->upload(*client, bytes).status, 201);
  EXPECT_EQ(client->send("HEAD", create(bytes), kiosk->tus()).header("upload-offset"), "5000");
}

TEST_F(Uploads, FileThatIsThereAlreadyNeedsNoBytes) {
  const auto bytes = random_bytes(5000);
  ASSERT_EQ(patch(create(bytes), 0, bytes).status, 204);
  for (int round = 0; round < 2; ++round) {
    const std::string path = create(bytes);
    const auto answer = client->send("HEAD", path, kiosk->tus());
    EXPECT_EQ(answer.header("upload-offset"), "5000");
    EXPECT_EQ(answer.header("upload-length"), "5000");
    central.kill();  // also known after a restart
    central.start();
    client.emplace(central.port());
  }
  Kiosk other(central);
  const auto answer = client->send(
      "POST", "/v1/uploads",
      other.tus({{"Upload-Length", "5000"}, {"Upload-Metadata", sha256_metadata(envelope::sha256_hex(bytes))}}));
  EXPECT_EQ(answer.header("upload-offset"), "0") << "another kiosk must not learn what is stored";
}

TEST_F(Uploads, AskedForAgainIsTheSameUploadWhereItStands) {
  const auto bytes = random_bytes(100'000);
  const std::string path = create(bytes);
  for (int lost_answers = 0; lost_answers < 20; ++lost_answers) EXPECT_EQ(create(bytes), path);
  ASSERT_EQ(patch(path, 0, std::span(bytes).first(40'000)).status, 204);
  const auto again = client->send(
      "POST", "/v1/uploads",
      kiosk->tus({{"Upload-Length", "100000"}, {"Upload-Metadata", sha256_metadata(envelope::sha256_hex(bytes))}}));
  EXPECT_EQ(again.header("location"), path);
  EXPECT_EQ(again.header("upload-offset"), "40000");
  EXPECT_EQ(patch(path, 40'000, std::span(bytes).subspan(40'000)).status, 204);
  EXPECT_EQ(create(bytes), path) << "complete now, and the same";
}

TEST_F(Uploads, BytesThatCameAtOnceMakeAnEndOfThePiecesBegunForThem) {
  const auto bytes = random_bytes(100'000);
  const std::string path = create(bytes);
  ASSERT_EQ(kiosk->upload(*client, bytes).status, 201);
  EXPECT_EQ(client->send("HEAD", path, kiosk->tus()).status, 404);
}

TEST_F(Uploads, OtherKiosksUploadDoesNotExist) {
  const std::string path = create(random_bytes(1000));
  Kiosk other(central);
  EXPECT_EQ(client->send("HEAD", path, other.tus()).status, 404);
  EXPECT_EQ(client->send("DELETE", path, other.tus()).status, 404);
}

TEST_F(Uploads, TooLargeTooManyAndMalformedAreRefused) {
  const auto post = [&](Headers more, std::string_view body = {}) {
    return client->send("POST", "/v1/uploads", kiosk->tus(std::move(more)), body);
  };
  EXPECT_EQ(post({{"Upload-Length", "33554433"}}).status, 413);
  EXPECT_EQ(post({}).status, 400);
  EXPECT_EQ(post({{"Upload-Length", "-1"}}).status, 400);
  EXPECT_EQ(post({{"Upload-Defer-Length", "1"}}).status, 400);
  EXPECT_EQ(post({{"Upload-Length", "5"}, {"Upload-Metadata", "sha256 !!!"}}).status, 400);
  EXPECT_EQ(post({{"Upload-Length", "5"}, {"Content-Type", "text/plain"}}, "12345").status, 415);
  EXPECT_EQ(post({{"Upload-Length", "2"}, kBytesFollow}, "12345").status, 400);
  EXPECT_EQ(client->send("POST", "/v1/uploads", kiosk->authorisation()).status, 412);
  EXPECT_EQ(client->send("PUT", "/v1/uploads", kiosk->tus()).status, 405);
  support::HttpAnswer answer;
  for (int i = 0; i < 6; ++i) answer = post({{"Upload-Length", "5"}});
  EXPECT_EQ(answer.status, 429);
  EXPECT_FALSE(answer.header("retry-after").empty());
  EXPECT_EQ(answer.header("tus-resumable"), "1.0.0");
}

TEST_F(Uploads, ChunkedBodyIsAskedForItsLength) {
  const std::string path = create(random_bytes(1000));
  client->send_head("PATCH", path, kiosk->tus({{"Upload-Offset", "0"}, kBytesFollow, {"Transfer-Encoding", "chunked"}}),
                    std::nullopt);
  EXPECT_EQ(client->read_answer().status, 411);
}

TEST_F(Uploads, MethodOverrideIsHonoured) {
  const auto bytes = random_bytes(100);
  const std::string path = create(bytes);
  Headers headers = kiosk->tus({{"Upload-Offset", "0"}, kBytesFollow, {"X-HTTP-Method-Override", "PATCH"}});
  EXPECT_EQ(client->send("POST", path, headers, as_text(bytes)).status, 204);
}

}  // namespace
}  // namespace bangwu
