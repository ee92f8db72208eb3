#include "outbox/queue_command.h"

#include <ostream>

#include "outbox/advice.h"
#include "outbox/recovery.h"

namespace bangwu::outbox {
namespace {

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kUsedWrongly = 2;
constexpr std::size_t kPage = 500;

int failed(std::ostream& out, const base::Error& error) {
  out << "failed (" << base::name_of(error.code) << "): " << error.detail << "\n";
  return kFailed;
}

int used_wrongly(std::ostream& out) {
  out << queue_usage();
  return kUsedWrongly;
}

std::string describe(const Entry& entry) {
  struct Describe {
    std::string operator()(const Ready&) const { return "ready"; }
    std::string operator()(const Leased& leased) const { return "being sent, until " + base::to_rfc3339(leased.until); }
    std::string operator()(const Waiting& waiting) const {
      return "waits until " + base::to_rfc3339(waiting.until) + ": " + name_of(waiting.reason);
    }
    std::string operator()(const Dead& dead) const { return std::string("dead: ") + name_of(dead.reason); }
    std::string operator()(const Delivered& delivered) const { return "delivered " + base::to_rfc3339(delivered.at); }
  };
  if (entry.is_blocked) return "waits for " + base::to_string(*entry.depends_on);
  return std::visit(Describe{}, entry.state) + (entry.is_kept ? ", kept until it is settled" : "");
}

const char* kind_of(const Entry& entry) { return entry.kind ? envelope::name_of(*entry.kind) : "unreadable"; }

int no_id(const std::string& text, std::ostream& out) {
  out << "\"" << text << "\" is no item's id: copy one from queue list, e.g. " << base::to_string(base::Uuid{}) << "\n";
  return kFailed;
}

std::optional<Reason> trouble_of(const Entry& entry) {
  if (const auto* waiting = std::get_if<Waiting>(&entry.state)) return waiting->reason;
  if (const auto* dead = std::get_if<Dead>(&entry.state)) return dead->reason;
  return std::nullopt;
}

void print_summary(std::ostream& out, const Counts& counts) {
  out << counts.ready << " ready, " << counts.leased << " being sent, " << counts.waiting << " waiting, " << counts.dead
      << " dead, " << counts.delivered << " delivered; " << counts.undelivered_bytes << " bytes to send";
  if (counts.oldest_undelivered) out << ", the oldest since " << base::to_rfc3339(*counts.oldest_undelivered);
  if (counts.kept_bytes > 0) out << "; " << counts.kept_bytes << " bytes kept of what is not settled";
  out << "\n";
}

int list_items(Which which, Outbox& outbox, std::ostream& out) {
  for (std::size_t offset = 0;; offset += kPage) {
    const auto entries = outbox.list(which, kPage, offset);
    if (!entries) return failed(out, entries.error());
    for (const auto& entry : *entries) {
      out << base::to_string(entry.id) << "  " << base::to_rfc3339(entry.accepted_at) << "  " << kind_of(entry) << "  "
          << entry.size << " bytes  " << entry.attempts << " attempts  " << describe(entry) << "\n";
    }
    if (entries->size() < kPage) break;
  }
  const auto counts = outbox.counts();
  if (!counts) return failed(out, counts.error());
  print_summary(out, *counts);
  return kDone;
}

int show_item(const base::Uuid& id, Outbox& outbox, std::ostream& out) {
  const auto details = outbox.show(id);
  if (!details) return failed(out, details.error());
  const Entry& entry = details->entry;
  out << "id:        " << base::to_string(entry.id) << "\n"
      << "number:    " << details->provisional_number << "\n"
      << "kind:      " << kind_of(entry) << ", priority " << name_of(entry.priority) << "\n"
      << "signed as: " << entry.kiosk << " number " << entry.sequence << "\n"
      << "made:      " << base::to_rfc3339(entry.created_at) << "\n"
      << "accepted:  " << base::to_rfc3339(entry.accepted_at) << "\n"
      << "size:      " << entry.size << " bytes\n"
      << "attempts:  " << entry.attempts << "\n"
      << "state:     " << describe(entry) << "\n";
  if (const auto trouble = trouble_of(entry)) out << "because:   " << advice_for(*trouble) << "\n";
  if (entry.depends_on) out << "after:     " << base::to_string(*entry.depends_on) << "\n";
  for (const auto& upload : details->uploads) {
    out << "file:      " << upload.attachment.sha256 << "  " << upload.attachment.size << " bytes  "
        << (upload.is_complete   ? "sent"
            : upload.url.empty() ? "not begun"
                                 : "begun")
        << "\n";
  }
  if (details->receipt) {
    out << "receipt:   received " << base::to_rfc3339(details->receipt->received_at);
    if (!details->receipt->case_number.empty()) out << " as case " << details->receipt->case_number;
    out << "\n";
  }
  return kDone;
}

int retry_items(const std::string& which, Outbox& outbox, std::ostream& out) {
  if (which == "all") {
    const auto retried = outbox.retry_all();
    if (!retried) return failed(out, retried.error());
    out << *retried << " dead and waiting items are ready again\n";
    return kDone;
  }
  const auto id = base::parse_uuid(which);
  if (!id) return no_id(which, out);
  if (const auto retried = outbox.retry(*id); !retried) return failed(out, retried.error());
  const auto details = outbox.show(*id);
  if (!details) return failed(out, details.error());
  out << base::to_string(*id) << "  " << describe(details->entry) << "\n";
  return kDone;
}

int export_items(const std::string& file, Outbox& outbox, base::SystemTime now, std::ostream& out) {
  const auto exported = outbox.export_to(file, now);
  if (!exported) return failed(out, exported.error());
  out << exported->envelopes << " envelopes and " << exported->blobs << " files written to " << file
      << ". They stay here until the central service has answered.\n";
  if (exported->damaged == 0) return kDone;
  out << exported->damaged << " envelopes were left out: what this machine has of them is damaged, see the log\n";
  return kFailed;
}

}  // namespace

const char* queue_usage() {
  return "usage: queue list [--all]\n"
         "       queue show ID\n"
         "       queue retry ID|all\n"
         "       queue export FILE\n"
         "       queue recover\n";
}

int queue_command(std::span<const std::string> args, Outbox& outbox, base::SystemTime now, std::ostream& out) {
  const std::string verb = args.empty() ? "" : args[0];
  if (verb == "list" && args.size() == 1) return list_items(Which::undelivered, outbox, out);
  if (verb == "list" && args.size() == 2 && args[1] == "--all") return list_items(Which::all, outbox, out);
  if (args.size() != 2) return used_wrongly(out);
  if (verb == "retry") return retry_items(args[1], outbox, out);
  if (verb == "export" && !args[1].empty()) return export_items(args[1], outbox, now, out);
  if (verb != "show") return used_wrongly(out);
  const auto id = base::parse_uuid(args[1]);
  return id ? show_item(*id, outbox, out) : no_id(args[1], out);
}

int recover_command(const std::filesystem::path& directory, const blobs::BlobStore& blobs, base::SystemTime now,
                    std::ostream& out) {
  const auto recovered = recover(directory, blobs, now);
  if (!recovered) return failed(out, recovered.error());
  out << "The queue goes on. " << recovered->lost << " items that had been promised are not in it.\n";
  if (recovered->lost > 0) {
    out << "Ask the central service which of this machine's items it has; whoever handed in another one since its last "
           "has to be told.\n";
  }
  if (!recovered->set_aside.empty()) {
    out << "Put aside: " << recovered->set_aside.string() << " (" << recovered->pages
        << " sealed pages, and the old database if it could not be read). Keep it until all is cleared up.\n";
  }
  return kDone;
}

}  // namespace bangwu::outbox
