/// ZIP archives of given bytes: the same bytes for the same content, no times, no owners.
#pragma once

#include <string>
#include <vector>

namespace vereda::geo::io {

struct ZipEntry {
    std::string name;  ///< within the archive, '/' between folders
    std::string path;  ///< of the file that is packed; empty: `bytes` is
    std::string bytes = {};
};

/// Entries in their order, deflated. Written whole or not at all. Throws Error(resource) "file.not_written", and what
/// read_file() throws.
void write_zip(const std::string& target, const std::vector<ZipEntry>& entries);

}  // namespace vereda::geo::io
