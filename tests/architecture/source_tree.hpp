/// The project's own text files, so that rules about them can be proved; and in-memory ones, so that the rules can be
/// shown to fail.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vereda::tests {

struct SourceFile {
    std::string path;  ///< from the root, with '/'
    std::string text;
};

/// Every file of the tree that is text by its ending (or has none), sorted by path; folders that hold what was built or
/// fetched are left out.
[[nodiscard]] const std::vector<SourceFile>& source_tree();

/// Paths of all files and folders, whatever they hold.
[[nodiscard]] const std::vector<std::string>& all_paths();

[[nodiscard]] bool is_cpp(std::string_view path);
/// "geo/io" for "geo/io/x.hpp", "" for files at the root.
[[nodiscard]] std::string_view folder_of(std::string_view path);
/// "geo" for "geo/io/x.hpp".
[[nodiscard]] std::string_view first_folder(std::string_view path);

/// C++ text with comments blanked; string literals stay.
[[nodiscard]] std::string without_comments(std::string_view text);

struct Literal {
    std::string text;        ///< between the quotes, escapes as written
    std::string_view after;  ///< the source from behind the closing quote on
};
/// String literals of C++ text, comments left out.
[[nodiscard]] std::vector<Literal> literals_of(std::string_view text);

}  // namespace vereda::tests
