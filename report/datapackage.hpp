/// datapackage.json: Frictionless Data Package with one tabular resource (Table Schema) per table.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "report/catalogue.hpp"
#include "report/table.hpp"

namespace vereda::report {

struct TableFile {
    const Table* table = nullptr;
    std::string path;    ///< relative to datapackage.json
    std::string sha256;  ///< of the file, lower-case hexadecimal
    std::size_t bytes = 0;
};

enum class Edition { internal, public_release };

/// Title, description, unit, type, audience and personal mark of every column; text ends in a line end.
[[nodiscard]] std::string datapackage_json(std::string_view study_name, std::span<const TableFile> files,
                                           Edition edition, const Catalogue& words);

}  // namespace vereda::report
