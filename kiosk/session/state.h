#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "domain/application.h"
#include "session/messages.h"
#include "session/view.h"

namespace bangwu::session {

/// A page of the draft: what will be submitted, and what only the screens need.
struct DraftPage {
  PageKey key = 0;
  domain::Page page;
  bool looks_blank = false;
  bool is_reduced = false;
};

// --- one struct a step; each holds only what that step alone needs
struct AtStart {};
struct AtDomains {};
struct AtItems {
  domain::Domain domain;
  int page = 0;
};
struct AtBundles {
  int page = 0;
};
struct AtSearch {
  std::string typed;
  int page = 0;
};
struct AtGuide {
  std::string code;
};
struct AtPrivacy {};
struct AtApplicantKind {};
struct AtIdNumber {
  Who who = Who::applicant;
  domain::IdKind kind = domain::IdKind::resident_id;
  std::string typed;
  InputProblem problem;
};
struct AtName {
  Who who = Who::applicant;
  std::string typed;
  InputProblem problem;
};
/// `page` (here and below): of a long list of answers, once it was turned; absent, the page of the chosen answer is
/// shown.
struct AtField {
  std::size_t field = 0;
  std::string typed;
  InputProblem problem;
  std::optional<int> page{};
};
struct AtRows {
  std::size_t field = 0;
  InputProblem problem;
};
struct AtCell {
  std::size_t field = 0, row = 0, column = 0;
  std::string typed;
  InputProblem problem;
  std::optional<int> page{};
};
struct AtMaterials {};
/// `replaces` (here and below): a page being retaken; it is dropped once the new one is there.
struct AtSource {
  std::string material;
  std::optional<std::size_t> replaces;
  std::optional<ScannersListed> scanners;
  domain::PageFault fault = domain::PageFault::none;
};
struct AtFiles {
  std::string material;
  std::optional<std::size_t> replaces;
  std::optional<FilesListed> listed;
  int page = 0;
  domain::PageFault fault = domain::PageFault::none;
  int fault_page = 0;                      ///< see CaptureEnded
  std::optional<std::uint64_t> rest_of{};  ///< the file whose other pages may be taken
};
/// `replaced`: the page in whose place a new one stands already; it returns if nothing comes of it.
struct AtCapturing {
  std::string material;
  std::optional<std::size_t> replaces;
  CaptureSource source = CaptureSource::flatbed;
  int percent = -1, pages = 0;
  bool stopping = false;
  std::optional<DraftPage> replaced{};
  std::uint64_t file = 0;  ///< being read, when the source is files
};
struct AtPages {
  std::string material;
  int page = 0;
  domain::PageFault fault = domain::PageFault::none;
};
struct AtPage {
  std::string material;
  std::size_t page = 0;
};
struct AtPickup {};
struct AtCheck {};
struct AtDeclaration {};
struct AtSign {
  std::optional<StoreProblem> problem;
  bool storing = false;
};
struct AtSending {
  base::SteadyTime since;
};
struct AtResult {};
struct AtRate {};
struct AtRateDetails {};
struct AtRateText {
  RatingText text = RatingText::words;
  std::string typed;
  InputProblem problem;
};
struct AtThanks {
  base::SteadyTime since;
  ThanksView::Rating rating = ThanksView::Rating::saving;
};

using Step = std::variant<AtStart, AtDomains, AtItems, AtBundles, AtSearch, AtGuide, AtPrivacy, AtApplicantKind,
                          AtIdNumber, AtName, AtField, AtRows, AtCell, AtMaterials, AtSource, AtFiles, AtCapturing,
                          AtPages, AtPage, AtPickup, AtCheck, AtDeclaration, AtSign, AtSending, AtResult, AtRate,
                          AtRateDetails, AtRateText, AtThanks>;

/// What is being applied for, as far as it has got.
struct Draft {
  domain::Procedure procedure;
  std::optional<domain::ApplicantKind> kind;
  domain::Person identity, agent;
  domain::Answers answers;
  std::set<std::string> seen;  ///< fields that have been asked: an empty one is left out on purpose
  std::map<std::string, std::vector<DraftPage>> pages;  ///< by material
  std::string pickup;
  bool declared = false;
  domain::Signature signature;
};

/// What was handed over: after this the draft is gone.
struct Submitted {
  domain::Procedure procedure;
  std::string envelope, provisional_number, pickup, masked_telephone;
  base::SystemTime at;
  std::optional<AnswerArrived> answer;
  ResultView::Slip slip = ResultView::Slip::not_saved;
};

struct RatingDraft {
  std::optional<domain::RatingLevel> level;
  std::vector<std::string> reasons;
  std::string words, name, telephone;
  bool sent = false;
};

/// One person's time at the machine, from the first choice to the wipe.
struct Visit {
  std::vector<Step> trail;  ///< where 上一步 leads
  bool from_check = false;  ///< an answer is being changed: 下一步 returns to the check page
  std::optional<Draft> draft;
  std::optional<Submitted> submitted;
  RatingDraft rating;
};

struct Countdown {
  base::SteadyTime since;
};
struct HomeQuestion {};
struct Help {};
struct Languages {};
using Overlay = std::variant<Countdown, HomeQuestion, Help, Languages>;

struct Session {
  Language language = Language::zh_CN;
  Step step = AtStart{};
  std::optional<Overlay> overlay;
  std::optional<Visit> visit;
  base::SteadyTime last_touch;
  MachineChanged machine;
};

}  // namespace bangwu::session
