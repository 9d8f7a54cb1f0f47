/// run.json (enough to repeat the run; no times, no machine names) and the summary that --json prints.
#pragma once

#include <span>
#include <string>

#include "report/catalogue.hpp"
#include "report/results.hpp"

namespace vereda::report {

/// Keys in a fixed order, two spaces of indent, ends in a line end.
[[nodiscard]] std::string run_json(const Provenance& provenance, const StudyFacts& study);

struct OutputFile {
    std::string path;  ///< relative to the output folder
    std::string sha256;
};

/// One JSON object on one line: study, key sentences in the catalogue's language with their figures, counts of
/// diagnostics, skipped analyses, outputs; `counts` under "counts" where there are any.
[[nodiscard]] std::string summary_json(const RunResults& results, std::span<const OutputFile> outputs,
                                       const Catalogue& words,
                                       std::span<const std::pair<std::string, long>> counts = {});

}  // namespace vereda::report
