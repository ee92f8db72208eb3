#include <gtest/gtest.h>

#include <cstdlib>

#include "http_client/client.h"
#include "support/fault_server.h"

namespace bangwu::http_client {
namespace {

using support::FaultServer;
using support::HttpReply;
using support::HttpRequest;

HttpReply well(const HttpRequest&) { return {200, {}, ""}; }

TEST(Proxy, ThatTheEnvironmentNamesIsNotAsked) {
  FaultServer server{well}, proxy{well};
  auto client = Client::open(Origin::parse(server.url(), PlainHttp::on_loopback).value(), {}).value();
  ::setenv("http_proxy", proxy.url().c_str(), 1);
  const auto outcome = client.send({Method::get, "/x", {}, {}}, {});
  ::unsetenv("http_proxy");
  ASSERT_TRUE(std::holds_alternative<Answer>(outcome));
  EXPECT_EQ(server.connections(), 1);
  EXPECT_EQ(proxy.connections(), 0) << "it would learn the token, and could answer for central";
}

}  // namespace
}  // namespace bangwu::http_client
