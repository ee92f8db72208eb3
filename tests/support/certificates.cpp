#include "support/certificates.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <memory>
#include <stdexcept>

namespace bangwu::support {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using File = std::unique_ptr<std::FILE, decltype(&std::fclose)>;

Key make_key() { return {EVP_EC_gen("P-256"), &EVP_PKEY_free}; }

void name(X509* certificate, const char* common_name) {
  X509_NAME* subject = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(common_name), -1, -1,
                             0);
}

void extend(X509* certificate, int which, const std::string& value) {
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, which, value.c_str());
  if (extension == nullptr) throw std::runtime_error("bad certificate extension " + value);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

Certificate make_certificate(EVP_PKEY* key, const char* common_name, long serial) {
  Certificate certificate{X509_new(), &X509_free};
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 86400);
  X509_set_pubkey(certificate.get(), key);
  name(certificate.get(), common_name);
  return certificate;
}

File open_file(const std::filesystem::path& path) {
  File file{std::fopen(path.c_str(), "w"), &std::fclose};
  if (!file) throw std::runtime_error("cannot write " + path.string());
  return file;
}

}  // namespace

Certificates make_certificates(const std::filesystem::path& directory, const std::string& host) {
  std::filesystem::create_directories(directory);
  const Key ca_key = make_key();
  const Certificate ca = make_certificate(ca_key.get(), ("Authority of " + directory.string()).c_str(), 1);
  X509_set_issuer_name(ca.get(), X509_get_subject_name(ca.get()));
  extend(ca.get(), NID_basic_constraints, "critical,CA:TRUE");
  extend(ca.get(), NID_key_usage, "critical,keyCertSign");
  X509_sign(ca.get(), ca_key.get(), EVP_sha256());

  const Key key = make_key();
  const Certificate server = make_certificate(key.get(), "Test server", 2);
  X509_set_issuer_name(server.get(), X509_get_subject_name(ca.get()));
  const bool is_address = host.find_first_not_of("0123456789.") == std::string::npos;
  extend(server.get(), NID_subject_alt_name, (is_address ? "IP:" : "DNS:") + host);
  X509_sign(server.get(), ca_key.get(), EVP_sha256());

  const Certificates made{directory / "ca.pem", {directory / "server.pem", directory / "server.key"}};
  PEM_write_X509(open_file(made.ca).get(), ca.get());
  PEM_write_X509(open_file(made.server.certificate).get(), server.get());
  PEM_write_PrivateKey(open_file(made.server.key).get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  return made;
}

}  // namespace bangwu::support
