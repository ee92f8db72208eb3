#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <memory>

#include "central/support/kiosk.h"

namespace bangwu {
namespace {

using support::CentralProcess;

support::Finished serve(const std::string& settings) {
  const CentralProcess central({.settings = settings});
  return CentralProcess::run_exactly({"serve", "--config", central.config(), "--data", central.data()});
}

struct Wrong {
  const char* settings;
  const char* said;
};

class WrongSettings : public ::testing::TestWithParam<Wrong> {};

TEST_P(WrongSettings, StopTheStartWithFileLineAndWhatToDo) {
  const auto finished = serve(GetParam().settings);
  EXPECT_EQ(finished.code, 3) << finished.errors;
  EXPECT_NE(finished.errors.find(GetParam().said), std::string::npos) << finished.errors;
}

INSTANTIATE_TEST_SUITE_P(
    Each, WrongSettings,
    ::testing::Values(
        Wrong{"[http]\nprot = 1\n", "central.toml:5: unknown key prot in [http]: remove it"},
        Wrong{"[https]\n", "central.toml:4: unknown key or table https"},
        Wrong{"[http]\nport = \"80\"\n", "central.toml:5: http.port is not right: give a whole number from 0 to 65535"},
        Wrong{"[http]\nport = 65536\n", "http.port is not right"},
        Wrong{"[http]\nport = 1.5\n", "http.port is not right"},
        Wrong{"[http]\naddress = \"localhost\"\n", "http.address localhost is no IP address"},
        Wrong{"[http]\naddress = \"0.0.0.0\"\nallow_plain_http_on_loopback = true\n",
              "is for addresses of this machine only"},
        Wrong{"[http]\naddress = \"0.0.0.0\"\n", "the generated certificate is for localhost only"},
        Wrong{"[http]\naddress = \"192.168.1.5\"\n", "the generated certificate is for localhost only"},
        Wrong{"[limits]\nrun_from = \"noon\"\n", "limits.run_from is not right"},
        Wrong{"[tls]\ngenerate_tls = 1\n", "central.toml:5: tls.generate_tls is not right: give true or false"},
        Wrong{"[tls]\ngenerate_tls = false\n", "has no certificate and generate_tls is false"},
        Wrong{"[tls]\ncertificate = \"a.crt\"\n", "there is no file"},
        Wrong{"[uploads]\nlargest_mebibytes = 0\n", "uploads.largest_mebibytes is not right"},
        Wrong{"http = 3\n", "unknown key http in [catalogue]"}, Wrong{"[http\n", "central.toml:4: not TOML"}));

TEST(Configuration, MissingFileAndMissingCatalogueAreConfigurationErrors) {
  const CentralProcess central;
  EXPECT_EQ(
      CentralProcess::run_exactly({"serve", "--config", central.folder() / "none.toml", "--data", central.data()}).code,
      3);
  std::filesystem::remove_all(central.folder() / "config/catalogue/items");
  const auto empty = CentralProcess::run_exactly({"serve", "--config", central.config(), "--data", central.data()});
  EXPECT_EQ(empty.code, 3);
  EXPECT_NE(empty.errors.find("no usable item"), std::string::npos) << empty.errors;
  support::write_file(central.config(), "[catalogue]\ndirectory = \"catalogue\"\n");
  EXPECT_NE(CentralProcess::run_exactly({"serve", "--config", central.config(), "--data", central.data()})
                .errors.find("lacks calendar"),
            std::string::npos);
}

TEST(Configuration, CheckCountsWhatIsUsableAndTouchesNoData) {
  const CentralProcess central;
  support::write_file(central.folder() / "config/calendar/2028.toml",
                      "year = 2028\nsource = \"made up\"\noff = [2028-01-03]\nworked = [2028-01-08]\n");
  const auto check = CentralProcess::run_exactly({"check", "--config", central.config()});
  EXPECT_EQ(check.code, 0) << check.output;
  EXPECT_EQ(check.output, "items    2\nbundles  0\nyears    2028\n");
  EXPECT_FALSE(std::filesystem::exists(central.data()));
}

TEST(Configuration, CheckNamesEveryProblemOfTheCatalogueAndTheCalendars) {
  const CentralProcess central;
  support::write_file(
      central.folder() / "config/calendar/2028.toml",
      "year = 2028\nsource = \"made up\"\noff = [2028-01-01, 2027-01-04]\nworked = []\nholidays = []\n");
  support::write_file(central.folder() / "config/catalogue/items/broken.toml", "code = 1\n");
  const auto check = CentralProcess::run_exactly({"check", "--config", central.config()});
  EXPECT_EQ(check.code, 3);
  for (const char* said : {"2028.toml:3:8: 2028-01-01 是周末", "2028.toml:3:20: 2027-01-04 不在 2028 年",
                           "不认识的键 “holidays”", "broken.toml:1:"}) {
    EXPECT_NE(check.output.find(said), std::string::npos) << said << "\n" << check.output;
  }
  support::write_file(central.config(), "[http]\nprot = 1\n");
  EXPECT_EQ(CentralProcess::run_exactly({"check", "--config", central.config()}).code, 3);
  EXPECT_EQ(CentralProcess::run_exactly({"check"}).code, 2);
}

/// GET /v1/health over TLS, trusting only `authority`; empty if the handshake or the name fails.
std::string health_over_tls(std::uint16_t port, const std::filesystem::path& authority, const char* name) {
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
  if (SSL_CTX_load_verify_file(context.get(), authority.c_str()) != 1) return {};
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  const std::unique_ptr<BIO, decltype(&BIO_free_all)> bio(BIO_new_ssl_connect(context.get()), BIO_free_all);
  SSL* ssl = nullptr;
  BIO_get_ssl(bio.get(), &ssl);
  SSL_set1_host(ssl, name);
  BIO_set_conn_hostname(bio.get(), ("127.0.0.1:" + std::to_string(port)).c_str());
  if (BIO_do_connect(bio.get()) != 1) return {};
  BIO_puts(bio.get(), "GET /v1/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  std::string answer;
  char buffer[4096];
  int got = 0;
  while ((got = BIO_read(bio.get(), buffer, sizeof buffer)) > 0) answer.append(buffer, static_cast<std::size_t>(got));
  return answer;
}

TEST(Configuration, FirstStartMakesACertificateThatItsAuthorityVouchesFor) {
  CentralProcess central({.settings = ""});
  central.start();
  const auto authority = central.data() / "tls" / "ca.crt";
  EXPECT_TRUE(health_over_tls(central.port(), authority, "localhost").starts_with("HTTP/1.1 200"));
  EXPECT_EQ(health_over_tls(central.port(), authority, "example.org"), "");
  const std::string certificate = support::read_file(central.data() / "tls" / "server.crt");
  EXPECT_EQ(central.terminate(), 0);
  central.start();
  EXPECT_EQ(support::read_file(central.data() / "tls" / "server.crt"), certificate);
  EXPECT_TRUE(health_over_tls(central.port(), authority, "localhost").starts_with("HTTP/1.1 200"));
}

TEST(Configuration, AKeyThatEverybodyCanReadIsRefused) {
  CentralProcess central({.settings = ""});
  central.start();
  EXPECT_EQ(central.terminate(), 0);
  const auto key = central.data() / "tls" / "server.key";
  std::filesystem::permissions(key, std::filesystem::perms{0644});
  const auto refused =
      CentralProcess::run_exactly({"serve", "--config", central.config(), "--data", central.data(), "--port", "0"});
  EXPECT_EQ(refused.code, 3);
  EXPECT_NE(refused.errors.find("server.key can be read by everybody on this machine: chmod 600 it"), std::string::npos)
      << refused.errors;
  std::filesystem::permissions(key, std::filesystem::perms{0640});
  central.start();
}

TEST(Configuration, PlainHttpIsNotSpokenUnlessAllowed) {
  CentralProcess central({.settings = ""});
  central.start();
  support::Client client(central.port());
  EXPECT_EQ(client.send("GET", "/v1/health").status, 0);
}

}  // namespace
}  // namespace bangwu
