#include "widgets/mo_file.h"

#include <algorithm>

#include "base/file.h"

namespace bangwu::widgets {
namespace {

using base::ErrorCode;
using base::fail;

constexpr std::uint32_t kMagic = 0x950412DE;
constexpr std::size_t kHeader = 20;

std::uint32_t word_at(std::string_view bytes, std::size_t at, bool big_endian) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const auto byte = static_cast<std::uint8_t>(bytes[at + (big_endian ? i : 3 - i)]);
    value = value << 8 | byte;
  }
  return value;
}

bool inside(std::size_t size, std::uint64_t at, std::uint64_t length) { return at + length <= size; }

}  // namespace

base::Result<MoFile> MoFile::load(const std::filesystem::path& path) {
  auto bytes = base::read_text_file(path);
  if (!bytes) {
    return tl::unexpected(bytes.error());
  }
  auto file = parse(*std::move(bytes));
  if (!file) {
    return fail(file.error().code, path.string() + ": " + file.error().detail);
  }
  return file;
}

base::Result<MoFile> MoFile::parse(std::string bytes) {
  if (bytes.size() < kHeader) {
    return fail(ErrorCode::corrupt, "shorter than a catalogue's header");
  }
  const bool big = word_at(bytes, 0, true) == kMagic;
  if (!big && word_at(bytes, 0, false) != kMagic) {
    return fail(ErrorCode::corrupt, "not a compiled catalogue of gettext");
  }
  const std::uint32_t count = word_at(bytes, 8, big);
  const std::uint32_t originals = word_at(bytes, 12, big);
  const std::uint32_t translations = word_at(bytes, 16, big);
  const std::uint64_t table = std::uint64_t{count} * 8;
  if (!inside(bytes.size(), originals, table) || !inside(bytes.size(), translations, table)) {
    return fail(ErrorCode::corrupt, "tables outside the file");
  }
  MoFile file;
  file.entries_.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::size_t o = originals + std::size_t{i} * 8;
    const std::size_t t = translations + std::size_t{i} * 8;
    const Entry entry{word_at(bytes, o + 4, big), word_at(bytes, o, big), word_at(bytes, t + 4, big),
                      word_at(bytes, t, big)};
    if (!inside(bytes.size(), entry.original, entry.original_length) ||
        !inside(bytes.size(), entry.translation, entry.translation_length)) {
      return fail(ErrorCode::corrupt, "a text outside the file");
    }
    file.entries_.push_back(entry);
  }
  file.bytes_ = std::move(bytes);
  const auto original = [&](const Entry& e) {
    return std::string_view(file.bytes_).substr(e.original, e.original_length);
  };
  if (!std::is_sorted(file.entries_.begin(), file.entries_.end(),
                      [&](const Entry& a, const Entry& b) { return original(a) < original(b); })) {
    return fail(ErrorCode::corrupt, "texts out of order");
  }
  return file;
}

std::string_view MoFile::find(std::string_view wanted) const {
  const std::string_view all = bytes_;
  const auto it = std::lower_bound(
      entries_.begin(), entries_.end(), wanted,
      [&](const Entry& e, std::string_view text) { return all.substr(e.original, e.original_length) < text; });
  if (it == entries_.end() || all.substr(it->original, it->original_length) != wanted) {
    return {};
  }
  return all.substr(it->translation, it->translation_length);
}

}  // namespace bangwu::widgets
