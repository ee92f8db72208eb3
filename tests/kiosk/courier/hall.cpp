#include "hall.h"

#include <algorithm>
#include <fstream>

namespace bangwu::courier {

Hall::Hall() {
  EXPECT_TRUE(has_cryptography);
  server.set_connections(support::FaultServer::Connections::close);
  store = std::make_unique<blobs::BlobStore>(blobs::BlobStore::open(directory / "blobs").value());
  restart(quick_settings());
}

CourierSettings Hall::quick_settings() {
  CourierSettings settings;
  settings.http.bearer = "token";
  settings.http.connect_timeout = std::chrono::milliseconds{2'000};
  settings.http.stall = std::chrono::seconds{1};
  settings.plain = http_client::PlainHttp::on_loopback;
  settings.one_request_limit = 10'000;
  return settings;
}

void Hall::restart(CourierSettings settings) {
  courier.reset();
  box.reset();
  auto opened = outbox::Outbox::open(directory / "outbox", *store,
                                     outbox::Identity{"k-test", &device, central.receipt_key()}, kKeepNothing);
  ASSERT_TRUE(opened) << opened.error().detail;
  box.emplace(std::move(*opened));
  ASSERT_TRUE(box->reclaim_leases());
  auto made = Courier::open(std::move(settings), server.url(), *box, *store, clock, random);
  ASSERT_TRUE(made) << made.error().detail;
  courier.emplace(std::move(*made));
}

base::Uuid Hall::accept(const std::vector<std::size_t>& sizes, std::optional<base::Uuid> depends_on) {
  std::vector<base::Bytes> pages;
  for (const std::size_t size : sizes) {
    auto& page = pages.emplace_back(size);
    for (auto& byte : page) byte = static_cast<std::uint8_t>(random.next() >> 56U);
  }
  return accept_bytes(pages, depends_on);
}

base::Uuid Hall::accept_bytes(const std::vector<base::Bytes>& pages, std::optional<base::Uuid> depends_on) {
  const auto key = envelope::ContentKey::make();
  outbox::Draft draft;
  draft.id = base::make_uuid_v7(clock.now(), random);
  draft.created_at = clock.now();
  draft.depends_on = depends_on;
  draft.sealed_key = key.seal_to(central.sealing_key(), {"k-test", draft.id}).value();
  draft.body = key.encrypt(base::Bytes{'{', '}'});
  Accepted entry{draft.id, {}};
  for (const auto& page : pages) {
    const auto blob = store->put(page).value();
    draft.attachments.push_back({blob.sha256, blob.size, "image/jpeg", "material"});
    entry.hashes.push_back(blob.sha256);
  }
  const auto acceptance = box->accept(draft, clock.now());
  EXPECT_TRUE(acceptance) << acceptance.error().detail;
  accepted.push_back(std::move(entry));
  return draft.id;
}

std::optional<Attempt> Hall::attempt() {
  auto made = courier->deliver_one({});
  EXPECT_TRUE(made) << made.error().detail;
  return made ? std::move(*made) : std::nullopt;
}

void Hall::wait_until_due() {
  const auto due = box->next_due(clock.now());
  ASSERT_TRUE(due);
  if (*due && **due > clock.now()) clock.advance(**due - clock.now());
}

int Hall::deliver_all(int most) {
  for (int made = 0; made < most; ++made) {
    wait_until_due();
    if (!attempt()) return made;
  }
  return most;
}

outbox::State Hall::state_of(const base::Uuid& id) {
  const auto details = box->show(id);
  EXPECT_TRUE(details);
  return details->entry.state;
}

std::optional<outbox::Reason> Hall::reason_of(const std::optional<Attempt>& made) const {
  if (!made) return std::nullopt;
  if (const auto* waiting = std::get_if<outbox::Waiting>(&made->state)) return waiting->reason;
  if (const auto* dead = std::get_if<outbox::Dead>(&made->state)) return dead->reason;
  return std::nullopt;
}

bool Hall::is_delivered(const base::Uuid& id) { return std::holds_alternative<outbox::Delivered>(state_of(id)); }

void Hall::expect_everything_arrived_once() {
  const auto stored = central.stored();
  const auto blobs = central.blobs();
  EXPECT_EQ(stored.size(), accepted.size());
  for (const auto& entry : accepted) {
    EXPECT_TRUE(is_delivered(entry.id)) << base::to_string(entry.id) << " is " << outbox::name_of(state_of(entry.id));
    const auto found = stored.find(base::to_string(entry.id));
    ASSERT_NE(found, stored.end()) << base::to_string(entry.id);
    EXPECT_EQ(found->second, 1);
    for (const auto& hash : entry.hashes) {
      EXPECT_TRUE(blobs.contains(hash));
      EXPECT_FALSE(std::filesystem::exists(store->path_of(hash))) << "kept after delivery";
    }
  }
  EXPECT_EQ(central.violations(), 0);
}

int Hall::count(const std::string& prefix) const {
  const auto all = server.requests();
  return static_cast<int>(
      std::count_if(all.begin(), all.end(), [&](const std::string& line) { return line.starts_with(prefix); }));
}

void Hall::damage(const std::string& sha256, std::uint64_t at) const {
  std::filesystem::permissions(store->path_of(sha256), std::filesystem::perms::owner_all);
  std::fstream file{store->path_of(sha256), std::ios::in | std::ios::out | std::ios::binary};
  file.seekg(static_cast<std::streamoff>(at));
  const int was = file.get();
  file.seekp(static_cast<std::streamoff>(at));
  file.put(static_cast<char>(was ^ 1));
}

std::string Hall::sha_of(const base::Uuid& id, std::size_t index) {
  const auto found = std::find_if(accepted.begin(), accepted.end(), [&](const Accepted& a) { return a.id == id; });
  return found->hashes.at(index);
}

}  // namespace bangwu::courier
