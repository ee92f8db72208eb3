#pragma once
#include <optional>
#include <string>

#include "cases/case_file.h"
#include "commands/data_folder.h"
#include "domain/application.h"
#include "envelope/bodies.h"

namespace bangwu::commands {

/// A case with the envelope that opened it.
struct OpenedCase {
  cases::CaseFile file;
  store::EnvelopeRow envelope;
  domain::Application application;
};

/// Inside a read of the store; nothing if there is no such number.
[[nodiscard]] inline base::Result<std::optional<OpenedCase>> open_case(store::Records& records,
                                                                       const std::string& number) {
  auto file = cases::find_case(records, number);
  if (!file) return tl::unexpected(file.error());
  if (!*file) return std::nullopt;
  auto envelope = records.envelope((*file)->row.envelope);
  if (!envelope) return tl::unexpected(envelope.error());
  if (!*envelope) return base::fail(base::ErrorCode::corrupt, number + ": its envelope is missing");
  auto application = envelope::application_from_json((*envelope)->body);
  if (!application) return base::fail(base::ErrorCode::corrupt, number + ": its application does not read");
  return OpenedCase{std::move(**file), std::move(**envelope), std::move(*application)};
}

}  // namespace bangwu::commands
