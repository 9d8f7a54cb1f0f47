#include "tests/architecture/source_tree.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace vereda::tests {
namespace {

namespace fs = std::filesystem;

bool is_left_out(const fs::path& name) {
    static const std::set<std::string> names = {"build", ".git", "node_modules", "__pycache__", ".cache"};
    return names.contains(name.string());
}

bool is_text(const fs::path& path) {
    static const std::set<std::string> endings = {"",      ".cpp", ".hpp", ".txt",  ".cmake", ".md", ".json",
                                                  ".toml", ".py",  ".sh",  ".html", ".css",   ".js", ".ts",
                                                  ".csv",  ".qml", ".svg", ".yml",  ".yaml",  ".in", ".geojson"};
    return endings.contains(path.extension().string());
}

std::vector<fs::path> walk(const fs::path& root) {
    std::vector<fs::path> found;
    for (auto entry = fs::recursive_directory_iterator(root); entry != fs::recursive_directory_iterator(); ++entry) {
        if (is_left_out(entry->path().filename())) {
            entry.disable_recursion_pending();
            continue;
        }
        found.push_back(entry->path());
    }
    return found;
}

std::vector<SourceFile> read_tree() {
    const fs::path root = VEREDA_SOURCE_DIR;
    std::vector<SourceFile> files;
    for (const fs::path& path : walk(root)) {
        if (!fs::is_regular_file(path) || !is_text(path)) continue;
        std::ifstream stream(path, std::ios::binary);
        files.push_back({fs::relative(path, root).generic_string(), {std::istreambuf_iterator<char>(stream), {}}});
    }
    std::sort(files.begin(), files.end(), [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
    return files;
}

}  // namespace

const std::vector<SourceFile>& source_tree() {
    static const std::vector<SourceFile> files = read_tree();
    return files;
}

const std::vector<std::string>& all_paths() {
    static const std::vector<std::string> paths = [] {
        std::vector<std::string> result;
        for (const fs::path& path : walk(VEREDA_SOURCE_DIR))
            result.push_back(fs::relative(path, VEREDA_SOURCE_DIR).generic_string());
        std::sort(result.begin(), result.end());
        return result;
    }();
    return paths;
}

bool is_cpp(std::string_view path) {
    return path.ends_with(".cpp") || path.ends_with(".hpp");
}

std::string_view folder_of(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

std::string_view first_folder(std::string_view path) {
    const std::size_t slash = path.find('/');
    return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

namespace {

enum class Piece { code, comment, string };

/// Calls visit(kind, first, last) for the pieces of C++ text in order; a string is what stands between its quotes.
template <class Visit>
void for_each_piece(std::string_view text, Visit&& visit) {
    std::size_t code_from = 0;
    const auto piece = [&](Piece kind, std::size_t first, std::size_t last, std::size_t resume) {
        visit(Piece::code, code_from, first);
        visit(kind, first, last);
        code_from = resume;
        return resume;
    };
    const auto find = [&](std::string_view what, std::size_t from) {
        return std::min(text.find(what, from), text.size());
    };
    for (std::size_t i = 0; i < text.size();) {
        const std::string_view rest = text.substr(i);
        if (rest.starts_with("//")) {
            const std::size_t end = find("\n", i);
            i = piece(Piece::comment, i, end, end);
        } else if (rest.starts_with("/*")) {
            const std::size_t end = std::min(find("*/", i + 2) + 2, text.size());
            i = piece(Piece::comment, i, end, end);
        } else if (rest.starts_with("R\"")) {
            const std::size_t open = find("(", i);
            const std::string close = ")" + std::string(text.substr(i + 2, open - i - 2)) + "\"";
            const std::size_t end = find(close, open);
            i = piece(Piece::string, open + 1, end, std::min(end + close.size(), text.size()));
        } else if (text[i] == '"' ||
                   (text[i] == '\'' && (i == 0 || std::isalnum(static_cast<unsigned char>(text[i - 1])) == 0))) {
            std::size_t end = i + 1;
            while (end < text.size() && text[end] != text[i] && text[end] != '\n')
                end += text[end] == '\\' ? 2 : 1;
            end = std::min(end, text.size());
            if (text[i] == '"')
                i = piece(Piece::string, i + 1, end, end + 1);
            else
                i = end + 1;
        } else {
            ++i;
        }
    }
}

}  // namespace

std::string without_comments(std::string_view text) {
    std::string result(text);
    for_each_piece(text, [&](Piece kind, std::size_t first, std::size_t last) {
        if (kind != Piece::comment) return;
        for (std::size_t i = first; i < last; ++i)
            if (result[i] != '\n') result[i] = ' ';
    });
    return result;
}

std::vector<Literal> literals_of(std::string_view text) {
    std::vector<Literal> result;
    for_each_piece(text, [&](Piece kind, std::size_t first, std::size_t last) {
        if (kind == Piece::string)
            result.push_back(
                {std::string(text.substr(first, last - first)), text.substr(std::min(last + 1, text.size()))});
    });
    return result;
}

}  // namespace vereda::tests
