/// Writes what a run found into a folder, in the layout of docs/outputs.md.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/pipeline.hpp"
#include "app/session.hpp"
#include "report/provenance.hpp"
#include "report/results.hpp"

namespace vereda::app {

struct OutputChoices {
    bool public_edition = false;  ///< the folder public/ as well
    bool flatgeobuf = false;      ///< each layer of an edition as a file of its own too: layers/NAME-internal.fgb
};

/// report-internal.html, vereda-internal.gpkg with the QGIS project that opens it, vereda-internal.xlsx, tables/*.csv
/// with datapackage.json, memos/, diagnostics.csv, run.json and the attachments, and what `choices`
/// add. Gives the files written, sorted, with their hashes. Every file is read back and compared;
/// Error(resource) where it does not hold what was written.
[[nodiscard]] std::vector<report::OutputFile> write_run(const RunFindings& found, const OutputChoices& choices,
                                                        const std::filesystem::path& folder, Session& session);

/// One table alone, as .csv or .xlsx by the ending of `path`, whole or not at all; only the header where the run has no
/// rows for it. Hashed only where --json tells the hash.
[[nodiscard]] report::OutputFile write_table_file(const report::RunResults& results, const std::string& name,
                                                  const std::string& path, Session& session);

}  // namespace vereda::app
