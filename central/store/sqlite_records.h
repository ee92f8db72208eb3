#pragma once
#include "sqlite/connection.h"
#include "store/records.h"

namespace bangwu::store {

/// Records over one connection, inside a transaction that its owner began.
class SqliteRecords final : public Records {
 public:
  explicit SqliteRecords(sqlite::Connection& connection) : connection_(connection) {}

  base::Result<void> add_code(const CodeRow& code) override;
  base::Result<std::optional<std::string>> use_code(std::string_view code_hash, base::SystemTime now) override;
  base::Result<void> add_kiosk(const KioskRow& kiosk) override;
  base::Result<std::optional<KioskRow>> kiosk_by_token(std::string_view token_hash) override;
  base::Result<std::optional<KioskRow>> kiosk_by_id(std::string_view id) override;
  base::Result<void> add_envelope(const EnvelopeRow& envelope) override;
  base::Result<std::optional<EnvelopeRow>> envelope(std::string_view id) override;
  base::Result<bool> has_envelope(std::string_view id) override;
  base::Result<std::optional<std::string>> envelope_in_sequence(std::string_view kiosk,
                                                                std::uint64_t sequence) override;
  base::Result<void> each_envelope(const std::function<base::Result<void>(const EnvelopeRow&)>& visit) override;
  base::Result<std::uint64_t> next_number(std::string_view counter) override;
  base::Result<void> add_case(const CaseRow& row) override;
  base::Result<std::optional<CaseRow>> case_by_number(std::string_view number) override;
  base::Result<std::optional<CaseRow>> case_of_envelope(std::string_view envelope) override;
  base::Result<std::vector<CaseRow>> cases() override;
  base::Result<void> add_event(const EventRow& event) override;
  base::Result<std::vector<EventRow>> events(std::string_view case_number) override;
  base::Result<void> add_rating(const RatingRow& rating) override;
  base::Result<std::vector<RatingRow>> ratings() override;

 private:
  sqlite::Connection& connection_;
};

}  // namespace bangwu::store
