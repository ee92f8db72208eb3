#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "e2e/sample_pages.h"
#include "envelope/envelope.h"
#include "support/hall/hall_under_test.h"

namespace bangwu {

/// One page as the central service has it.
struct ArrivedPage {
  std::string material;
  std::string sha256;  ///< of the sealed blob, as the application names it
  int quarter_turns = 0;
  std::vector<std::uint8_t> sealed;  ///< the blob in central's folder
  std::vector<std::uint8_t> opened;  ///< what `bangwu-central export` writes
};

/// A case as it lies at the central service.
struct Arrival {
  nlohmann::json application;
  envelope::Envelope envelope;     ///< as it came, with the manifest's attachments
  std::vector<ArrivedPage> pages;  ///< in the application's order
};
/// Reads it with the service's commands and from its store; throws when there is no such case.
[[nodiscard]] Arrival arrival_of(const support::HallUnderTest& hall, const std::string& number);

/// Fails unless the envelope's manifest names exactly the pages' blobs, and each blob is what its name and size say.
void expect_manifest_names_the_blobs(const Arrival& arrival);

}  // namespace bangwu
