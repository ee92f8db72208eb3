#include "e2e/arrival.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "envelope/keys.h"
#include "store/store.h"

namespace bangwu {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

envelope::Envelope stored_envelope(const fs::path& database, const std::string& id) {
  auto store = store::open_sqlite_store(database, store::OpenMode::existing);
  if (!store) throw std::runtime_error(store.error().detail);
  std::string wire;
  const auto read = (*store)->read([&](store::Transaction& transaction) -> base::Result<void> {
    auto row = transaction.envelopes().find(id);
    if (!row) return tl::unexpected(row.error());
    if (!*row) return base::fail(base::ErrorCode::not_found, "no envelope " + id);
    wire = (*row)->wire;
    return {};
  });
  if (!read) throw std::runtime_error(read.error().detail);
  auto envelope = envelope::envelope_from_json(wire);
  if (!envelope) throw std::runtime_error(envelope.error().detail);
  return std::move(*envelope);
}

std::vector<fs::path> exported_pages(const support::HallUnderTest& hall, const std::string& number) {
  const fs::path folder = hall.folder("exported-" + number);
  const auto exported = hall.central().run({"export", number, folder.string(), "--original"});
  if (exported.code != 0) throw std::runtime_error("export: " + exported.output + exported.errors);
  std::vector<fs::path> pages;
  for (const auto& file : fs::directory_iterator(folder)) {
    if (file.path().filename().string().starts_with("original-")) pages.push_back(file.path());
  }
  std::sort(pages.begin(), pages.end());  // named by material and page
  return pages;
}

}  // namespace

Arrival arrival_of(const support::HallUnderTest& hall, const std::string& number) {
  const auto shown = hall.central().run({"show", number, "--json"});
  if (shown.code != 0) throw std::runtime_error("no case '" + number + "'");
  const json found = json::parse(shown.output);
  const fs::path data = hall.central().data();
  Arrival arrival{found.at("application"), stored_envelope(data / "central.db", found.at("envelope")), {}};
  const auto exported = exported_pages(hall, number);
  for (const auto& material : arrival.application.at("materials")) {
    for (const auto& page : material.at("pages")) {
      const std::string sha256 = page.at("sha256");
      arrival.pages.push_back({material.at("material"), sha256, page.at("quarter_turns"),
                               bytes_of(data / "blobs" / sha256.substr(0, 2) / sha256),
                               bytes_of(exported.at(arrival.pages.size()))});
    }
  }
  EXPECT_EQ(exported.size(), arrival.pages.size());
  return arrival;
}

void expect_manifest_names_the_blobs(const Arrival& arrival) {
  ASSERT_EQ(arrival.envelope.attachments.size(), arrival.pages.size());
  for (const auto& page : arrival.pages) {
    EXPECT_EQ(envelope::sha256_hex(page.sealed), page.sha256);
    const auto& all = arrival.envelope.attachments;
    const auto named =
        std::find_if(all.begin(), all.end(), [&](const auto& attachment) { return attachment.sha256 == page.sha256; });
    ASSERT_NE(named, all.end()) << page.sha256;
    EXPECT_EQ(named->size, page.sealed.size());
  }
}

}  // namespace bangwu
