/// XLSX workbooks for people (libxlsxwriter): a frozen header, typed cells, no formula ever, the same bytes for the
/// same content.
#pragma once

#include <string>
#include <vector>

#include "geo/feature.hpp"

namespace vereda::geo::io {

struct SheetColumn {
    std::string name;
    std::string unit;  ///< shown in a second header row, which a sheet has when any of its columns has a unit
};

struct Sheet {
    std::string
        name;  ///< at most 31 characters, none of []:*?/\ ; longer names and those characters are Error(internal)
    std::vector<SheetColumn> columns;
    std::vector<std::vector<Value>> rows;  ///< one value per column; unknown leaves the cell empty
};

/// Numbers become number cells, except integers beyond 2^53, which Excel would round: those become text, as do all
/// strings, whatever they start with. Days become date cells. Written whole or not at all. Throws Error(resource)
/// "file.not_written"; Error(input, "workbook.too_large") beyond Excel's 1,048,576 rows, 16,384 columns or 32,767
/// characters in a cell.
void write_workbook(const std::string& path, const std::vector<Sheet>& sheets);

}  // namespace vereda::geo::io
