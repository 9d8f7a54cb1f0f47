/// CSV by RFC 4180: UTF-8 without BOM, comma, CRLF, `.` decimal, header row, text quoted where it must be.
///
/// Reals have the decimals their column declares, or the shortest digits that read back as the same double. Text cells
/// pass through spreadsheet_text(): no formula runs, no control character survives.
#pragma once

#include <functional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>

#include "geo/parallel.hpp"
#include "report/table.hpp"

namespace vereda::report {

/// The same bytes with any number of threads.
void write_csv(std::ostream& out, const Table& table, geo::Parallelism parallelism = {});

/// The same, handed over piece by piece in order.
void put_csv(const std::function<void(std::string_view)>& put, const Table& table, geo::Parallelism parallelism = {});

/// The header row, and one row of cells, of write_csv(), with their line ends: for tables written piece by piece.
void append_csv_header(std::string& out, std::span<const Column> columns);
void append_csv_row(std::string& out, std::span<const geo::Value> row, std::span<const Column> columns);

}  // namespace vereda::report
