/// Rules on names of files and folders and on what no tracked text may hold.
#include <array>
#include <regex>
#include <span>
#include <sstream>

#include "tests/architecture/source_tree.hpp"
#include "tests/support/catch.hpp"

using namespace vereda::tests;

namespace {

/// Paths with a part that says nothing about what the file holds.
std::vector<std::string> empty_names(std::span<const std::string> paths) {
    static const std::regex forbidden(
        "(^|[/_.-])(util|utils|utility|utilities|common|helper|helpers|misc|core)([/_.-]|$)", std::regex::icase);
    std::vector<std::string> found;
    for (const std::string& path : paths)
        if (std::regex_search(path, forbidden)) found.push_back(path);
    return found;
}

struct ForbiddenText {
    const char* what;
    std::regex pattern;
    bool outside_app_only = false;  ///< app and the tests may
    bool code_only = false;         ///< C++ without its comments
};

const std::vector<ForbiddenText>& forbidden_texts() {
    // Written in pieces so that this file does not hold what it looks for.
    static const std::vector<ForbiddenText> list = {
        {"an unfinished note", std::regex("\\b("
                                          "TO"
                                          "DO|"
                                          "FIX"
                                          "ME|"
                                          "XX"
                                          "X)\\b")},
        {"a path of one machine", std::regex("(^|[^A-Za-z0-9_./~])/("
                                             "work"
                                             "|"
                                             "root"
                                             "|"
                                             "home"
                                             "|"
                                             "Users"
                                             ")/")},
        {"a path of one machine", std::regex("(^|[^A-Za-z0-9_./~$}{])/"
                                             "tmp"
                                             "/")},
        {"output from a library", std::regex("std::(cout|cerr|clog)\\b|\\b(printf|puts|fprintf)\\(|fmt::print"), true,
         true},
        {"an exit from a library", std::regex("\\b(std::)?(exit|_exit|abort|quick_exit|terminate)\\("), true, true}};
    return list;
}

bool may_speak(std::string_view path) {
    const std::string_view folder = first_folder(path);
    return folder == "app" || folder == "tests" || folder == "bench";
}

std::vector<std::string> broken_text_rules(std::span<const SourceFile> files) {
    std::vector<std::string> found;
    for (const SourceFile& file : files) {
        const std::string code = is_cpp(file.path) ? without_comments(file.text) : std::string();
        for (const ForbiddenText& rule : forbidden_texts()) {
            if (rule.code_only && !is_cpp(file.path)) continue;
            if (rule.outside_app_only && may_speak(file.path)) continue;
            std::istringstream lines(rule.code_only ? code : file.text);
            std::string line;
            for (int number = 1; std::getline(lines, line); ++number)
                if (line.size() < 10'000 && std::regex_search(line, rule.pattern))
                    found.push_back(file.path + ":" + std::to_string(number) + " holds " + rule.what);
        }
    }
    return found;
}

}  // namespace

TEST_CASE("no file or folder hides behind an empty name") {
    for (const std::string& path : empty_names(all_paths()))
        FAIL_CHECK(path);
    const std::vector<std::string> bad = {"geo/util.hpp",      "geo/string_utils.cpp", "common/a.hpp",
                                          "raster/core/b.cpp", "app/cli_helper.h",     "misc.txt",
                                          "docs/Helpers"};
    CHECK(empty_names(bad) == bad);
    const std::vector<std::string> good = {"geo/score.hpp", "docs/communication.md", "app/coreference.cpp"};
    CHECK(empty_names(good).empty());
}

TEST_CASE("no unfinished notes, no machine paths, and libraries neither print nor exit") {
    for (const std::string& problem : broken_text_rules(source_tree()))
        FAIL_CHECK(problem);
    const std::string note = std::string("// TO") + "DO later\n";
    const std::string path = std::string("open(\"/") + "tmp/x\")\n";
    const std::string home = std::string("see /") + "home/someone/x\n";
    const std::vector<SourceFile> bad = {{"geo/a.cpp", note},
                                         {"scripts/a.py", path},
                                         {"docs/a.md", home},
                                         {"regions/a.cpp", "void f() { std::cerr << 1; }\n"},
                                         {"raster/a.cpp", "void f() { std::exit(1); }\n"}};
    CHECK(broken_text_rules(bad).size() == bad.size());
    const std::vector<SourceFile> good = {{"app/a.cpp", "void f() { std::cerr << 1; }\n"},
                                          {"regions/a.cpp", "// std::cerr is not used\n"}};
    CHECK(broken_text_rules(good).empty());
}
