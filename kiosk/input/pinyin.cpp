#include "input/pinyin.h"

#include <dlfcn.h>
#include <rime_api.h>

#include <atomic>
#include <cstring>
#include <string_view>

namespace bangwu::input {
namespace {

constexpr int kBackspaceKey = 0xff08;  // librime's key codes are X11 keysyms
constexpr int kHomeKey = 0xff50;
constexpr const char* kSchema = "bangwu";

// librime keeps its service, paths and sessions in process-wide state; two owners would tear it from each other.
std::atomic<bool> engine_lives = false;

/// librime is loaded when the first engine opens, not when the program starts: with all it stands on it is 40 MB of
/// libraries, and the first picture on the screen must not wait for them. It stays loaded; nullptr: it is not
/// installed.
RimeApi* librime() {
  static RimeApi* const api = [] {
    void* library = ::dlopen(BANGWU_LIBRIME, RTLD_NOW | RTLD_LOCAL);
    auto* get_api =
        library == nullptr ? nullptr : reinterpret_cast<decltype(&rime_get_api)>(::dlsym(library, "rime_get_api"));
    return get_api == nullptr ? nullptr : get_api();
  }();
  return api;
}

/// Syllables given by their initials only: parts of the composition without a vowel.
std::size_t initials_in(std::string_view composition) {
  std::size_t count = 0;
  bool has_letter = false;
  bool has_vowel = false;
  for (const char c : composition) {
    if (c == ' ') {
      count += has_letter && !has_vowel ? 1 : 0;
      has_letter = has_vowel = false;
    } else if (c >= 'a' && c <= 'z') {
      has_letter = true;
      has_vowel = has_vowel || std::string_view("aeiouv").find(c) != std::string_view::npos;
    }
  }
  return count + (has_letter && !has_vowel ? 1 : 0);
}

}  // namespace

/// One started librime with two sessions: `typing`, and `anchor`, which keeps the dictionary mapped while the former is
/// thrown away and made anew to forget its history.
class PinyinEngine::Librime {
 public:
  explicit Librime(const PinyinDirs& dirs)
      : data_(dirs.data.string()), prebuilt_((dirs.data / "build").string()), scratch_(dirs.scratch.string()) {
    RIME_STRUCT(RimeTraits, traits);
    traits.shared_data_dir = data_.c_str();
    traits.prebuilt_data_dir = prebuilt_.c_str();
    traits.user_data_dir = scratch_.c_str();
    traits.staging_dir = prebuilt_.c_str();
    traits.distribution_name = traits.distribution_code_name = "bangwu";
    traits.distribution_version = "1";
    traits.app_name = "rime.bangwu";
    traits.min_log_level = 3;  // fatal only: lower levels could carry what was typed
    traits.log_dir = "";       // standard error, no files
    static const bool is_set_up = [&] {
      api_of().setup(&traits);
      return true;
    }();  // its logging starts once only
    static_cast<void>(is_set_up);
    api().initialize(&traits);
    anchor_ = start_session();
    typing_ = start_session();
  }
  ~Librime() { api().finalize(); }
  Librime(const Librime&) = delete;
  Librime& operator=(const Librime&) = delete;

  [[nodiscard]] RimeApi& api() const { return api_of(); }
  [[nodiscard]] RimeSessionId typing() const { return typing_; }
  [[nodiscard]] bool is_usable() const { return anchor_ != 0 && typing_ != 0; }

  [[nodiscard]] std::string_view input() const {
    const char* text = api().get_input(typing_);
    return text == nullptr ? std::string_view{} : std::string_view(text);
  }

  /// librime remembers a session's last commits; only the session's end forgets them. Costs 0.2 ms.
  void forget() {
    api().destroy_session(typing_);
    typing_ = start_session();
  }

  /// The text that is committed and not yet fetched, or "".
  [[nodiscard]] std::string take_commit() {
    RIME_STRUCT(RimeCommit, commit);
    if (!api().get_commit(typing_, &commit)) return {};
    std::string text = commit.text == nullptr ? "" : commit.text;
    api().free_commit(&commit);
    return text;
  }

