#include "catalogue/documents.h"

#include <algorithm>
#include <system_error>

#include "base/file.h"
#include "domain/characters.h"
#include "settings_file/parse.h"

namespace bangwu::catalogue {
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kLargestFile = 256U << 10;  // bytes; the longest real guide is below 20 kB

bool is_passed_over(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.starts_with(".") || name.ends_with("~");
}

void parse(Document& document, const std::string& text) {
  try {
    document.table = settings_file::parse(text, document.report.file());
  } catch (const toml::parse_error& error) {
    document.report.add(error.source(), "不是正确的 TOML 格式（" + std::string{error.description()} + "）",
                        "请检查这一行的引号、括号、等号和逗号，每个键只写一次");
  }
}

Document read_document(const fs::path& path) {
  Document document{std::nullopt, Report{path}};
  std::error_code error;
  const bool is_file = fs::is_regular_file(path, error);
  if (!is_file && fs::exists(path, error)) {  // opening a pipe would wait for its writer
    document.report.add_for_file("不是普通文件", "请删去它，或换成真正的 .toml 文件");
    return document;
  }
  if (is_file && fs::file_size(path, error) > kLargestFile) {
    document.report.add_for_file("文件超过 256 KB", "一个文件只写一个事项，请拆分或检查是否放错了文件");
    return document;
  }
  const auto text = base::read_text_file(path, kLargestFile);
  if (!text) {
    document.report.add_for_file("文件读不出来（" + text.error().detail + "）", "请检查文件权限，须让本程序的用户可读");
    return document;
  }
  if (!domain::is_utf8(*text)) {
    const auto bad_line = [&] {  // the first line that does not decode
      std::uint32_t line = 1;
      for (std::size_t start = 0; start < text->size(); ++line) {
        const std::size_t end = std::min(text->find('\n', start), text->size());
        if (!domain::is_utf8(std::string_view{*text}.substr(start, end - start))) return line;
        start = end + 1;
      }
      return line;
    }();
    document.report.add({{bad_line, 1}, {bad_line, 1}, nullptr}, "文件不是 UTF-8 编码",
                        "请用编辑器另存为 UTF-8（无 BOM）");
    return document;
  }
  parse(document, *text);
  return document;
}

}  // namespace

void Report::add(const toml::source_region& place, std::string what, std::string what_to_do) {
  problems_.push_back({file_, place.begin.line, place.begin.column, std::move(what), std::move(what_to_do)});
}

void Report::add_for_file(std::string what, std::string what_to_do) {
  problems_.push_back({file_, 0, 0, std::move(what), std::move(what_to_do)});
}

std::vector<Document> read_documents(const fs::path& folder, std::vector<Problem>& problems) {
  std::vector<fs::path> paths;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (is_passed_over(entry->path())) continue;
    std::error_code type_error;
    if (entry->path().extension() == ".toml" && !entry->is_directory(type_error)) {
      paths.push_back(entry->path());
    } else {
      problems.push_back(
          {entry->path(), 0, 0, "没有读取：这里只读取 .toml 文件", "请改扩展名为 .toml，或移到别的文件夹"});
    }
  }
  if (error) {
    problems.push_back({folder, 0, 0, "文件夹打不开（" + error.message() + "）", "请检查文件夹是否存在、是否可读"});
  }
  std::sort(paths.begin(), paths.end());
  std::vector<Document> documents;
  documents.reserve(paths.size());
  for (const auto& path : paths) documents.push_back(read_document(path));
  return documents;
}

}  // namespace bangwu::catalogue
