/// What an output folder of an earlier run holds, read back and held against what it says of itself.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "report/provenance.hpp"
#include "report/results.hpp"
#include "report/table.hpp"

namespace vereda::app {

/// From run.json.
struct WrittenRun {
    std::filesystem::path folder;
    std::string run_json;  ///< as it stands
    std::string study_name;
    std::string vereda_version;
    std::vector<report::InputFile> inputs;
    std::vector<std::pair<std::string, std::string>> parameters;
    unsigned long seed = 0;
    bool has_public = false;      ///< the folder public/ is there
    bool has_flatgeobuf = false;  ///< the folder layers/ is there

    /// Empty for a parameter that the run does not name.
    [[nodiscard]] std::string parameter(std::string_view name) const;
};

/// Throws Error(usage, "report.no_run") where the folder holds no run.json of ours.
[[nodiscard]] WrittenRun written_run(const std::filesystem::path& folder);

/// A table of the run with where it lies.
struct WrittenTable {
    report::Table table;
    std::string path;  ///< below tables/
    std::string sha256;
    std::size_t bytes = 0;
};

/// tables/*.csv as datapackage.json lists them. Throws Error(integrity, "report.table_changed") where a file is not
/// what was written, "report.table_unknown" for one that this version does not declare with these columns.
[[nodiscard]] std::vector<WrittenTable> written_tables(const WrittenRun& run);

/// Every file of the folder with its hash, sorted by path; names of times (run.log.json) and of unfinished files are
/// left out.
[[nodiscard]] std::vector<report::OutputFile> files_in(const std::filesystem::path& folder);

}  // namespace vereda::app
