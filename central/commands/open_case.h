#pragma once
#include <optional>
#include <string>

#include "cases/case_file.h"
#include "commands/data_folder.h"
#include "domain/application.h"
#include "ingest/open_envelope.h"

namespace bangwu::commands {

/// A case with the envelope that opened it, opened.
struct OpenedCase {
  cases::CaseFile file;
  store::EnvelopeRow envelope;
  domain::Application application;
  std::string json;  ///< the application as it came
};

/// Inside a read of the store; nothing if there is no such number.
[[nodiscard]] inline base::Result<std::optional<OpenedCase>> open_case(store::Transaction& transaction,
                                                                       const envelope::UnsealingKey& key,
                                                                       const std::string& number) {
  auto file = cases::find_case(transaction.cases(), number);
  if (!file) return tl::unexpected(file.error());
  if (!*file) return std::nullopt;
  auto envelope = transaction.envelopes().find((*file)->row.envelope);
  if (!envelope) return tl::unexpected(envelope.error());
  if (!*envelope) return base::fail(base::ErrorCode::corrupt, number + ": its envelope is missing");
  auto opened = ingest::open_row(**envelope, key);
  if (!opened) return tl::unexpected(opened.error());
  auto* application = std::get_if<domain::Application>(&opened->body);
  if (application == nullptr) return base::fail(base::ErrorCode::corrupt, number + ": its envelope is no application");
  return OpenedCase{std::move(**file), std::move(**envelope), std::move(*application), std::move(opened->json)};
}

}  // namespace bangwu::commands
