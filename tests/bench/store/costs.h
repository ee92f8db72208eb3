#pragma once

namespace bangwu::bench {

/// Prints what single steps of an acceptance cost: BlobStore::prove of a page, and a commit with and without moving the
/// log into the database after it.
void print_costs();

}  // namespace bangwu::bench
