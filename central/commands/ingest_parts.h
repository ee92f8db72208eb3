#pragma once
#include "base/build_date.h"
#include "commands/data_folder.h"
#include "commands/knowledge.h"
#include "ingest/ingest.h"
#include "watermark/keeper.h"

namespace bangwu::commands {

/// What takes envelopes in, whether they come by the network or are carried by hand. All is borrowed.
[[nodiscard]] inline ingest::Ingest::Parts ingest_parts(const settings::Settings& settings, const Knowledge& knowledge,
                                                        const DataFolder& data, const base::Clock& clock,
                                                        watermark::Keeper& keeper) {
  const auto runs_from = settings.limits.run_from == settings::Settings::Limits::RunFrom::arrival
                             ? cases::RunsFrom::arrival
                             : cases::RunsFrom::hand_in;
  return {*data.store,
          data.blobs,
          data.unsealing_key,
          data.receipt_key,
          data.search_key,
          knowledge.catalogue,
          knowledge.calendar,
          clock,
          settings.storage.keep_free_bytes,
          {runs_from, settings.limits.longest_delay},
          ingest::ClockGuard(base::built_at(), settings.clock.furthest_leap),
          [&keeper](const envelope::Envelope& envelope, base::SystemTime at) {
            keeper.stored(envelope.kiosk, envelope.sequence, at);
          }};
}

}  // namespace bangwu::commands
