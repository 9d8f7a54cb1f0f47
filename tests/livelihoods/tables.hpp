/// Registers written as text, the way a reader hands them over.
#pragma once

#include <string>
#include <vector>

#include "geo/text_table.hpp"

namespace vereda::tests {

inline geo::TextTable table(std::vector<std::string> columns, std::vector<std::vector<std::string>> rows) {
    geo::TextTable result;
    result.locus.file = "register.csv";
    result.columns = std::move(columns);
    long line = 1;
    for (auto& cells : rows)
        result.rows.push_back({++line, std::move(cells)});
    return result;
}

}  // namespace vereda::tests
