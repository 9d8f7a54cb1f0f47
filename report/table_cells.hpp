/// Cells of output tables from the results' own types.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/feature.hpp"
#include "geo/quantity.hpp"
#include "regions/sampled_ratio.hpp"

namespace vereda::report {

using Row = std::vector<geo::Value>;
using Rows = std::vector<Row>;

/// Unknown for an empty text.
[[nodiscard]] inline geo::Value text(std::string_view value) {
    return value.empty() ? geo::Value() : geo::Value(std::string(value));
}
[[nodiscard]] inline geo::Value whole(std::optional<long> value) {
    return value ? geo::Value(std::int64_t{*value}) : geo::Value();
}
[[nodiscard]] inline geo::Value real(std::optional<double> value) {
    return value ? geo::Value(*value) : geo::Value();
}
template <class Unit>
[[nodiscard]] geo::Value real(std::optional<geo::Quantity<Unit>> value) {
    return value ? geo::Value(value->value()) : geo::Value();
}
[[nodiscard]] inline geo::Value day(std::optional<geo::Date> value) {
    return value ? geo::Value(*value) : geo::Value();
}
/// "2018-03", as text.
[[nodiscard]] inline geo::Value month(std::optional<geo::Month> value) {
    return value ? geo::Value(geo::to_iso(*value)) : geo::Value();
}

/// An estimate's area with its two limits.
inline void append(Row& row, const std::optional<regions::AreaInterval>& interval) {
    row.push_back(interval ? geo::Value(interval->area.value()) : geo::Value());
    row.push_back(interval ? geo::Value(interval->lo.value()) : geo::Value());
    row.push_back(interval ? geo::Value(interval->hi.value()) : geo::Value());
}
inline void append_limits(Row& row, const std::optional<regions::AreaInterval>& interval) {
    row.push_back(interval ? geo::Value(interval->lo.value()) : geo::Value());
    row.push_back(interval ? geo::Value(interval->hi.value()) : geo::Value());
}

}  // namespace vereda::report
