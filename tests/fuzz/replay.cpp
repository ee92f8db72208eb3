// A driver for builds without libFuzzer: runs a target over its corpus, then over changed inputs, the same ones each
// time. An input lies right before memory that may not be read, so that reading past its end is noticed without a
// sanitizer too. The input that ended the process, or took longer than ten seconds, is written beside it.
//
//   TARGET CORPUS_FOLDER [CHANGED_INPUTS] [SEED]       runs the corpus and so many changed inputs
//   TARGET FILE                                        runs one input
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "fuzz/target.h"

extern "C" void __sanitizer_set_death_callback(void (*callback)()) __attribute__((weak));

namespace {

using Bytes = std::vector<std::uint8_t>;
constexpr std::size_t kLargest = 256U << 10;
constexpr unsigned kLongestSeconds = 10;

/// Memory that ends at a page nobody may read. One for the process: what a signal finds.
std::uint8_t* guarded_end = nullptr;
std::size_t current_size = 0;
char found_name[256] = "found";

void make_guarded_memory() {
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  void* memory = ::mmap(nullptr, kLargest + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) std::abort();
  guarded_end = static_cast<std::uint8_t*>(memory) + kLargest;
  if (::mprotect(guarded_end, page, PROT_NONE) != 0) std::abort();
}

// Only what a signal handler may call.
void keep_input() {
  const int file = ::open(found_name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return;
  std::size_t done = 0;
  for (ssize_t n = 1; n > 0 && done < current_size; done += static_cast<std::size_t>(n))
    n = ::write(file, guarded_end - current_size + done, current_size - done);
  constexpr char kSaid[] = "replay: the input is kept in the file ";
  (void)!::write(STDERR_FILENO, kSaid, sizeof kSaid - 1);
  (void)!::write(STDERR_FILENO, found_name, std::strlen(found_name));
  (void)!::write(STDERR_FILENO, "\n", 1);
}

void on_signal(int signal) {
  keep_input();
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void keep_what_kills() {
  for (const int signal : {SIGABRT, SIGALRM}) std::signal(signal, on_signal);
  if (__sanitizer_set_death_callback != nullptr) {
    __sanitizer_set_death_callback(keep_input);  // it catches the others itself
    return;
  }
  // On a stack of its own: an overflow of the other is one of the things looked for.
  static std::uint8_t stack[64U << 10];
  const stack_t other{stack, 0, sizeof stack};
  ::sigaltstack(&other, nullptr);
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = SA_ONSTACK;
  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL}) ::sigaction(signal, &action, nullptr);
}

void run(const Bytes& input) {
  current_size = std::min(input.size(), kLargest);
  std::uint8_t* begin = guarded_end - current_size;
  std::copy_n(input.begin(), current_size, begin);
  ::alarm(kLongestSeconds);
  (void)LLVMFuzzerTestOneInput(begin, current_size);
  ::alarm(0);
}

Bytes read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::fprintf(stderr, "replay: cannot read %s\n", path.c_str());
    std::exit(2);
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The same changes for the same seed on every machine: no distribution of the standard library, which may differ.
class Changer {
 public:
  Changer(const std::vector<Bytes>& corpus, std::uint64_t seed) : corpus_(corpus), random_(seed) {}

  Bytes next() {
    Bytes input = corpus_[below(corpus_.size())];
    for (std::size_t n = 1 + below(6); n > 0; --n) change(input);
    input.resize(std::min(input.size(), kLargest));
    return input;
  }

 private:
  std::size_t below(std::size_t end) { return end == 0 ? 0 : static_cast<std::size_t>(random_() % end); }

