/// Runs of the program on spoiled input, with what must hold for every one of them (reliability matrix): one line that
/// names the place, the right exit code, no signal, inputs byte for byte as they were with no new neighbours, and an
/// earlier output left as it was.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/support/program.hpp"
#include "tests/support/study_fixture.hpp"

namespace vereda::tests {

/// Relative path to bytes; folders, links and devices stand with a word for their kind.
using FolderContents = std::map<std::string, std::string>;
[[nodiscard]] FolderContents contents_of(const std::filesystem::path& folder);

struct Refusal {
    std::vector<int> exit_codes;        ///< any of these
    std::vector<std::string> mentions;  ///< each must stand in the line
};

/// `vereda run --overwrite` over the output of an earlier, good run: refused as said, that output untouched. `vereda
/// check`: exit 1, or one of the refusal's codes where the study file itself cannot be read; the file's name is told.
void check_study_refused(const StudyFixture& fixture, const Refusal& refusal,
                         const std::vector<std::string>& more_arguments = {});

/// What a run that must finish left behind.
struct Finished {
    TemporaryFolder folder;
    ProgramResult result;
    [[nodiscard]] std::string out() const { return folder / "out"; }
    [[nodiscard]] std::string text(const std::string& name) const { return bytes_of(folder.path() / "out" / name); }
};

/// `vereda run` ends with 0 and the inputs stay as they were.
void run_study(const StudyFixture& fixture, Finished& finished, const std::vector<std::string>& more_arguments = {});

struct ZonalCall {
    std::string raster;
    std::string polygons;
    std::string id = "code";
    std::vector<std::string> statistics = {"mean"};
    std::vector<std::string> more_arguments = {};
};

/// `vereda zonal … --overwrite -o` over an earlier file: refused as said, that file untouched.
void check_zonal_refused(const TemporaryFolder& inputs, const ZonalCall& call, const Refusal& refusal);

using Row = std::map<std::string, std::string>;
/// `vereda zonal` ends with 0; the rows of its CSV by id, cells by column.
[[nodiscard]] std::map<std::string, Row> zonal_rows(const TemporaryFolder& inputs, const ZonalCall& call);

/// Rows of a CSV text whose cells may be quoted; the first line names the columns.
[[nodiscard]] std::vector<Row> csv_rows(const std::string& text);
/// Rows of diagnostics.csv that mention all the words.
[[nodiscard]] std::size_t diagnostics_with(const Finished& finished, const std::vector<std::string>& words);

}  // namespace vereda::tests
