#pragma once
#include <filesystem>
#include <string>

#include "base/result.h"
#include "identity/identity.h"

/// Inside the room only: the files of an identity.
namespace bangwu::identity {

[[nodiscard]] std::filesystem::path identity_folder(const std::filesystem::path& data);

/// What proves who this machine was: the least of an identity, so that one whose other files are damaged still can.
struct Earlier {
  std::string kiosk;
  envelope::SigningKey device;
};
[[nodiscard]] base::Result<Earlier> load_earlier(const std::filesystem::path& data);

/// The device key that an enrolment with this central service uses: the one a broken-off enrolment left, or a new one,
/// durable before it is returned.
struct DeviceKeyFile {
  enum class Made { now, before };
  std::string name;
  envelope::SigningKey key;
  Made made = Made::now;
};
[[nodiscard]] base::Result<DeviceKeyFile> device_key_for(const std::filesystem::path& data, const std::string& url);
/// It is not used again.
void forget_key(const std::filesystem::path& data, const DeviceKeyFile& device);
/// The enrolment it was made for was refused, so nobody knows it. One made before may be known: it stays.
void forget_refused(const std::filesystem::path& data, const DeviceKeyFile& device);

/// Copies the CA, writes identity.json in one step, then forgets the keys that are no longer named.
[[nodiscard]] base::Result<void> store_identity(const std::filesystem::path& data, const KioskIdentity& identity,
                                                const std::string& key_file, const std::filesystem::path& ca);

}  // namespace bangwu::identity
