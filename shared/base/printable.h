#pragma once
#include <iosfwd>
#include <streambuf>
#include <string>
#include <string_view>

namespace bangwu::base {

/// A stranger's text as it may stand in a log or on a terminal: what could move a cursor, colour, hide or reorder what
/// stands beside it is written out, control characters (C1 included), bidirectional controls, line separators and
/// invisible characters as \uNNNN, bytes that are no UTF-8 as \xNN. Everything else stays, on one line. JSON stays the
/// same JSON.
[[nodiscard]] std::string printable(std::string_view text);

/// For its life a stream of a program lets nothing through but printable text, new lines and tabs: whoever writes to it
/// need not think of who wrote the words. One thread at a time. The stream is borrowed; the end writes out what is
/// left.
class PrintableOutput : private std::streambuf {
 public:
  explicit PrintableOutput(std::ostream& stream);
  PrintableOutput(const PrintableOutput&) = delete;
  PrintableOutput& operator=(const PrintableOutput&) = delete;
  ~PrintableOutput() override;

 private:
  int_type overflow(int_type character) override;
  std::streamsize xsputn(const char* text, std::streamsize size) override;
  int sync() override;
  bool write_out(std::size_t size);

  std::ostream& stream_;
  std::streambuf* real_;
  std::string held_;  ///< of the present line, and no more than that
};

}  // namespace bangwu::base
