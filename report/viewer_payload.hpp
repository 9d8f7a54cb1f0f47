/// What the page carries for its interactive part (report/viewer): words, tables and shapes, packed.
///
/// The text block is JSON, deflated, in base64: words of both languages, codes, the run's tables column by column
/// (columns whose texts differ between the languages once for each), and the map's layers without their vertices. The
/// geometry block holds those (packed_geometry.hpp), in planar metres. Both are the same bytes for the same results.
///
/// A table of more than `viewer_rows_at_most` rows comes with its first ones and the number of all: the rest is in its
/// file.
#pragma once

#include <span>
#include <string>

#include "report/catalogue.hpp"
#include "report/public_edition.hpp"
#include "report/results.hpp"

namespace vereda::report {

inline constexpr std::size_t viewer_rows_at_most = 250'000;
inline constexpr double viewer_step_metres = 0.2;

/// The built viewer, as share/vereda/viewer holds it. Neither ends its element.
struct ViewerFiles {
    std::string script;
    std::string style;
};

struct ViewerPayload {
    std::string text;
    std::string geometry;
};

/// `languages` in the order of the switch.
[[nodiscard]] ViewerPayload viewer_payload(const RunResults& results, std::span<const Catalogue> languages);
/// Only what the edition holds: no layer but regions, no column that is not open.
[[nodiscard]] ViewerPayload viewer_payload(const PublicEdition& edition, std::span<const Catalogue> languages);

}  // namespace vereda::report
