#include <cctype>
#include <filesystem>
#include <map>
#include <sstream>
#include <vector>

#include "app/example_outputs.hpp"
#include "app/registry.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

using vereda::tests::bytes_of;
using vereda::tests::ContainsSubstring;
using vereda::tests::ProgramOptions;
using vereda::tests::ProgramResult;
using vereda::tests::run_program;
using vereda::tests::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

const fs::path source = VEREDA_SOURCE_DIR;

/// The fenced blocks of one language, in order.
std::vector<std::string> blocks_of(const std::string& page, const std::string& language) {
    std::vector<std::string> blocks;
    std::istringstream lines(bytes_of(source / "docs" / page));
    bool inside = false;
    for (std::string line; std::getline(lines, line);) {
        const std::size_t start = line.find_first_not_of(' ');
        const std::string text = start == std::string::npos ? "" : line.substr(start);
        if (text == "```" + language) {
            inside = true;
            blocks.emplace_back();
        } else if (text == "```") {
            inside = false;
        } else if (inside) {
            blocks.back() += line + "\n";
        }
    }
    return blocks;
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

/// The command in a shell that finds vereda, in a folder beside which sample_data lies.
ProgramResult in_shell(const std::string& command, const TemporaryFolder& folder) {
    ProgramOptions options;
    options.folder = folder.path().string();
    options.environment = {{"PATH", fs::path(VEREDA_PROGRAM).parent_path().string() + ":/usr/bin:/bin"}};
    options.timeout = std::chrono::seconds(200);
    return run_program("/bin/sh", {"-c", "set -e\n" + command}, options);
}

/// sample_data with the small study in the place of the valley: the valley takes its time, and is tested elsewhere.
void give_sample_data(const TemporaryFolder& folder, bool small) {
    const fs::path data = folder.path() / "sample_data";
    fs::create_directory(data);
    for (const fs::directory_entry& entry : fs::directory_iterator(source / "sample_data")) {
        const std::string name = entry.path().filename().string();
        if (name != "valle" || !small) fs::create_directory_symlink(entry.path(), data / name);
    }
    if (!small) return;
    fs::create_directory(data / "valle");
    for (const fs::directory_entry& entry : fs::directory_iterator(source / "sample_data" / "valle")) {
        if (!entry.is_directory()) fs::create_symlink(entry.path(), data / "valle" / entry.path().filename());
    }
    fs::remove(data / "valle" / "study.toml");
    std::string study = bytes_of(source / "sample_data" / "pnis_like" / "study.toml");
    for (const char* table :
         {"regions.geojson", "plots_2016.geojson", "plots_2020.geojson", "eradication.csv", "households.csv",
          "deliveries.csv", "programmes.csv", "incomes.csv", "prices.csv", "incidents.csv", "indicators.csv"})
        replace_all(study, std::string("\"") + table, std::string("\"../pnis_like/") + table);
    folder.write("sample_data/valle/study.toml", study);
}

/// What differs from run to run, or from study to study, made alike: runs of digits, and what "…" stands for.
std::string without_digits(const std::string& text) {
    std::string result;
    for (const char c : text) {
        const bool digit = std::isdigit(static_cast<unsigned char>(c)) != 0;
        if (!digit) result += c;
        if (digit && !result.ends_with('0')) result += '0';
    }
    while (result.ends_with('\n'))
        result.pop_back();
    return result;
}

/// Of several lines the last: studies tell what they left out before it.
std::string last_line(const std::string& text) {
    const std::size_t end = text.rfind('\n');
    return end == std::string::npos ? text : text.substr(end + 1);
}

/// Whether a command's example needs what the small study does not have: rasters, plots of families, a panel.
bool needs_the_valley(const std::string& command) {
    return command == "simulate" || command == "loss" || command == "cato" || command == "displacement";
}

/// A command's example run as it stands there, against what its help says that it prints.
void check_example(const vereda::app::Command& command, const TemporaryFolder& folder) {
    INFO(command.name);
    const ProgramResult result = in_shell(command.example + (command.name == "init" ? "" : " --lang en"), folder);
    INFO(result.err);
    const bool answers_no = command.name == "audit";
    CHECK(result.exit_code == (answers_no ? 1 : 0));
    const std::string shown = without_digits(std::string(vereda::app::example_output(command.name)));
    const std::string printed = without_digits(result.out);
    if (const std::size_t rest = shown.find("…"); rest != std::string::npos) {
        CHECK(printed.starts_with(shown.substr(0, rest)));
    } else {
        CHECK(last_line(printed) == last_line(shown));
    }
}

}  // namespace

TEST_CASE("every command has an example with what it prints") {
    for (const auto& command : vereda::app::commands()) {
        INFO(command.name);
        CHECK_FALSE(command.example.empty());
        CHECK_FALSE(vereda::app::example_output(command.name).empty());
    }
}

