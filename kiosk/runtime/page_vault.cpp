#include "runtime/page_vault.h"

#include <utility>

#include "base/text.h"

namespace bangwu::runtime {
namespace {

tl::unexpected<base::Error> gone() { return base::fail(base::ErrorCode::cancelled, "the visit has ended"); }

}  // namespace

const PageVault::Visit* PageVault::at(VisitNumber visit) const {
  return visit_ && visit_->number == visit ? &*visit_ : nullptr;
}

void PageVault::begin(VisitNumber visit) {
  const std::lock_guard lock(mutex_);
  visit_.emplace(Visit{visit, envelope::ContentKey::make(), {}});
}

std::vector<std::string> PageVault::forget(VisitNumber visit) {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> left;
  if (!at(visit)) return left;
  for (const auto& [key, page] : visit_->pages) left.push_back(page.blob.sha256);
  visit_.reset();
  return left;
}

base::Result<PageVault::SealedPage> PageVault::seal(VisitNumber visit, std::span<const std::uint8_t> page,
                                                    std::string_view media_type) {
  const std::lock_guard lock(mutex_);
  if (!at(visit)) return gone();
  auto blob = blobs_.put(visit_->key.encrypt(page));
  if (!blob) return tl::unexpected(blob.error());
  const session::PageKey key = ++last_key_;
  SealedPage sealed{key, blob->sha256};
  visit_->pages.emplace(key, KnownPage{std::move(*blob), std::string(media_type)});
  return sealed;
}

base::Result<PageVault::OpenedPage> PageVault::open(VisitNumber visit, session::PageKey key) const {
  const std::lock_guard lock(mutex_);
  const Visit* present = at(visit);
  if (!present) return gone();
  const auto page = present->pages.find(key);
  if (page == present->pages.end()) return base::fail(base::ErrorCode::not_found, "no such page");
  auto sealed = blobs_.read(page->second.blob.sha256);
  if (!sealed) return tl::unexpected(sealed.error());
  auto bytes = present->key.decrypt(*sealed);
  if (!bytes) return tl::unexpected(bytes.error());
  return OpenedPage{std::move(*bytes), page->second.media_type};
}

std::optional<std::string> PageVault::drop(VisitNumber visit, session::PageKey key) {
  const std::lock_guard lock(mutex_);
  if (!at(visit)) return std::nullopt;
  const auto page = visit_->pages.find(key);
  if (page == visit_->pages.end()) return std::nullopt;
  std::string sha256 = page->second.blob.sha256;
  visit_->pages.erase(page);
  return sha256;
}

base::Result<PageVault::SealedBody> PageVault::seal_body(VisitNumber visit, std::string_view json,
                                                         const envelope::SealingKey& central,
                                                         const envelope::SealedFor& whose) const {
  const std::lock_guard lock(mutex_);
  const Visit* present = at(visit);
  if (!present) return gone();
  auto sealed_key = present->key.seal_to(central, whose);
  if (!sealed_key) return tl::unexpected(sealed_key.error());
  return SealedBody{std::move(*sealed_key), present->key.encrypt(base::bytes_of(json))};
}

std::optional<PageVault::KnownPage> PageVault::page_of(VisitNumber visit, session::PageKey key) const {
  const std::lock_guard lock(mutex_);
  const Visit* present = at(visit);
  if (!present) return std::nullopt;
  const auto page = present->pages.find(key);
  return page == present->pages.end() ? std::nullopt : std::optional(page->second);
}

void PageVault::hand_over(VisitNumber visit) {
  const std::lock_guard lock(mutex_);
  if (at(visit)) visit_.emplace(Visit{visit, envelope::ContentKey::make(), {}});
}

}  // namespace bangwu::runtime
