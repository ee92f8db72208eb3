#include "http/head_gate.h"

#include <gtest/gtest.h>

namespace bangwu::http {
namespace {

using Place = HeadGate::Place;

std::string get(const std::string& fields) { return "GET /v1/health HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n"; }

TEST(HeadGate, GoodRequestsPassInPiecesOfAnySize) {
  const std::string two = "PUT /v1/envelopes/1 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nbody\n" + get("");
  for (std::size_t size = 1; size <= two.size(); ++size) {
    HeadGate gate;
    for (std::size_t at = 0; at < two.size(); at += size)
      EXPECT_EQ(gate.take(std::string_view(two).substr(at, size)), std::nullopt);
    EXPECT_EQ(gate.heads_ended(), 2U);
    EXPECT_EQ(gate.bodies_ended(), 2U);
    EXPECT_EQ(gate.place(), Place::between);
  }
}

TEST(HeadGate, TellsWhereItIs) {
  HeadGate gate;
  EXPECT_EQ(gate.place(), Place::between);
  EXPECT_FALSE(gate.take("G"));
  EXPECT_EQ(gate.place(), Place::head);
  EXPECT_FALSE(gate.take("ET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nab"));
  EXPECT_EQ(gate.place(), Place::body);
  EXPECT_FALSE(gate.take("c"));
  EXPECT_EQ(gate.place(), Place::between);
}

TEST(HeadGate, NothingIsReadBehindAChunkedHead) {
  HeadGate gate;
  EXPECT_FALSE(gate.take(get("Transfer-Encoding: chunked\r\n") + "not even \x01 a chunk"));
  EXPECT_EQ(gate.place(), Place::nowhere);
  EXPECT_EQ(gate.heads_ended(), 1U);
}

TEST(HeadGate, TellsWhomEachHeadNamesInAllItsLines) {
  HeadGate gate;
  const std::string first = get("X-Forwarded-For: a, b\r\nX: 1\r\nx-forwarded-for:  c \r\n");
  EXPECT_FALSE(gate.take(first + get("") + get("X-Forwarded-For: d\r\n")));
  EXPECT_EQ(gate.next_forwarded(), "a, b,c");
  EXPECT_EQ(gate.next_forwarded(), "");
  EXPECT_EQ(gate.next_forwarded(), "d");
  EXPECT_EQ(gate.next_forwarded(), std::nullopt);
}

struct Bad {
  const char* what;
  std::string head;
  int status = 400;
};
class BadHead : public testing::TestWithParam<Bad> {};

TEST_P(BadHead, IsRefusedBeforeItsEnd) {
  HeadGate gate;
  const auto fault = gate.take(GetParam().head);
  ASSERT_TRUE(fault) << GetParam().what;
  EXPECT_EQ(fault->status, GetParam().status);
  EXPECT_EQ(gate.heads_ended(), 0U);
}

std::string fields(const std::string& name, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += name + std::to_string(i) + ": 1\r\n";
  return all;
}

INSTANTIATE_TEST_SUITE_P(
    Rfc9112, BadHead,
    testing::Values(
        Bad{"two lengths", get("Content-Length: 5\r\nContent-Length: 6\r\n")},
        Bad{"the same length twice", get("Content-Length: 5\r\nContent-Length: 5\r\n")},
        Bad{"a list of lengths", get("Content-Length: 5, 5\r\n")}, Bad{"plus", get("Content-Length: +5\r\n")},
        Bad{"minus", get("Content-Length: -5\r\n")}, Bad{"space inside", get("Content-Length: 1 0\r\n")},
        Bad{"hexadecimal", get("Content-Length: 0x10\r\n")}, Bad{"letters behind", get("Content-Length: 5abc\r\n")},
        Bad{"empty", get("Content-Length:\r\n")}, Bad{"too long", get("Content-Length: 18446744073709551617\r\n")},
        Bad{"space before the colon", get("Content-Length : 5\r\n")},
        Bad{"both", get("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")},
        Bad{"both, the other way round", get("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n")},
        Bad{"chunked twice", get("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")},
        Bad{"another coding", get("Transfer-Encoding: gzip, chunked\r\n")},
        Bad{"misspelt coding", get("Transfer-Encoding: xchunked\r\n")},
        Bad{"chunked before 1.1", "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"},
        Bad{"folded line", get("X: 1\r\n Content-Length: 5\r\n")}, Bad{"bare line feed", "GET / HTTP/1.1\nHost: a\n\n"},
        Bad{"bare carriage return", get("X: a\rContent-Length: 5\r\n")}, Bad{"NUL", get(std::string("X: a\0b\r\n", 8))},
        Bad{"escape sequence", get("X: \x1b[2J\r\n")}, Bad{"no field", get("nonsense\r\n")},
        Bad{"name with a space", get("Content Length: 5\r\n")}, Bad{"no host", "GET / HTTP/1.1\r\n\r\n"},
        Bad{"two hosts", get("Host: b\r\n")}, Bad{"two tokens", get("Authorization: a\r\nAuthorization: b\r\n")},
        Bad{"websocket", get("Upgrade: websocket\r\n")}, Bad{"another version", "GET / HTTP/2.0\r\nHost: a\r\n\r\n"},
        Bad{"another host's address", "GET http://a/v1/health HTTP/1.1\r\nHost: a\r\n\r\n"},
        Bad{"something before the path", "GET x/v1/health HTTP/1.1\r\nHost: a\r\n\r\n"},
        Bad{"a slash in disguise", "GET /v1%2fhealth HTTP/1.1\r\nHost: a\r\n\r\n"},
        Bad{"what the library answers itself", "OPTIONS /* HTTP/1.1\r\nHost: a\r\n\r\n"},
        Bad{"the same in disguise", "OPTIONS /%2A HTTP/1.1\r\nHost: a\r\n\r\n"},
        Bad{"no path", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"},
        Bad{"spaces in the address", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"}, Bad{"empty line first", "\r\n" + get("")},
        Bad{"not HTTP", "\x16\x03\x01\x02\r\n"}, Bad{"many fields", get(fields("X", 101)), 431},
        Bad{"one long field", get("X: " + std::string(40000, 'a')), 431},
        Bad{"a line without an end", std::string(40000, 'a'), 431}));

}  // namespace
}  // namespace bangwu::http