TEST_CASE("the examples of help do what they say and print what they show") {
    const TemporaryFolder folder;
    give_sample_data(folder, true);
    REQUIRE(in_shell("vereda run sample_data/valle/study.toml -o valle-output -q", folder).exit_code == 0);
    fs::rename(folder.path() / "valle-output", folder.path() / "bundled");
    for (const auto& command : vereda::app::commands()) {
        // A ledger asks for its passphrase at the terminal.
        if (command.name.starts_with("ledger") || needs_the_valley(command.name)) continue;
        if (command.name == "report") fs::rename(folder.path() / "bundled", folder.path() / "valle-output");
        if (command.name == "run") fs::remove_all(folder.path() / "valle-output");
        check_example(command, folder);
        if (command.name == "run") fs::remove_all(folder.path() / "valle-output");
    }
}

TEST_CASE("the examples of help that need the valley's rasters and registers do what they say") {
    const TemporaryFolder folder;
    give_sample_data(folder, false);
    for (const auto& command : vereda::app::commands()) {
        if (needs_the_valley(command.name)) check_example(command, folder);
    }
}

TEST_CASE("the pages to start with do what they say") {
    for (const std::string page :
         {"start-agency.md", "start-researcher.md", "es/empezar-agencia.md", "es/empezar-consejo.md"}) {
        const TemporaryFolder folder;
        give_sample_data(folder, true);
        for (const std::string& block : blocks_of(page, "sh")) {
            // The small study has no register of plots; tests/app/test_cato_command.cpp judges one.
            if (block.find("vereda cato") != std::string::npos || block.find("simulate") != std::string::npos) continue;
            INFO(page << ": " << block);
            const ProgramResult result = in_shell(block, folder);
            INFO(result.err);
            CHECK(result.exit_code == 0);
        }
    }
}

TEST_CASE("the tutorial does what it says, and prints what it shows") {
    const TemporaryFolder folder;
    give_sample_data(folder, false);
    std::map<std::string, std::string> printed;
    for (const std::string& block : blocks_of("tutorial.md", "sh")) {
        if (block.find("simulate") != std::string::npos) continue;
        INFO(block);
        const ProgramResult result = in_shell(block, folder);
        INFO(result.err);
        REQUIRE(result.exit_code == 0);
        printed[block] = result.out;
    }
    CHECK(printed["vereda check sample_data/valle/study.toml\n"] == "no problems found\n");
    CHECK_THAT(printed["vereda doctor\n"], ContainsSubstring("Nothing is missing."));
    CHECK_THAT(printed["vereda report valle-output --bundle valle-internal.zip\n"],
               ContainsSubstring("the bundle is valle-internal.zip; the inputs themselves are not in it"));
    for (const char* named :
         {"valle-output/memos/en/004-Loma-Anoranza-internal.html", "valle-output/report-internal.html",
          "valle-output/public/tables/plot_area.csv", "valle-output/vereda-internal.qgs"}) {
        INFO(named);
        CHECK(fs::is_regular_file(folder.path() / named));
    }
}

TEST_CASE("the recipes for R and Python run where they are installed") {
    const TemporaryFolder folder;
    give_sample_data(folder, true);
    REQUIRE(in_shell("vereda run sample_data/valle/study.toml -o valle-output -q", folder).exit_code == 0);
    const auto try_block = [&](const std::string& interpreter, const std::string& ending, const std::string& block) {
        const std::string needs = block.starts_with("# needs: ") ? block.substr(9, block.find('\n') - 9) : "";
        const std::string probe = needs.empty()    ? interpreter + " --version"
                                  : ending == ".R" ? "Rscript -e 'library(" + needs + ")'"
                                                   : "python3 -c 'import " + needs + "'";
        if (in_shell(probe, folder).exit_code != 0) {
            WARN("not here, so not run: " + interpreter + " " + needs);
            return;
        }
        folder.write("recipe" + ending, block);
        const ProgramResult result = in_shell(interpreter + " recipe" + ending, folder);
        INFO(block << result.err);
        CHECK(result.exit_code == 0);
        CHECK_FALSE(result.out.empty());
    };
    for (const std::string& block : blocks_of("recipes.md", "r"))
        try_block("Rscript", ".R", block);
    for (const std::string& block : blocks_of("recipes.md", "python"))
        try_block("python3", ".py", block);
}

TEST_CASE("links between documents lead somewhere") {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(source / "docs")) {
        if (entry.path().extension() != ".md") continue;
        const std::string text = bytes_of(entry.path());
        for (std::size_t at = text.find("]("); at != std::string::npos; at = text.find("](", at + 1)) {
            std::string target = text.substr(at + 2, text.find(')', at) - at - 2);
            target = target.substr(0, target.find('#'));
            if (target.empty() || target.find(':') != std::string::npos) continue;
            INFO(entry.path().filename().string() << " -> " << target);
            CHECK(fs::exists(entry.path().parent_path() / target));
        }
    }
}
