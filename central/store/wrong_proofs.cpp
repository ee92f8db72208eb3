#include "store/wrong_proofs.h"

#include "store/sql.h"

namespace bangwu::store {

base::Result<void> WrongProofs::add(const WrongProofRow& row) {
  return sql_.run("INSERT INTO wrong_proof(key, address, at) VALUES ($1,$2,$3)", {row.key, row.address, row.at});
}

base::Result<WrongProofCount> WrongProofs::count_since(base::SystemTime since, std::string_view key,
                                                       std::string_view address) {
  const auto counted = first_row(
      sql_,
      "SELECT COALESCE(SUM(CASE WHEN key = $1 THEN 1 ELSE 0 END), 0), "
      "COALESCE(SUM(CASE WHEN address = $2 THEN 1 ELSE 0 END), 0), "
      "COALESCE(SUM(CASE WHEN key = $1 AND address = $2 THEN 1 ELSE 0 END), 0), COUNT(*) "
      "FROM wrong_proof WHERE at >= $3",
      {key, address, since}, [](const Row& row) {
        const auto count = [&](int column) { return static_cast<std::uint64_t>(row.number(column)); };
        return WrongProofCount{.of_key = count(0), .of_address = count(1), .of_both = count(2), .of_all = count(3)};
      });
  if (!counted) return tl::unexpected(counted.error());
  return counted->value_or(WrongProofCount{});
}

base::Result<void> WrongProofs::forget_before(base::SystemTime time) {
  return sql_.run("DELETE FROM wrong_proof WHERE at < $1", {time});
}

}  // namespace bangwu::store
