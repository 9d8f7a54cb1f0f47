#include "tests/app/hostile_run.hpp"

#include <algorithm>

#include "tests/support/catch.hpp"

namespace vereda::tests {
namespace {

namespace fs = std::filesystem;

/// One good run, made once; copies of it play the earlier output.
const fs::path& earlier_output() {
    static const StudyFixture fixture;
    static const TemporaryFolder folder;
    static const fs::path out = [] {
        const ProgramResult result = run_program(VEREDA_PROGRAM, {"run", fixture.study(), "-o", folder / "out"});
        INFO(result.err);
        REQUIRE(result.exit_code == 0);
        return folder.path() / "out";
    }();
    return out;
}

void check_one_line(const ProgramResult& result, const Refusal& refusal) {
    INFO("stderr: " << result.err);
    CHECK_FALSE(result.timed_out);
    CHECK_FALSE(result.signalled);
    CHECK(std::count(refusal.exit_codes.begin(), refusal.exit_codes.end(), result.exit_code) == 1);
    CHECK(std::count(result.err.begin(), result.err.end(), '\n') == 1);
    CHECK(result.err.starts_with("vereda: error: "));
    for (const std::string& word : refusal.mentions)
        CHECK_THAT(result.err, ContainsSubstring(word));
}

std::vector<std::string> zonal_arguments(const ZonalCall& call, const std::string& out) {
    std::vector<std::string> arguments = {"zonal", "-r", "v=" + call.raster, "-p", call.polygons, "-f", call.id,
                                          "-o",    out};
    for (const std::string& statistic : call.statistics) {
        arguments.push_back("-s");
        arguments.push_back(statistic);
    }
    arguments.insert(arguments.end(), call.more_arguments.begin(), call.more_arguments.end());
    return arguments;
}

std::vector<std::vector<std::string>> csv_cells(const std::string& text) {
    std::vector<std::vector<std::string>> lines(1, {""});
    bool quoted = false;
    for (std::size_t i = text.starts_with("\xEF\xBB\xBF") ? 3 : 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"')
            lines.back().back() += text[++i];
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && c == ',')
            lines.back().emplace_back();
        else if (!quoted && c == '\n')
            lines.push_back({""});
        else if (quoted || c != '\r')
            lines.back().back() += c;
    }
    if (lines.back().size() == 1 && lines.back()[0].empty()) lines.pop_back();
    return lines;
}

}  // namespace

FolderContents contents_of(const fs::path& folder) {
    FolderContents contents;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const std::string name = entry.path().lexically_relative(folder).generic_string();
        const fs::file_status status = entry.symlink_status();
        if (fs::is_regular_file(status))
            contents[name] = bytes_of(entry.path());
        else if (fs::is_directory(status))
            contents[name] = "folder";
        else if (fs::is_symlink(status))
            contents[name] = "link to " + fs::read_symlink(entry.path()).string();
        else
            contents[name] = "device";
    }
    return contents;
}

void check_study_refused(const StudyFixture& fixture, const Refusal& refusal,
                         const std::vector<std::string>& more_arguments) {
    const FolderContents inputs = contents_of(fixture.folder().path());
    const TemporaryFolder folder;
    fs::copy(earlier_output(), folder.path() / "out", fs::copy_options::recursive);
    const FolderContents earlier = contents_of(folder.path());

    std::vector<std::string> arguments = {"run", fixture.study(), "--overwrite", "-o", folder / "out"};
    arguments.insert(arguments.end(), more_arguments.begin(), more_arguments.end());
    check_one_line(run_program(VEREDA_PROGRAM, arguments), refusal);
    CHECK(contents_of(folder.path()) == earlier);

    const ProgramResult checked = run_program(VEREDA_PROGRAM, {"check", fixture.study()});
    INFO("check: " << checked.out << checked.err);
    CHECK_FALSE(checked.signalled);
    const bool refused = std::count(refusal.exit_codes.begin(), refusal.exit_codes.end(), checked.exit_code) == 1;
    CHECK((checked.exit_code == 1 || refused));
    if (!refusal.mentions.empty()) CHECK_THAT(checked.out + checked.err, ContainsSubstring(refusal.mentions.front()));
    CHECK(contents_of(fixture.folder().path()) == inputs);
}

void run_study(const StudyFixture& fixture, Finished& finished, const std::vector<std::string>& more_arguments) {
    const FolderContents inputs = contents_of(fixture.folder().path());
    std::vector<std::string> arguments = {"run", fixture.study(), "-o", finished.out()};
    arguments.insert(arguments.end(), more_arguments.begin(), more_arguments.end());
    finished.result = run_program(VEREDA_PROGRAM, arguments);
    INFO("stderr: " << finished.result.err);
    REQUIRE(finished.result.exit_code == 0);
    CHECK(contents_of(fixture.folder().path()) == inputs);
}

void check_zonal_refused(const TemporaryFolder& inputs, const ZonalCall& call, const Refusal& refusal) {
    const FolderContents before = contents_of(inputs.path());
    const TemporaryFolder folder;
    const std::string out = folder.write("earlier.csv", "id,earlier\n");
    ZonalCall over = call;
    over.more_arguments.push_back("--overwrite");
    check_one_line(run_program(VEREDA_PROGRAM, zonal_arguments(over, out)), refusal);
    CHECK(contents_of(folder.path()) == FolderContents{{"earlier.csv", "id,earlier\n"}});
    CHECK(contents_of(inputs.path()) == before);
}

std::map<std::string, Row> zonal_rows(const TemporaryFolder& inputs, const ZonalCall& call) {
    const FolderContents before = contents_of(inputs.path());
    const TemporaryFolder folder;
    const ProgramResult result = run_program(VEREDA_PROGRAM, zonal_arguments(call, folder / "out.csv"));
    INFO("stderr: " << result.err);
    REQUIRE(result.exit_code == 0);
    CHECK(contents_of(inputs.path()) == before);
    std::map<std::string, Row> rows;
    for (Row& row : csv_rows(bytes_of(folder.path() / "out.csv"))) {
        const std::string id = row.at(call.id);
        rows.emplace(id, std::move(row));
    }
    return rows;
}

std::vector<Row> csv_rows(const std::string& text) {
    const auto lines = csv_cells(text);
    std::vector<Row> rows;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        Row row;
        for (std::size_t c = 0; c < lines[0].size(); ++c)
            row[lines[0][c]] = c < lines[i].size() ? lines[i][c] : "";
        rows.push_back(std::move(row));
    }
    return rows;
}

std::size_t diagnostics_with(const Finished& finished, const std::vector<std::string>& words) {
    std::size_t count = 0;
    for (const Row& row : csv_rows(finished.text("diagnostics.csv"))) {
        std::string all;
        for (const auto& [column, cell] : row)
            all += cell + "|";
        count += std::all_of(words.begin(), words.end(),
                             [&all](const std::string& word) { return all.find(word) != std::string::npos; })
                     ? 1
                     : 0;
    }
    return count;
}

}  // namespace vereda::tests
