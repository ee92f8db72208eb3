#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/language.h"
#include "domain/application.h"
#include "domain/assessment.h"
#include "domain/page_fault.h"
#include "domain/rating.h"

/// Messages are facts in the past: what a visitor did, what a worker found, that time went by. The session changes by
/// nothing else.
namespace bangwu::session {

using base::Language;
enum class Entry { apply, bundles, search, rate };
enum class CaptureSource { flatbed, feeder, files };
/// The optional parts of a rating that are typed.
enum class RatingText { words, name, telephone };
/// A page of this visit; never used again in another.
using PageKey = std::uint64_t;

// --- what the visitor did
struct Touched {
  bool operator==(const Touched&) const = default;
};  ///< any press, key or touch
struct LanguagesOpened {
  bool operator==(const LanguagesOpened&) const = default;
};
struct LanguageChosen {
  Language language;
  bool operator==(const LanguageChosen&) const = default;
};
struct HelpOpened {
  bool operator==(const HelpOpened&) const = default;
};
struct OverlayClosed {
  bool operator==(const OverlayClosed&) const = default;
};  ///< help, languages, notice, home question
struct HomeAsked {
  bool operator==(const HomeAsked&) const = default;
};
struct HomeConfirmed {
  bool operator==(const HomeConfirmed&) const = default;
};
struct WentBack {
  bool operator==(const WentBack&) const = default;
};  ///< 上一步
struct WentOn {
  bool operator==(const WentOn&) const = default;
};  ///< 下一步 or what stands in its place
struct EntryChosen {
  Entry entry;
  bool operator==(const EntryChosen&) const = default;
};
struct DomainChosen {
  domain::Domain domain;
  bool operator==(const DomainChosen&) const = default;
};
struct CodeChosen {
  std::string code;
  bool operator==(const CodeChosen&) const = default;
};  ///< item or bundle
struct ListTurned {
  int pages;
  bool operator==(const ListTurned&) const = default;
};  ///< −1 or +1
struct ApplicantKindChosen {
  domain::ApplicantKind kind;
  bool operator==(const ApplicantKindChosen&) const = default;
};
struct IdKindChosen {
  domain::IdKind kind;
  bool operator==(const IdKindChosen&) const = default;
};
struct TextChanged {
  std::string text;
  bool operator==(const TextChanged&) const = default;
};  ///< of the current question
struct ChoiceMade {
  std::string value;
  bool operator==(const ChoiceMade&) const = default;
};
struct RowAdded {
  bool operator==(const RowAdded&) const = default;
};
struct RowOpened {
  std::size_t row;
  bool operator==(const RowOpened&) const = default;
};
struct RowRemoved {
  std::size_t row;
  bool operator==(const RowRemoved&) const = default;
};
struct MaterialOpened {
  std::string material;
  bool operator==(const MaterialOpened&) const = default;
};
struct SourceChosen {
  CaptureSource source;
  bool operator==(const SourceChosen&) const = default;
};
/// Of a document with pages that cannot be read: nothing unless all can, or those that can.
enum class FilePages { all, readable };
struct FileChosen {
  std::uint64_t file;
  FilePages pages = FilePages::all;
  bool operator==(const FileChosen&) const = default;
};
struct CaptureStopped {
  bool operator==(const CaptureStopped&) const = default;
};  ///< 取消 while scanning or reading
struct PageOpened {
  std::size_t page;
  bool operator==(const PageOpened&) const = default;
};
struct PageTurned {
  bool operator==(const PageTurned&) const = default;
};  ///< a quarter clockwise
struct PageMoved {
  int places;
  bool operator==(const PageMoved&) const = default;
};  ///< −1 earlier, +1 later
struct PageRetaken {
  bool operator==(const PageRetaken&) const = default;
};
struct PageRemoved {
  bool operator==(const PageRemoved&) const = default;
};
struct ChangeAsked {
  std::string line;
  bool operator==(const ChangeAsked&) const = default;
};  ///< CheckLine::id
struct DeclarationRead {
  bool accepted;
  bool operator==(const DeclarationRead&) const = default;
};
struct SignatureDrawn {
  domain::Signature signature;
  bool operator==(const SignatureDrawn&) const = default;
};
struct SlipSaveAsked {
  bool operator==(const SlipSaveAsked&) const = default;
};
struct RateAsked {
  bool operator==(const RateAsked&) const = default;
};  ///< from the result
struct LevelChosen {
  domain::RatingLevel level;
  bool operator==(const LevelChosen&) const = default;
};
struct ReasonToggled {
  std::string code;
  bool operator==(const ReasonToggled&) const = default;
};
struct RatingTextOpened {
  RatingText text;
  bool operator==(const RatingTextOpened&) const = default;
};
struct Finished {
  bool operator==(const Finished&) const = default;
};  ///< 结束并清除

// --- what the machine found
struct Ticked {
  bool operator==(const Ticked&) const = default;
};  ///< time went by
struct ScannersListed {
  bool flatbed = false, feeder = false;
  bool operator==(const ScannersListed&) const = default;
};
struct FileOffer {
  std::uint64_t file = 0;                             ///< token, valid until the next listing
  std::string name;                                   ///< as on the medium, cleaned for display
  std::string kind;                                   ///< "JPEG", "PNG", "PDF", "TIFF", "HEIC" …; empty: not known
  std::uint64_t size = 0;                             ///< bytes
  domain::PageFault fault = domain::PageFault::none;  ///< why it cannot be chosen
  bool operator==(const FileOffer&) const = default;
};
struct FilesListed {
  std::vector<FileOffer> files;
  bool medium_present = false;  ///< a stick or a configured folder is there
  bool operator==(const FilesListed&) const = default;
};
struct CaptureProgressed {
  int percent = -1;  ///< of the current page; −1 unknown
  int pages = 0;     ///< finished so far
  bool operator==(const CaptureProgressed&) const = default;
};
struct PageCaptured {  ///< sealed and on disk
  PageKey key = 0;
  std::string sha256, media_type;
  int width = 0, height = 0;
  int quarter_turns = 0;  ///< clockwise, as its camera noted
  bool looks_blank = false;
  bool is_reduced = false;  ///< kept with fewer pixels than it had
  bool operator==(const PageCaptured&) const = default;
};
struct CaptureEnded {
  domain::PageFault fault;
  int page = 0;  ///< of the file, counted from 1: the one at fault; 0: the file as a whole
  bool operator==(const CaptureEnded&) const = default;
};
struct SubmissionStored {  ///< durable: from here on nothing loses it
  std::string envelope;    ///< UUID
  std::string provisional_number;
  bool operator==(const SubmissionStored&) const = default;
};
enum class StoreProblem { disk_full, not_enrolled, failed };
struct StoreRefused {
  StoreProblem problem;
  bool operator==(const StoreRefused&) const = default;
};
/// The central service's signed answer, verified.
struct AnswerArrived {
  std::string envelope;
  std::string case_number;
  domain::Outcome outcome = domain::Outcome::in_review;
  std::vector<domain::Lack> lacks;
  std::optional<std::chrono::year_month_day> due;
  bool due_is_provisional = false;
  bool operator==(const AnswerArrived&) const = default;
};
struct RatingStored {
  bool operator==(const RatingStored&) const = default;
};
/// no_medium: no stick is there; not_written: it is full, locked or was pulled out; not_made: this machine's fault.
enum class SlipOutcome { saved, no_medium, not_written, not_made };
struct SlipSaveEnded {
  SlipOutcome outcome;
  bool operator==(const SlipSaveEnded&) const = default;
};
struct MachineChanged {
  bool has_room = true;  ///< disk room for another visit
  bool enrolled = true;
  bool operator==(const MachineChanged&) const = default;
};

/// What a visitor does stands before Ticked, what the machine finds behind it: only the former holds off the countdown.
using Message =
    std::variant<Touched, LanguagesOpened, LanguageChosen, HelpOpened, OverlayClosed, HomeAsked, HomeConfirmed,
                 WentBack, WentOn, EntryChosen, DomainChosen, CodeChosen, ListTurned, ApplicantKindChosen, IdKindChosen,
                 TextChanged, ChoiceMade, RowAdded, RowOpened, RowRemoved, MaterialOpened, SourceChosen, FileChosen,
                 CaptureStopped, PageOpened, PageTurned, PageMoved, PageRetaken, PageRemoved, ChangeAsked,
                 DeclarationRead, SignatureDrawn, SlipSaveAsked, RateAsked, LevelChosen, ReasonToggled,
                 RatingTextOpened, Finished, Ticked, ScannersListed, FilesListed, CaptureProgressed, PageCaptured,
                 CaptureEnded, SubmissionStored, StoreRefused, AnswerArrived, RatingStored, SlipSaveEnded,
                 MachineChanged>;

}  // namespace bangwu::session
