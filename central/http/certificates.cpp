#include "http/certificates.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

#include "base/file.h"
#include "base/text.h"

namespace bangwu::http {
namespace {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* pointer) const {
    Free(pointer);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO_free_all>>;

constexpr long kDay = 24L * 60 * 60;

/// Who signs: nobody above for an authority.
struct Issuer {
  X509* certificate = nullptr;
  EVP_PKEY* key = nullptr;
};

bool add_extension(X509* certificate, X509* issuer, int kind, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>> extension(
      X509V3_EXT_conf_nid(nullptr, &context, kind, value));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool add_serial(X509* certificate) {
  unsigned char bytes[16];
  if (RAND_bytes(bytes, sizeof bytes) != 1) return false;
  bytes[0] &= 0x7f;  // RFC 5280, section 4.1.2.2: positive
  const std::unique_ptr<BIGNUM, Freed<BN_free>> number(BN_bin2bn(bytes, sizeof bytes, nullptr));
  return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

Certificate make_certificate(EVP_PKEY* key, const char* name, long days, const Issuer& issuer) {
  Certificate certificate(X509_new());
  if (!certificate || X509_set_version(certificate.get(), 2) != 1 || !add_serial(certificate.get())) return nullptr;
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -kDay);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), days * kDay);
  X509_NAME* subject = X509_get_subject_name(certificate.get());
  if (X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(name), -1, -1,
                                 0) != 1)
    return nullptr;
  X509* above = issuer.certificate != nullptr ? issuer.certificate : certificate.get();
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(above));
  X509_set_pubkey(certificate.get(), key);
  const bool is_authority = issuer.certificate == nullptr;
  bool done = add_extension(certificate.get(), above, NID_basic_constraints,
                            is_authority ? "critical,CA:TRUE,pathlen:0" : "critical,CA:FALSE") &&
              add_extension(certificate.get(), above, NID_subject_key_identifier, "hash") &&
              add_extension(certificate.get(), above, NID_key_usage,
                            is_authority ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature");
  if (done && !is_authority) {
    done = add_extension(certificate.get(), above, NID_authority_key_identifier, "keyid") &&
           add_extension(certificate.get(), above, NID_ext_key_usage, "serverAuth") &&
           add_extension(certificate.get(), above, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1,IP:::1");
  }
  EVP_PKEY* signing_key = issuer.key != nullptr ? issuer.key : key;
  if (!done || X509_sign(certificate.get(), signing_key, EVP_sha256()) == 0) return nullptr;
  return certificate;
}

std::string pem_of(const Memory& memory) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string pem_of_key(EVP_PKEY* key) {
  const Memory memory(BIO_new(BIO_s_mem()));
  if (!memory || PEM_write_bio_PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1) return {};
  return pem_of(memory);
}

std::string pem_of_certificate(X509* certificate) {
  const Memory memory(BIO_new(BIO_s_mem()));
  if (!memory || PEM_write_bio_X509(memory.get(), certificate) != 1) return {};
  return pem_of(memory);
}

base::Result<void> save(const std::filesystem::path& path, const std::string& pem, unsigned mode) {
  if (pem.empty()) return base::fail(base::ErrorCode::internal, "OpenSSL could not make " + path.string());
  return base::write_file_durably(path, base::bytes_of(pem), mode);
}

}  // namespace

base::Result<TlsFiles> local_certificates(const std::filesystem::path& directory) {
  const TlsFiles files{directory / "server.crt", directory / "server.key"};
  std::error_code ignored;
  if (std::filesystem::exists(files.certificate, ignored)) return files;
  if (auto made = base::make_directory_durably(directory); !made) return tl::unexpected(made.error());
  const Key authority_key(EVP_EC_gen("P-256")), server_key(EVP_EC_gen("P-256"));
  if (!authority_key || !server_key) return base::fail(base::ErrorCode::internal, "OpenSSL could not make keys");
  const auto authority = make_certificate(authority_key.get(), "Bangwu local authority", 3650, {});
  const auto server =
      authority ? make_certificate(server_key.get(), "localhost", 3650, {authority.get(), authority_key.get()})
                : nullptr;
  if (!server) return base::fail(base::ErrorCode::internal, "OpenSSL could not make certificates");
  const std::string chain = pem_of_certificate(server.get());
  if (auto saved = save(directory / "ca.key", pem_of_key(authority_key.get()), 0600); !saved)
    return tl::unexpected(saved.error());
  if (auto saved = save(directory / "ca.crt", pem_of_certificate(authority.get()), 0644); !saved)
    return tl::unexpected(saved.error());
  if (auto saved = save(files.key, pem_of_key(server_key.get()), 0600); !saved) return tl::unexpected(saved.error());
  if (auto saved = save(files.certificate, chain, 0644); !saved) return tl::unexpected(saved.error());
  return files;
}

}  // namespace bangwu::http
