/// Rows of a CSV table for tests, read apart from the product's own reader (RFC 4180 without line breaks in cells).
#pragma once

#include <map>
#include <string>
#include <vector>

namespace vereda::tests {

/// Cells by the name of their column; a row that ends early has empty ones.
using CsvRow = std::map<std::string, std::string>;

[[nodiscard]] std::vector<CsvRow> csv_rows(const std::string& text);

}  // namespace vereda::tests
