#include "identity/identity.h"

#include <sys/stat.h>

#include <optional>
#include <utility>

#include "base/file.h"
#include "base/text.h"
#include "identity/identity_files.h"
#include "json/text.h"

namespace bangwu::identity {
namespace {

namespace fs = std::filesystem;

constexpr const char* kEnrolAgain = ": enrol this machine again with a new code (bangwu-kiosk enrol)";

base::Result<std::string> read_secret(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0 && (status.st_mode & 0077U) != 0) {
    return base::fail(
        base::ErrorCode::unauthorised,
        path.string() + " can be read by others: chmod 600 it, and enrol again if others use this machine");
  }
  return base::read_text_file(path, 1U << 20);
}

bool is_plain_name(const std::string& name) { return !name.empty() && name.find('/') == std::string::npos; }

}  // namespace

fs::path identity_folder(const fs::path& data) { return data / "identity"; }

base::Result<KioskIdentity> load_identity(const fs::path& data) {
  const fs::path folder = identity_folder(data);
  const fs::path path = folder / "identity.json";
  const auto text = read_secret(path);
  if (!text && text.error().code == base::ErrorCode::not_found) {
    return base::fail(base::ErrorCode::not_found,
                      path.string() +
                          " is not there: this machine is not enrolled; get a code from the central service "
                          "and run bangwu-kiosk enrol");
  }
  if (!text) return tl::unexpected(text.error());
  const auto damaged = [&path](const std::string& what) {
    return base::fail(base::ErrorCode::corrupt, path.string() + " " + what + kEnrolAgain);
  };
  const auto object = json::parse(*text);
  if (!object) return damaged(object.error().detail);
  const auto *const kiosk = object->text_of("kiosk"), *const name = object->text_of("name"),
                    *const url = object->text_of("central_url"), *const token = object->text_of("token"),
                    *const sealing = object->text_of("sealing_key"), *const receipt = object->text_of("receipt_key"),
                    *const device = object->text_of("device_key_file"), *const ca = object->text_of("ca_file");
  if (!kiosk || !name || !url || !token || !sealing || !receipt || !device || !ca) return damaged("lacks a member");
  const auto sealing_key = envelope::sealing_key_from_hex(*sealing);
  const auto receipt_key = envelope::verify_key_from_hex(*receipt);
  if (!sealing_key || !receipt_key || !is_plain_name(*device) || ca->find('/') != std::string::npos) {
    return damaged("has a damaged member");
  }
  auto key = envelope::SigningKey::load(folder / *device);
  if (!key) return base::fail(key.error().code, key.error().detail + kEnrolAgain);
  const fs::path ca_file = ca->empty() ? fs::path{} : folder / *ca;
  if (!ca_file.empty() && !fs::is_regular_file(ca_file)) {
    return base::fail(base::ErrorCode::not_found,
                      ca_file.string() + " is not there: put the central service's CA there");
  }
  return KioskIdentity{*kiosk, *name, *url, ca_file, *token, *sealing_key, *receipt_key, std::move(*key)};
}

base::Result<DeviceKeyFile> device_key_for(const fs::path& data, const std::string& url) {
  const fs::path folder = identity_folder(data);
  if (auto made = base::make_directory_durably(folder); !made) return tl::unexpected(made.error());
  const fs::path pending = folder / "pending.json";
  if (const auto text = base::read_text_file(pending, 1U << 16)) {
    const auto object = json::parse(*text).value_or(json::Value());
    const auto *const name = object.text_of("device_key_file"), *const earlier = object.text_of("central_url");
    if (name != nullptr && is_plain_name(*name) && earlier != nullptr && *earlier == url) {
      if (auto key = envelope::SigningKey::load(folder / *name)) {
        return DeviceKeyFile{*name, std::move(*key), DeviceKeyFile::Made::before};
      }
    }
  }
  auto key = envelope::SigningKey::make();
  const std::string name = "device-" + envelope::key_to_hex(key.public_key()).substr(0, 16) + ".key";
  if (auto saved = key.save(folder / name); !saved) return tl::unexpected(saved.error());
  const std::string text =
      json::write({{"central_url", url}, {"device_key_file", name}}, json::Layout::indented) + "\n";
  if (auto written = base::write_file_durably(pending, base::bytes_of(text)); !written)
    return tl::unexpected(written.error());
  return DeviceKeyFile{name, std::move(key), DeviceKeyFile::Made::now};
}

base::Result<Earlier> load_earlier(const fs::path& data) {
  const fs::path folder = identity_folder(data);
  const auto text = base::read_text_file(folder / "identity.json", 1U << 20);
  if (!text) return tl::unexpected(text.error());
  const auto object = json::parse(*text).value_or(json::Value());
  const auto *const kiosk = object.text_of("kiosk"), *const device = object.text_of("device_key_file");
  if (kiosk == nullptr || device == nullptr || !is_plain_name(*device))
    return base::fail(base::ErrorCode::corrupt, "identity.json does not say who this machine was");
  auto key = envelope::SigningKey::load(folder / *device);
  if (!key) return tl::unexpected(key.error());
  return Earlier{*kiosk, std::move(*key)};
}

void forget_refused(const fs::path& data, const DeviceKeyFile& device) {
  if (device.made == DeviceKeyFile::Made::now) forget_key(data, device);
}

void forget_key(const fs::path& data, const DeviceKeyFile& device) {
  std::error_code ignored;  // a key nobody knows harms nobody, and the next enrolment uses it
  fs::remove(identity_folder(data) / "pending.json", ignored);
  fs::remove(identity_folder(data) / device.name, ignored);
}

namespace {

/// Keys of earlier identities and of enrolments that were given up. What cannot be removed now is removed next time.
void forget_other_keys(const fs::path& folder, const std::string& key_file) {
  std::error_code ignored;
  fs::remove(folder / "pending.json", ignored);
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const std::string name = entry.path().filename().string();
    const bool is_old_key = name.starts_with("device-") && name != key_file;
    const bool is_old_ca = name.starts_with("ca-") && name.substr(3, 16) != key_file.substr(7, 16);
    if (is_old_key || is_old_ca) fs::remove(entry.path(), ignored);
  }
}

}  // namespace

base::Result<void> store_identity(const fs::path& data, const KioskIdentity& identity, const std::string& key_file,
                                  const fs::path& ca) {
  const fs::path folder = identity_folder(data);
  std::string ca_name;
  if (!ca.empty()) {
    const auto pem = base::read_binary_file(ca, 1U << 20);
    if (!pem) return tl::unexpected(pem.error());
    // Named after the key it came with, so that the old identity keeps its own until the new one is whole.
    ca_name = "ca-" + key_file.substr(7, 16) + ".pem";
    if (auto written = base::write_file_durably(folder / ca_name, *pem); !written) return written;
  }
  const json::Value object{{"kiosk", identity.kiosk},
                           {"name", identity.name},
                           {"central_url", identity.central_url},
                           {"ca_file", ca_name},
                           {"token", identity.token},
                           {"sealing_key", envelope::key_to_hex(identity.sealing_key)},
                           {"receipt_key", envelope::key_to_hex(identity.receipt_key)},
                           {"device_key_file", key_file}};
  const std::string text = json::write(object, json::Layout::indented) + "\n";
  if (auto written = base::write_file_durably(folder / "identity.json", base::bytes_of(text)); !written) return written;
  forget_other_keys(folder, key_file);
  return {};
}

}  // namespace bangwu::identity