 private:
  static RimeApi& api_of() { return *librime(); }

  [[nodiscard]] RimeSessionId start_session() const {
    const RimeSessionId session = api().create_session();
    if (session == 0) return 0;
    char current[32] = "";
    const bool is_ours =
        api().get_current_schema(session, current, sizeof current) && std::strcmp(current, kSchema) == 0;
    if (is_ours || api().select_schema(session, kSchema)) return session;
    api().destroy_session(session);
    return 0;
  }

  std::string data_, prebuilt_, scratch_;  // librime keeps no copy of some of the paths
  RimeSessionId anchor_ = 0;
  RimeSessionId typing_ = 0;
};

base::Result<std::unique_ptr<PinyinEngine>> PinyinEngine::open(const PinyinDirs& dirs) {
  for (const char* name : {"default.yaml", "bangwu.schema.yaml", "bangwu.table.bin", "bangwu.prism.bin"}) {
    const auto path = dirs.data / "build" / name;
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error))
      return base::fail(base::ErrorCode::not_found, "pinyin: " + path.string() + " is missing; build or install it");
  }
  if (librime() == nullptr)
    return base::fail(base::ErrorCode::not_found, "pinyin: " BANGWU_LIBRIME " does not load; install librime1");
  if (engine_lives.exchange(true)) return base::fail(base::ErrorCode::busy, "pinyin: an engine is open already");
  std::unique_ptr<PinyinEngine> engine(new PinyinEngine);
  engine->rime_ = std::make_unique<Librime>(dirs);
  // A table that does not load gives no candidates and no error: ask it one word.
  if (!engine->rime_->is_usable() || !engine->press('a') || engine->candidates(0, 1).empty())
    return base::fail(base::ErrorCode::internal, "pinyin: librime cannot use " + dirs.data.string());
  engine->clear();
  return engine;
}

PinyinEngine::PinyinEngine() = default;

PinyinEngine::~PinyinEngine() {
  rime_.reset();
  engine_lives = false;
}

bool PinyinEngine::press(char letter) {
  const std::string_view input = rime_->input();
  if (input.size() >= kMaxLetters || initials_in(composition()) > kMaxInitials) return false;
  if (letter == '\'') {
    if (input.empty() || input.back() == '\'') return false;
  } else if (letter < 'a' || letter > 'z') {
    return false;
  }
  return rime_->api().process_key(rime_->typing(), letter, 0) != False;
}

bool PinyinEngine::backspace() {
  if (rime_->input().empty()) return false;
  rime_->api().process_key(rime_->typing(), kBackspaceKey, 0);
  // A choice taken back stays highlighted, and what follows it unsplit: highlight the best candidate again.
  if (!rime_->input().empty()) rime_->api().process_key(rime_->typing(), kHomeKey, 0);
  return true;
}

std::string PinyinEngine::composition() const {
  RIME_STRUCT(RimeContext, context);
  if (!rime_->api().get_context(rime_->typing(), &context)) return {};
  std::string text = context.composition.preedit == nullptr ? "" : context.composition.preedit;
  rime_->api().free_context(&context);
  return text;
}

std::vector<std::string> PinyinEngine::candidates(std::size_t first, std::size_t count) const {
  std::vector<std::string> found;
  RimeCandidateListIterator list{};
  if (!rime_->api().candidate_list_from_index(rime_->typing(), &list, static_cast<int>(first))) return found;
  found.reserve(count);
  while (found.size() < count && rime_->api().candidate_list_next(&list)) found.emplace_back(list.candidate.text);
  rime_->api().candidate_list_end(&list);
  return found;
}

std::string PinyinEngine::choose(std::size_t index) {
  if (!rime_->api().select_candidate(rime_->typing(), index)) return {};
  return rime_->take_commit();
}

std::string PinyinEngine::commit_letters() {
  std::string letters(rime_->input());
  rime_->api().clear_composition(rime_->typing());
  return letters;
}

void PinyinEngine::clear() { rime_->forget(); }

}  // namespace bangwu::input
