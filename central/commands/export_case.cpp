#include <algorithm>
#include <iostream>

#include "base/text.h"
#include "commands/commands.h"
#include "commands/find_one.h"
#include "commands/for_staff.h"
#include "envelope/content_key.h"
#include "pages/redraw.h"
#include "pages/signature.h"

namespace bangwu::commands {
namespace {

namespace fs = std::filesystem;
using base::fail;
using base::Result;

/// Names come from a kiosk's catalogue: only harmless characters reach the file system.
std::string file_name(std::size_t material, const std::string& id, std::size_t page, const std::string& media_type) {
  std::string name = id.substr(0, 40);
  std::replace_if(
      name.begin(), name.end(), [](char c) { return !base::is_letter(c) && !base::is_digit(c); }, '-');
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

Result<void> write(const fs::path& file, std::span<const std::uint8_t> bytes) {
  return base::write_file_durably(file, bytes);
}

struct Written {
  int pages = 0;
  std::vector<std::string> not_drawn;  ///< files whose page is no picture that may be opened
};

/// What staff open: the page as it was shown, drawn anew. With --original the kiosk's own bytes too, as they came.
Result<void> write_page(const fs::path& folder, const std::string& name, const domain::Page& page,
                        std::span<const std::uint8_t> plain, Originals originals, Written& written) {
  if (originals == Originals::too) {
    if (auto done = write(folder / ("original-" + name), plain); !done) return done;
  }
  const auto drawn = pages::redraw(plain, page.media_type, page.quarter_turns);
  if (!drawn) {
    written.not_drawn.push_back(name + ": " + drawn.error().detail);
    return {};
  }
  ++written.pages;
  return write(folder / name, *drawn);
}

Result<Written> write_pages(const DataFolder& data, const FoundCase& found, const fs::path& folder,
                            Originals originals) {
  const auto& envelope = found.proven.source.envelope;
  const auto key = envelope::ContentKey::unseal(envelope.sealed_key, data.unsealing_key, sealed_for(envelope));
  if (!key) return tl::unexpected(key.error());
  Written written;
  const auto& materials = found.application().materials;
  for (std::size_t material = 0; material < materials.size(); ++material) {
    const auto& handed_in = materials[material];
    for (std::size_t i = 0; i < handed_in.pages.size(); ++i) {
      const auto& page = handed_in.pages[i];
      const auto sealed = data.blobs.read(page.sha256);
      if (!sealed) return tl::unexpected(sealed.error());
      const auto plain = key->decrypt(*sealed);
      if (!plain) return fail(plain.error().code, "blob " + page.sha256 + " does not open: " + plain.error().detail);
      const std::string name = file_name(material + 1, handed_in.material, i + 1, page.media_type);
      if (auto done = write_page(folder, name, page, *plain, originals, written); !done)
        return tl::unexpected(done.error());
    }
  }
  return written;
}

Result<void> write_words(const FoundCase& found, const fs::path& folder) {
  const std::string& json = found.proven.source.opened->json;
  if (auto done = write(folder / "application.json", base::bytes_of(json)); !done) return done;
  return write(folder / "signature.png", pages::draw_signature(found.application().signature));
}

}  // namespace

Exit export_case(const Arguments& arguments) {
  auto data = open_for_staff(arguments);
  if (!data) return complain(data.error());
  const auto found = find_one(*data, arguments.operands[0]);
  if (!found) return complain_of(found.error());
  const fs::path folder = fs::absolute(arguments.operands[1]);
  if (const auto made = make_new_folder(folder); !made) return complain(Exit::failed, made.error().detail);
  const auto written = write_pages(*data, *found, folder, arguments.originals);
  if (!written) return complain(Exit::failed, written.error().detail);
  if (const auto done = write_words(*found, folder); !done) return complain(Exit::failed, done.error().detail);
  std::cout << written->pages << " pages, signature.png and application.json in " << folder.string() << "\n";
  for (const auto& page : written->not_drawn) std::cout << "not drawn  " << page << "\n";
  if (written->not_drawn.empty()) return Exit::ok;
  return complain(Exit::failed, "some pages are not safe to open; --original writes them as they came");
}

}  // namespace bangwu::commands
