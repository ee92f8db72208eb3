#include <iostream>

#include "commands/commands.h"
#include "commands/data_folder.h"
#include "ratings/ratings.h"

namespace bangwu::commands {

Exit list_ratings(const Arguments& arguments) {
  auto data = open_data_folder(*arguments.data, store::OpenMode::existing);
  if (!data) return complain(Exit::store, data.error().detail);
  std::string list;
  const auto read = data->store->read([&](store::Records& records) -> base::Result<void> {
    auto listed = arguments.json ? ratings::list_as_json(records) : ratings::list_as_text(records);
    if (!listed) return tl::unexpected(listed.error());
    list = std::move(*listed);
    return {};
  });
  if (!read) return complain(Exit::store, read.error().detail);
  std::cout << list;
  return Exit::ok;
}

}  // namespace bangwu::commands
