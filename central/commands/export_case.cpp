#include <algorithm>
#include <iostream>

#include "commands/commands.h"
#include "commands/open_case.h"
#include "envelope/envelope.h"

namespace bangwu::commands {
namespace {

namespace fs = std::filesystem;
using base::fail;
using base::Result;

/// Names come from a kiosk's catalogue: only harmless characters reach the file system.
std::string file_name(std::size_t material, const std::string& id, std::size_t page, const std::string& media_type) {
  std::string name = id.substr(0, 40);
  std::replace_if(
      name.begin(), name.end(),
      [](char c) { return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')); }, '-');
  const auto two = [](std::size_t number) { return std::string(number < 10 ? "0" : "") + std::to_string(number); };
  const std::string extension = media_type == "image/png" ? "png" : media_type == "image/jpeg" ? "jpg" : "bin";
  return two(material) + "-" + name + "-" + two(page) + "." + extension;
}

/// A folder of our own, so that nothing there is written over.
Result<void> make_new_folder(const fs::path& folder) {
  std::error_code ignored;
  if (fs::exists(folder, ignored))
    return fail(base::ErrorCode::already_exists, folder.string() + " is there already: name a new folder");
  return base::make_directory_durably(folder);
}

Result<int> write_pages(const DataFolder& data, const OpenedCase& opened, const fs::path& folder) {
  const auto envelope = envelope::envelope_from_json(opened.envelope.wire);
  if (!envelope) return tl::unexpected(envelope.error());
  const auto key = envelope::ContentKey::unseal(envelope->sealed_key, data.unsealing_key, sealed_for(*envelope));
  if (!key) return tl::unexpected(key.error());
  int pages = 0;
  for (std::size_t material = 0; material < opened.application.materials.size(); ++material) {
    const auto& handed_in = opened.application.materials[material];
    for (std::size_t page = 0; page < handed_in.pages.size(); ++page) {
      const auto sealed = data.blobs.read(handed_in.pages[page].sha256);
      if (!sealed) return tl::unexpected(sealed.error());
      const auto plain = key->decrypt(*sealed);
      if (!plain)
        return fail(plain.error().code,
                    "blob " + handed_in.pages[page].sha256 + " does not open: " + plain.error().detail);
      const fs::path file =
          folder / file_name(material + 1, handed_in.material, page + 1, handed_in.pages[page].media_type);
      if (auto written = base::write_file_durably(file, *plain); !written) return tl::unexpected(written.error());
      ++pages;
    }
  }
  return pages;
}

}  // namespace

Exit export_case(const Arguments& arguments) {
  auto data = open_data_folder(*arguments.data, store::OpenMode::existing);
  if (!data) return complain(Exit::store, data.error().detail);
  std::optional<OpenedCase> opened;
  const auto read = data->store->read([&](store::Transaction& transaction) -> Result<void> {
    auto found = open_case(transaction, data->unsealing_key, arguments.operands[0]);
    if (!found) return tl::unexpected(found.error());
    opened = std::move(*found);
    return {};
  });
  if (!read) return complain(Exit::store, read.error().detail);
  if (!opened) return complain(Exit::failed, "there is no case " + arguments.operands[0]);
  const fs::path folder = fs::absolute(arguments.operands[1]);
  if (const auto made = make_new_folder(folder); !made) return complain(Exit::failed, made.error().detail);
  const auto pages = write_pages(*data, *opened, folder);
  if (!pages) return complain(Exit::failed, pages.error().detail);
  const std::string& body = opened->json;
  const auto written = base::write_file_durably(folder / "application.json",
                                                {reinterpret_cast<const std::uint8_t*>(body.data()), body.size()});
  if (!written) return complain(Exit::failed, written.error().detail);
  std::cout << *pages << " pages and application.json in " << folder.string() << "\n";
  return Exit::ok;
}

}  // namespace bangwu::commands
