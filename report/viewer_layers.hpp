/// The map of the page's interactive part: each layer's shapes into the geometry block, its attributes by column.
#pragma once

#include "report/json_text.hpp"
#include "report/packed_geometry.hpp"
#include "report/public_edition.hpp"
#include "report/results.hpp"

namespace vereda::report {

/// What both editions hold of a region: where its shape is in the block is written with it.
void write_viewer_map(JsonText& json, PackedGeometry& geometry, const RunResults& results);
void write_viewer_map(JsonText& json, PackedGeometry& geometry, const PublicEdition& edition);

/// Degrees as metres on a plane that touches the edition's middle: shapes and distances look right there.
[[nodiscard]] geo::Point public_place(geo::Point degrees, double middle_latitude);
[[nodiscard]] geo::Box public_extent(const PublicEdition& edition);

}  // namespace vereda::report
