#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/formats/study_toml.hpp"
#include "app/formats/toml_reader.hpp"
#include "app/help.hpp"
#include "app/input_tables.hpp"
#include "app/messages.hpp"
#include "app/registry.hpp"
#include "app/study_keys.hpp"
#include "app/study_template.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace vereda::app;
using vereda::tests::bytes_of;
namespace fs = std::filesystem;

namespace {

const fs::path source = VEREDA_SOURCE_DIR;

Messages words(Language language) {
    return {load_catalogue(source / "share" / "vereda", language), language};
}

/// Compares a page of docs/ with what the program declares; with VEREDA_UPDATE_DOCS set it writes the page instead.
void check_page(const std::string& name, const std::string& declared) {
    const fs::path page = source / "docs" / name;
    if (std::getenv("VEREDA_UPDATE_DOCS") != nullptr) std::ofstream(page, std::ios::binary) << declared;
    INFO("run this test with VEREDA_UPDATE_DOCS=1 to write the page anew");
    CHECK(bytes_of(page) == declared);
}

}  // namespace

TEST_CASE("the command-line page says what the program declares") {
    check_page("command-line.md", command_line_document(commands(), words(Language::english)));
}

TEST_CASE("the study page says what the program declares") {
    check_page("study.md", study_document(words(Language::english)));
}

TEST_CASE("the page of input tables says what the program declares, column by column") {
    check_page("tables.md", tables_document(words(Language::english)));
    for (const InputTable& table : input_tables()) {
        for (const InputColumn& column : table.columns) {
            INFO(table.name << "." << column.name);
            CHECK_FALSE(column.meaning.empty());
        }
    }
}

TEST_CASE("every command declares what help needs, in both languages") {
    for (const Language language : {Language::english, Language::spanish}) {
        const Messages messages = words(language);
        for (const Command& command : commands()) {
            INFO(command.name);
            CHECK(messages.text(command.summary) != command.summary.text());
            CHECK(messages.text(command.inputs) != command.inputs.text());
            CHECK(messages.text(command.outputs) != command.outputs.text());
            CHECK_FALSE(command.example.empty());
            CHECK(command.execute != nullptr);
            for (const Parameter& parameter : command.parameters) {
                INFO(parameter.name);
                CHECK(messages.text(parameter.help) != parameter.help.text());
            }
            CHECK_FALSE(command_help(command, messages).empty());
        }
    }
}

TEST_CASE("the template of init is valid TOML in both languages, commented or not") {
    for (const Language language : {Language::english, Language::spanish}) {
        const std::string text = study_template(words(language));
        CHECK_NOTHROW(TomlDocument::parse(text, {}));
        // Uncomment every line that is a section or a key.
        std::string whole;
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line);) {
            const bool entry =
                line.starts_with("# [") || (line.starts_with("# ") && line.find(" = ") != std::string::npos &&
                                            line.find(" = ") == line.find(' ', 2));
            whole += (entry ? line.substr(2) : line) + "\n";
        }
        INFO(whole);
        const vereda::tests::TemporaryFolder folder;
        const StudyReading reading = study_from_toml(whole, folder / "study.toml", false);
        // Nothing is wrong with it but that its files do not exist, and that choices stand side by side: plots and
        // classes, a sample and a matrix.
        for (const vereda::geo::Error& problem : reading.problems) {
            const std::string id(problem.message().id.text());
            INFO(problem.what());
            CHECK((id.starts_with("study.file_missing") || id == "study.plots_or_classes" ||
                   id == "study.sample_or_matrix"));
        }
        CHECK(reading.problems.size() > 20);
    }
}
