#include <iostream>

#include "commands/commands.h"
#include "commands/data_folder.h"
#include "ingest/open_envelope.h"
#include "ratings/ratings.h"

namespace bangwu::commands {

Exit list_ratings(const Arguments& arguments) {
  auto data = open_data_folder(*arguments.data, store::OpenMode::existing);
  if (!data) return complain(Exit::store, data.error().detail);
  const ratings::OpenBody open = [&](const store::EnvelopeRow& row) -> base::Result<std::string> {
    auto opened = ingest::open_row(row, data->unsealing_key);
    if (!opened) return tl::unexpected(opened.error());
    return std::move(opened->json);
  };
  std::string list;
  const auto read = data->store->read([&](store::Transaction& transaction) -> base::Result<void> {
    auto listed = arguments.json ? ratings::list_as_json(transaction, open) : ratings::list_as_text(transaction, open);
    if (!listed) return tl::unexpected(listed.error());
    list = std::move(*listed);
    return {};
  });
  if (!read) return complain(Exit::store, read.error().detail);
  std::cout << list;
  return Exit::ok;
}

}  // namespace bangwu::commands
