/// A shapefile is three files that must agree; GDAL opens what is left of them without a word.
#pragma once

#include <string>

#include "geo/diagnostic.hpp"

namespace vereda::geo::io {

/// Throws Error(input) "shapefile.part_missing" (.shx, .dbf), "shapefile.truncated" (a part is shorter than its header
/// says) and "shapefile.counts_differ". Cells that a program filled with asterisks because the number did not fit are
/// counted in the warning "shapefile.overflow"; they read as unknown.
void check_shapefile(const std::string& path, const Locus& locus, Diagnostics& diagnostics);

}  // namespace vereda::geo::io
