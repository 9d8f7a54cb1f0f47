/// The table of zonal statistics: what each is called, what it needs and what its column is named.
///
/// Meanings are exactextract's (isciences/exactextract 0.2): every cell counts by the fraction of it that the zone
/// covers; cells without a value do not count. count is the sum of the fractions.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/message.hpp"

namespace vereda::raster {

enum class Statistic {
    count,    ///< sum of coverage fractions of cells with a value, in cells of the raster named
    area_ha,  ///< covered ground area in hectares; with a raster named, of its cells with a value
    sum,      ///< sum of value × fraction
    mean,     ///< weighted by fraction
    min,
    max,
    variance,  ///< population variance, weighted by fraction
    stdev,     ///< its square root
    median,    ///< quantile(0.5)
    quantile,  ///< quantile(raster, q), 0 ≤ q ≤ 1
    mode,      ///< value that covers most; the greater one of equals
    minority,  ///< value that covers least; the smaller one of equals
    variety,   ///< number of distinct values
    frac,      ///< share of each value among cells with a value: one column per value found, or frac(raster, value)
    weighted_mean,  ///< weighted by fraction × value of the weights raster
    weighted_sum,
    crosstab,  ///< crosstab(a, b): ground area by zone and pair of values, as rows
};

/// One row of the table.
struct StatisticEntry {
    Statistic statistic;
    std::string_view name;
    std::string_view summary;
    std::string_view unit;  ///< "value": that of the raster; "cells", "ha", "share", "1"
    bool needs_raster = true;
    bool needs_weights = false;
};

[[nodiscard]] std::span<const StatisticEntry> statistics();
[[nodiscard]] const StatisticEntry& entry(Statistic statistic);

/// A statistic as asked for: `mean(biomass)`, `quantile(biomass, 0.9)`, `crosstab(loss, cover)`, `area_ha`, or without
/// a name where there is one raster only: `mean`, `quantile(0.9)`, `frac(3)`.
struct StatisticCall {
    Statistic statistic = Statistic::count;
    std::string raster;               ///< empty: the only one
    std::string other;                ///< second raster of crosstab
    std::optional<double> parameter;  ///< q of quantile, value of frac
    friend bool operator==(const StatisticCall&, const StatisticCall&) = default;
};

/// Throws Error(usage): "statistic.unknown" naming the nearest valid one, "statistic.syntax",
/// "statistic.quantile_range", "raster.unknown_name" naming the rasters given, "statistic.raster_needed" where several
/// rasters are given and none is named.
[[nodiscard]] StatisticCall parse_statistic(std::string_view text, std::span<const std::string> raster_names);

/// `biomass_mean`, `loss_frac_3`, `biomass_quantile_0.9`, `area_ha`.
[[nodiscard]] std::string column_name(const StatisticCall& call);
/// A class value or parameter as written in column names: shortest text that reads back the same.
[[nodiscard]] std::string number_text(double value);

}  // namespace vereda::raster
