#pragma once
#include <string>
#include <variant>
#include <vector>

#include "domain/body.h"
#include "session/capture/messages.h"
#include "session/ticket.h"

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
/// The one scan or import of the visit, whether it runs or still waits; it ends with CaptureEnded{cancelled}.
struct CancelCapture {
  bool operator==(const CancelCapture&) const = default;
};
/// The page's large picture is wanted on the screen; nothing when it is there already.
struct FetchPicture {
  PageKey key = 0;
  bool operator==(const FetchPicture&) const = default;
};
struct DropPage {
  PageKey key = 0;
  bool operator==(const DropPage&) const = default;
};
/// A captured page that goes along with a body, and its place in it ("material").
struct PageOf {
  std::string role;
  PageKey page = 0;
  bool operator==(const PageOf&) const = default;
};
/// The one way out: judge by the body's own reader, seal, make durable; answered by Stored or StoreRefused of the same
/// ticket. The same ticket again is a second try at the same envelope. AnswerArrived follows when the central service
/// has it.
struct Store {
  Ticket ticket = 0;
  domain::Body body;
  std::vector<PageOf> pages;
  std::string depends_on;  ///< the envelope that must arrive first, or empty
  bool operator==(const Store&) const = default;
};
/// Write the slip as PDF to the visitor's stick; answered by SlipSaveEnded. The words are made by the screens' room.
struct SaveSlip {
  bool operator==(const SaveSlip&) const = default;
};

using Effect = std::variant<BeginVisit, ForgetVisit, ListScanners, ListFiles, ScanPages, ImportFile, CancelCapture,
                            FetchPicture, DropPage, Store, SaveSlip>;
using Effects = std::vector<Effect>;

}  // namespace bangwu::session
