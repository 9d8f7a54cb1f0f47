/// The libraries that decide results, as built in and as found: their versions, and how much memory GDAL may keep.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace vereda::geo::io {

/// GDAL, GEOS, PROJ, in that order, as the loaded libraries call themselves.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> library_versions();

/// Which of the formats that vereda reads this GDAL can open: name and whether its driver is there.
[[nodiscard]] std::vector<std::pair<std::string, bool>> format_drivers();

/// Bytes that GDAL may keep of decoded blocks, over all threads. The default of GDAL is a share of the machine's
/// memory.
void limit_block_cache(unsigned long long bytes);

}  // namespace vereda::geo::io
