/// XLSX workbooks for people (libxlsxwriter): a frozen header with a filter, typed cells, no formula ever, the same
/// bytes for the same content. Rows are streamed: memory does not grow with them.
#pragma once

#include <string>
#include <vector>

#include "geo/feature.hpp"

namespace vereda::geo::io {

struct SheetColumn {
    std::string name;
    std::string unit;  ///< shown in a second header row, which a sheet has when any of its columns has a unit
    /// Of its numbers, in Excel's invariant code ("#,##0.00"): every reader sees the separators of their own language.
    /// Empty: General.
    std::string number_format = {};
    double width = 0;      ///< in characters; 0: as wide as the header and the first rows ask, between 9 and 60
    bool wrapped = false;  ///< long text breaks into lines
};

struct Sheet {
    std::string
        name;  ///< at most 31 characters, none of []:*?/\ ; longer names and those characters are Error(internal)
    std::vector<SheetColumn> columns;
    std::vector<std::vector<Value>> rows;  ///< one value per column; unknown leaves the cell empty
    std::string printed_mark;              ///< at the head of every printed page; at most 200 characters count
};

/// Whether a sheet of so many rows and columns fits into Excel (1,048,576 rows, 16,384 columns).
[[nodiscard]] bool fits_a_sheet(std::size_t rows, std::size_t columns);

/// Numbers become number cells, except integers beyond 2^53, which Excel would round: those become text, as do all
/// strings, whatever they start with. Days become date cells in the reader's own short form. The filter stands on the
/// last header row. Printed: landscape, one page wide, the header on every page. Written whole or not at all. Throws
/// Error(resource) "file.not_written"; Error(input, "workbook.too_large") beyond Excel's 1,048,576 rows, 16,384 columns
/// or 32,767 characters in a cell.
void write_workbook(const std::string& path, const std::vector<Sheet>& sheets);

}  // namespace vereda::geo::io
