#pragma once
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "envelope/keys.h"
#include "http_client/origin.h"

namespace bangwu::identity {

/// Who this kiosk is to which central service: made by enrol(), read at every start.
///
/// On the disk, under DATA/identity (0700), every file 0600: identity.json (all below but the device key, and the name
/// of its file), device-<first 16 digits of the public key>.key, and ca-<same digits>.pem if a CA was given.
struct KioskIdentity {
  std::string kiosk;  ///< "k-…"; lasts: enrolling again keeps it
  std::string name;   ///< the machine's, for people: what the central service calls it
  std::string central_url;
  std::filesystem::path ca_file;  ///< a copy under DATA/identity; empty: the system's authorities
  std::string token;              ///< bearer; secret
  envelope::SealingKey sealing_key{};
  envelope::VerifyKey receipt_key{};
  envelope::SigningKey device;
};

/// `not_found` if this machine is not enrolled, `corrupt` or `unauthorised` (a secret others may read) otherwise: the
/// detail says which file and what to do.
[[nodiscard]] base::Result<KioskIdentity> load_identity(const std::filesystem::path& data);

/// Whether a machine that is enrolled stays who it is; `another` is for one whose disk was copied from a machine that
/// works on under this identity.
enum class EnrolAs { itself, another };

struct EnrolOptions {
  std::string url;           ///< of the central service, e.g. "https://central.example"
  std::filesystem::path ca;  ///< PEM of the authority that signed its certificate; empty: the system's
  std::string code;          ///< single use, from `bangwu-central enrol`
  std::string name;          ///< how whoever sets it up calls it; the name of the code counts
  std::filesystem::path data;
  http_client::PlainHttp plain = http_client::PlainHttp::refused;
  EnrolAs as = EnrolAs::itself;
  std::vector<std::string> held_for{};  ///< ids under which the queue holds something: then no other id is taken
};

/// Enrols this machine: makes a device key, gives its public half and the code to the central service, stores what it
/// answers. A machine enrolled before gets a new device key and a new token, and keeps its id: it names itself and
/// signs with the key it had. Its old identity stays in force until the new one is whole on the disk. The caller holds
/// the DataLock.
///
/// Crashes: the key is on the disk before it is sent, and a repeat with the same URL sends the same key, which the
/// central service answers as the same enrolment; the change from the old identity to the new is one rename. A refused
/// enrolment leaves nothing. Errors: `conflict` (the code would make this machine another than its queue is sealed for:
/// the old identity stays, the code is used up), `invalid_input`, `unauthorised` (the code is wrong, used or expired,
/// the kiosk is revoked, or the certificate is not one we trust), `unavailable`, `timed_out` (try again with the same
/// code), `disk_full`, `io_failed`, `cancelled`.
[[nodiscard]] base::Result<KioskIdentity> enrol(const EnrolOptions& options, const std::stop_token& stop);

}  // namespace bangwu::identity