  void change(Bytes& input) {
    const auto at = static_cast<std::ptrdiff_t>(below(input.size() + 1));
    switch (below(9)) {
      case 8: nest(input); break;
      case 0: input.insert(input.begin() + at, static_cast<std::uint8_t>(random_())); break;
      case 1: input.resize(static_cast<std::size_t>(at)); break;
      case 2: insert(input, at, part_of(corpus_[below(corpus_.size())]), 1); break;
      case 3: insert(input, at, part_of(input), 1 + below(8)); break;
      case 4: insert(input, at, few_of(input), 1 + below(40'000)); break;
      case 5: erase(input, at); break;
      default: overwrite(input, at); break;
    }
  }

  /// A part of it, deep inside brackets that are all closed again: what recurses has to know its limit.
  void nest(Bytes& input) {
    constexpr std::string_view kOpening = "[{(<", kClosing = "]})>";
    const std::size_t kind = below(kOpening.size()), depth = 1 + below(kLargest / 2);
    const std::size_t begin = below(input.size() + 1), size = below(std::min<std::size_t>(input.size() - begin, 8) + 1);
    const auto at = input.begin() + static_cast<std::ptrdiff_t>(begin);
    input.insert(at + static_cast<std::ptrdiff_t>(size), depth, static_cast<std::uint8_t>(kClosing[kind]));
    input.insert(input.begin() + static_cast<std::ptrdiff_t>(begin), depth, static_cast<std::uint8_t>(kOpening[kind]));
  }
  Bytes part_of(const Bytes& bytes) {
    const std::size_t from = below(bytes.size()), size = below(bytes.size() - from + 1);
    return {bytes.begin() + static_cast<std::ptrdiff_t>(from),
            bytes.begin() + static_cast<std::ptrdiff_t>(from + size)};
  }
  Bytes few_of(const Bytes& bytes) {
    Bytes part = part_of(bytes);
    part.resize(std::min<std::size_t>(part.size(), 1 + below(6)));
    return part;
  }
  static void insert(Bytes& input, std::ptrdiff_t at, const Bytes& part, std::size_t times) {
    if (part.empty() || input.size() > kLargest) return;
    Bytes many;
    for (times = std::min(times, kLargest / part.size()); times > 0; --times)
      many.insert(many.end(), part.begin(), part.end());
    input.insert(input.begin() + at, many.begin(), many.end());
  }
  void erase(Bytes& input, std::ptrdiff_t at) {
    const auto size = static_cast<std::ptrdiff_t>(below(input.size() - static_cast<std::size_t>(at) + 1));
    input.erase(input.begin() + at, input.begin() + at + size);
  }
  void overwrite(Bytes& input, std::ptrdiff_t at) {
    if (input.empty()) return;
    auto& byte = input[static_cast<std::size_t>(at) % input.size()];
    constexpr std::uint8_t kEdges[] = {0, 1, 0x7f, 0x80, 0xff, '0', '9', '"', '\\', '\n', '{', '['};
    switch (below(3)) {
      case 0: byte = kEdges[below(std::size(kEdges))]; break;
      case 1: byte = static_cast<std::uint8_t>(byte ^ (1U << below(8))); break;
      default: byte = static_cast<std::uint8_t>(random_()); break;
    }
  }

  const std::vector<Bytes>& corpus_;
  std::mt19937_64 random_;
};

std::vector<Bytes> read_corpus(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) names.push_back(entry.path());
  std::sort(names.begin(), names.end());
  std::vector<Bytes> corpus;
  for (const auto& name : names) corpus.push_back(read_file(name));
  return corpus;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: %s CORPUS_FOLDER [CHANGED_INPUTS] [SEED] | FILE\n", argv[0]);
    return 2;
  }
  std::snprintf(found_name, sizeof found_name, "%s.found", std::filesystem::path(argv[0]).filename().c_str());
  make_guarded_memory();
  keep_what_kills();
  if (!std::filesystem::is_directory(argv[1])) return run(read_file(argv[1])), 0;
  const std::vector<Bytes> corpus = read_corpus(argv[1]);
  if (corpus.empty()) {
    std::fprintf(stderr, "replay: %s has no inputs\n", argv[1]);
    return 2;
  }
  const unsigned long long changed = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 0;
  const unsigned long long seed = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 1;
  run({});
  for (const Bytes& input : corpus) run(input);
  Changer changer(corpus, seed);
  for (unsigned long long i = 0; i < changed; ++i) run(changer.next());
  std::printf("%zu inputs and %llu changed ones, seed %llu\n", corpus.size(), changed, seed);
  return 0;
}
