/// What the records of a ledger claim was removed, for the comparison with satellites.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "evidence/record.hpp"
#include "geo/crs.hpp"
#include "geo/geometry.hpp"
#include "regions/claim_check.hpp"

namespace vereda::app {

/// Records of type "event", corrections applied; their id is the number of the entry. A crop that the record does not
/// name in words of ours is `crop`. Places in `crs`; a record without a place, or whose place was redacted, stays in
/// with none. Throws Error(input, "ledger.number_unreadable") for hectares that are no number.
[[nodiscard]] std::vector<regions::Claim> claims_of(std::span<const evidence::Record> records, const geo::Crs& crs,
                                                    regions::Crop crop);

/// RFC 7946 geometry, longitude and latitude; monostate for an empty text. Throws Error(input,
/// "ledger.place_unreadable").
[[nodiscard]] geo::Geometry place_of(std::string_view geojson);

/// One record of type "comparison" per row, about its entry: claimed hectares under the verdict they came to.
[[nodiscard]] std::vector<evidence::Fields> comparison_records(std::span<const regions::ClaimRow> rows,
                                                               std::span<const evidence::Record> records);

}  // namespace vereda::app
