#pragma once
#include <string>
#include <variant>
#include <vector>

#include "session/messages.h"

/// Effects are orders: plain data that the runtime carries out and tests compare.
namespace bangwu::session {

struct BeginVisit {
  bool operator==(const BeginVisit&) const = default;
};  ///< make a content key
/// Forget the key, the pages, the pictures, the typed text; drop sealed pages that no envelope took along.
struct ForgetVisit {
  bool operator==(const ForgetVisit&) const = default;
};
struct ListScanners {
  bool operator==(const ListScanners&) const = default;
};
struct ListFiles {
  bool operator==(const ListFiles&) const = default;
};
/// Pages arrive as PageCaptured, the end as CaptureEnded.
struct ScanPages {
  CaptureSource source = CaptureSource::flatbed;
  int room_for = 1;  ///< pages that may still be added
  bool operator==(const ScanPages&) const = default;
};
struct ImportFile {
  std::uint64_t file = 0;
  int room_for = 1;
  FilePages pages = FilePages::all;
  bool operator==(const ImportFile&) const = default;
};
struct CancelCapture {
  bool operator==(const CancelCapture&) const = default;
};
struct DropPage {
  PageKey key = 0;
  bool operator==(const DropPage&) const = default;
};
/// Seal, make durable, answer with SubmissionStored or StoreRefused; AnswerArrived follows when the central service has
/// it.
struct StoreSubmission {
  domain::Application application;
  bool operator==(const StoreSubmission&) const = default;
};
struct StoreRating {
  domain::Rating rating;
  std::string depends_on;  ///< the submission's envelope, or empty
  bool operator==(const StoreRating&) const = default;
};
/// Write the slip as PDF to the visitor's stick; answered by SlipSaveEnded. The words are made by the screens' room.
struct SaveSlip {
  bool operator==(const SaveSlip&) const = default;
};

using Effect = std::variant<BeginVisit, ForgetVisit, ListScanners, ListFiles, ScanPages, ImportFile, CancelCapture,
                            DropPage, StoreSubmission, StoreRating, SaveSlip>;
using Effects = std::vector<Effect>;

}  // namespace bangwu::session
