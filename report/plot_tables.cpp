#include "report/plot_tables.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

#include "report/table_cells.hpp"

namespace vereda::report {

using geo::FieldType;
using geo::operator""_msg;

namespace {

constexpr int hectare_decimals = 4;  // 1 m²
constexpr int square_kilometre_decimals = 6;
constexpr int share_decimals = 6;
constexpr int density_decimals = 3;
constexpr int square_metre_decimals = 1;

constexpr Column region_id{"region_id", FieldType::text, "", "column.region_id"_msg};
constexpr Column region_name{"region_name", FieldType::text, "", "column.region_name"_msg};
constexpr Column year{"year", FieldType::integer, "", "column.year"_msg};
constexpr Column crop{"crop", FieldType::text, "", "column.crop"_msg};
constexpr Column from_year{"from_year", FieldType::integer, "", "column.window_from"_msg};
constexpr Column to_year{"to_year", FieldType::integer, "", "column.window_to"_msg};
constexpr Column note{"note", FieldType::text, "", "column.area_note"_msg};

constexpr Column hectares(std::string_view name, geo::MessageId about, Privacy privacy = Privacy::open) {
    return {name, FieldType::real, "ha", about, hectare_decimals, privacy};
}
constexpr Column share(std::string_view name, geo::MessageId about) {
    return {name, FieldType::real, "1", about, share_decimals};
}

constexpr std::array permanence_columns{
    Column{"cell_id", FieldType::text, "", "column.cell_id"_msg, shortest_round_trip, Privacy::personal},
    Column{"class", FieldType::text, "", "column.permanence_class"_msg},
    Column{"possible_classes", FieldType::text, "", "column.possible_classes"_msg},
    crop,
    from_year,
    to_year,
    Column{"years", FieldType::text, "", "column.cell_years"_msg},
    Column{"years_unknown", FieldType::integer, "", "column.years_unknown"_msg},
    Column{"likely_class", FieldType::text, "", "column.likely_class"_msg},
    share("likely_share", "column.likely_share"_msg),
    Column{"region_id", FieldType::text, "", "column.cell_region"_msg},
    Column{"land_km2", FieldType::real, "km2", "column.cell_land"_msg, square_kilometre_decimals},
    Column{"last_seen_year", FieldType::integer, "", "column.last_seen_year"_msg},
    hectares("crop_ha", "column.cell_crop"_msg),
    Column{"density_ha_km2", FieldType::real, "ha/km2", "column.density"_msg, density_decimals},
    Column{"density_class", FieldType::text, "", "column.density_class"_msg},
    Column{"credible_classes", FieldType::text, "", "column.credible_classes"_msg},
    hectares("crop_lo_ha", "column.cell_crop_lo"_msg),
    hectares("crop_hi_ha", "column.cell_crop_hi"_msg),
    hectares("sampled_ha", "column.sampled_area"_msg),
    hectares("sampled_lo_ha", "column.sampled_area_lo"_msg),
    hectares("sampled_hi_ha", "column.sampled_area_hi"_msg),
    note,
};

constexpr std::array permanence_regions_columns{
    region_id,
    region_name,
    crop,
    from_year,
    to_year,
    Column{"class", FieldType::text, "", "column.permanence_class"_msg},
    share("share_lo", "column.permanence_share_lo"_msg),
    share("share_hi", "column.permanence_share_hi"_msg),
    Column{"cells", FieldType::integer, "", "column.cells_sure"_msg, shortest_round_trip, Privacy::internal},
    Column{"cells_possible", FieldType::integer, "", "column.cells_possible"_msg, shortest_round_trip,
           Privacy::internal},
    Column{"cells_likely", FieldType::integer, "", "column.cells_likely"_msg, shortest_round_trip, Privacy::internal},
    Column{"land_km2", FieldType::real, "km2", "column.land_sure"_msg, square_kilometre_decimals, Privacy::internal},
    Column{"land_possible_km2", FieldType::real, "km2", "column.land_possible"_msg, square_kilometre_decimals,
           Privacy::internal},
    Column{"note", FieldType::text, "", "column.permanence_note"_msg},
};

constexpr std::array area_adjusted_columns{
    region_id,
    region_name,
    Column{"level", FieldType::text, "", "column.area_level"_msg},
    year,
    crop,
    Column{"plots", FieldType::integer, "", "column.plots"_msg},
    hectares("raw_ha", "column.raw_ha"_msg),
    hectares("date_adjusted_ha", "column.date_adjusted_ha"_msg),
    hectares("gap_adjusted_ha", "column.gap_adjusted_ha"_msg),
    hectares("control_adjusted_ha", "column.control_adjusted_ha"_msg),
    hectares("final_ha", "column.final_ha"_msg),
    hectares("final_lo_ha", "column.final_lo_ha"_msg),
    hectares("final_hi_ha", "column.final_hi_ha"_msg),
    share("observed_share", "column.observed_share"_msg),
    hectares("date_adjustment_ha", "column.date_adjustment_ha"_msg),
    hectares("gap_adjustment_ha", "column.gap_adjustment_ha"_msg),
    hectares("control_adjustment_ha", "column.control_adjustment_ha"_msg),
    share("growth_rate", "column.growth_rate"_msg),
    share("gap_ratio", "column.gap_ratio"_msg),
    hectares("undated_ha", "column.undated_ha"_msg),
    hectares("own_sd_ha", "column.own_sd_ha"_msg),
    hectares("shared_sd_ha", "column.shared_sd_ha"_msg),
    hectares("sampled_ha", "column.sampled_ha"_msg),
    hectares("sampled_lo_ha", "column.sampled_lo_ha"_msg),
    hectares("sampled_hi_ha", "column.sampled_hi_ha"_msg),
    note,
};

constexpr std::array area_zones_columns{
    region_id,
    year,
    crop,
    Column{"zones", FieldType::text, "", "column.zones"_msg},
    Column{"plots", FieldType::integer, "", "column.plots"_msg},
    hectares("area_ha", "column.zone_area"_msg),
    hectares("area_lo_ha", "column.part_area_lo"_msg),
    hectares("area_hi_ha", "column.part_area_hi"_msg),
    hectares("sampled_ha", "column.sampled_area"_msg),
    hectares("sampled_lo_ha", "column.sampled_area_lo"_msg),
    hectares("sampled_hi_ha", "column.sampled_area_hi"_msg),
    note,
};

constexpr std::array plot_parts_columns{
    Column{"plot_id", FieldType::text, "", "column.plot_id"_msg, shortest_round_trip, Privacy::personal},
    year,
    crop,
    Column{"region_id", FieldType::text, "", "column.part_region"_msg},
    Column{"zones", FieldType::text, "", "column.zones"_msg},
    Column{"area_m2", FieldType::real, "m2", "column.part_area"_msg},
    Column{"area_lo_m2", FieldType::real, "m2", "column.outline_area_lo"_msg, square_metre_decimals},
    Column{"area_hi_m2", FieldType::real, "m2", "column.outline_area_hi"_msg, square_metre_decimals},
};

constexpr std::array holdings_columns{
    region_id,
    year,
    crop,
    Column{"from_ha", FieldType::real, "ha", "column.holding_from"_msg},
    Column{"to_ha", FieldType::real, "ha", "column.holding_to"_msg},
    Column{"holdings", FieldType::integer, "", "column.holdings"_msg},
    hectares("area_ha", "column.holding_area"_msg),
    share("holdings_share", "column.holdings_share"_msg),
    share("area_share", "column.holding_area_share"_msg),
    Column{"unnamed", FieldType::integer, "", "column.holdings_unnamed"_msg, shortest_round_trip, Privacy::internal},
    hectares("area_lo_ha", "column.part_area_lo"_msg),
    hectares("area_hi_ha", "column.part_area_hi"_msg),
    hectares("sampled_ha", "column.sampled_area"_msg),
    hectares("sampled_lo_ha", "column.sampled_area_lo"_msg),
    hectares("sampled_hi_ha", "column.sampled_area_hi"_msg),
    note,
};

constexpr std::array eradication_check_columns{
    Column{"event_id", FieldType::text, "", "field.event_id"_msg, shortest_round_trip, Privacy::personal},
    hectares("reported_ha", "field.reported_ha"_msg),
    hectares("mapped_ha", "column.mapped_ha"_msg),
    hectares("overlap_ha", "column.overlap_ha"_msg),
    Column{"note", FieldType::text, "", "column.check_note"_msg},
    Column{"date", FieldType::date, "", "field.event_date"_msg},
    Column{"kind", FieldType::text, "", "column.event_kind"_msg},
    Column{"region_id", FieldType::text, "", "column.event_region"_msg},
    Column{"verified", FieldType::text, "", "column.event_verified"_msg},
    hectares("counted_ha", "column.counted_ha"_msg),
    hectares("outline_ha", "column.outline_ha"_msg),
    hectares("crop_before_ha", "column.crop_before_ha"_msg),
    hectares("unseen_ha", "column.unseen_ha"_msg),
    Column{"year_before", FieldType::integer, "", "column.year_before"_msg},
    Column{"year_after", FieldType::integer, "", "column.year_after"_msg},
    Column{"shared_with", FieldType::text, "", "column.shared_with"_msg, shortest_round_trip, Privacy::personal},
    hectares("revisited_ha", "column.revisited_ha"_msg),
    hectares("replanted_ha", "column.replanted_ha"_msg),
    hectares("mapped_lo_ha", "column.ground_lo"_msg),
    hectares("mapped_hi_ha", "column.ground_hi"_msg),
    hectares("counted_lo_ha", "column.ground_lo"_msg),
    hectares("counted_hi_ha", "column.ground_hi"_msg),
    hectares("crop_before_lo_ha", "column.ground_lo"_msg),
    hectares("crop_before_hi_ha", "column.ground_hi"_msg),
    hectares("revisited_lo_ha", "column.ground_lo"_msg),
    hectares("revisited_hi_ha", "column.ground_hi"_msg),
    hectares("replanted_lo_ha", "column.ground_lo"_msg),
    hectares("replanted_hi_ha", "column.ground_hi"_msg),
    hectares("counted_sampled_ha", "column.counted_sampled"_msg),
    hectares("counted_sampled_lo_ha", "column.sampled_area_lo"_msg),
    hectares("counted_sampled_hi_ha", "column.sampled_area_hi"_msg),
    hectares("replanted_sampled_ha", "column.replanted_sampled"_msg),
    hectares("replanted_sampled_lo_ha", "column.sampled_area_lo"_msg),
    hectares("replanted_sampled_hi_ha", "column.sampled_area_hi"_msg),
    Column{"interval_note", FieldType::text, "", "column.area_note"_msg},
};

constexpr std::array replanting_columns{
    region_id,
    crop,
    hectares("removed_ha", "column.removed_ha"_msg),
    hectares("revisited_ha", "column.revisited_ha"_msg),
    hectares("replanted_ha", "column.replanted_ha"_msg),
    share("persistence_rate", "column.persistence_rate"_msg),
    hectares("relocated_ha", "column.relocated_ha"_msg),
    share("relocation_rate", "column.relocation_rate"_msg),
    hectares("removed_lo_ha", "column.ground_lo"_msg),
    hectares("removed_hi_ha", "column.ground_hi"_msg),
    hectares("revisited_lo_ha", "column.ground_lo"_msg),
    hectares("revisited_hi_ha", "column.ground_hi"_msg),
    hectares("replanted_lo_ha", "column.ground_lo"_msg),
    hectares("replanted_hi_ha", "column.ground_hi"_msg),
    share("persistence_lo", "column.rate_lo"_msg),
    share("persistence_hi", "column.rate_hi"_msg),
    hectares("relocated_lo_ha", "column.ground_lo"_msg),
    hectares("relocated_hi_ha", "column.ground_hi"_msg),
    share("relocation_lo", "column.rate_lo"_msg),
    share("relocation_hi", "column.rate_hi"_msg),
    hectares("removed_sampled_ha", "column.counted_sampled"_msg),
    hectares("removed_sampled_lo_ha", "column.sampled_area_lo"_msg),
    hectares("removed_sampled_hi_ha", "column.sampled_area_hi"_msg),
    hectares("replanted_sampled_ha", "column.replanted_sampled"_msg),
    hectares("replanted_sampled_lo_ha", "column.sampled_area_lo"_msg),
    hectares("replanted_sampled_hi_ha", "column.sampled_area_hi"_msg),
    note,
};

constexpr std::array plot_area_then_columns{
    region_id,
    region_name,
    year,
    crop,
    Column{"plots", FieldType::integer, "", "column.plots"_msg},
    hectares("area_ha", "column.crop_area"_msg),
    hectares("area_lo_ha", "column.crop_area_lo"_msg),
    hectares("area_hi_ha", "column.crop_area_hi"_msg),
    share("observed_share", "column.observed_share"_msg),
    Column{"until", FieldType::integer, "", "column.boundaries_until"_msg},
    note,
    hectares("sampled_ha", "column.sampled_area"_msg),
    hectares("sampled_lo_ha", "column.sampled_area_lo"_msg),
    hectares("sampled_hi_ha", "column.sampled_area_hi"_msg),
};

constexpr std::array region_crosswalk_columns{
    Column{"until", FieldType::integer, "", "column.boundaries_until"_msg},
    Column{"from_id", FieldType::text, "", "column.crosswalk_from"_msg},
    Column{"to_id", FieldType::text, "", "column.crosswalk_to"_msg},
    hectares("area_ha", "column.crosswalk_area"_msg),
    share("area_weight", "column.area_weight"_msg),
    share("household_weight", "column.household_weight"_msg),
};

double square_kilometres(geo::SquareMetres area) {
    return area.value() / 1e6;
}

/// "0011?1": without and with crop, not observed; oldest first.
std::string letters(const std::vector<regions::Presence>& years) {
    std::string result;
    for (const regions::Presence presence : years)
        result += presence == regions::Presence::present ? '1' : presence == regions::Presence::absent ? '0' : '?';
    return result;
}

std::string_view name_of(regions::Answer answer) {
    return answer == regions::Answer::yes ? "yes" : answer == regions::Answer::no ? "no" : "unknown";
}

/// The region that holds most of the cell's land.
std::string main_region(const regions::PermanenceCell& cell, const RunResults& results) {
    const auto* most = &cell.regions.front();
    for (const auto& part : cell.regions) {
        if (part.second > most->second) most = &part;
    }
    return results.regions->regions()[most->first].id;
}

}  // namespace

const TableDeclaration permanence_table{"permanence", "table.permanence.title"_msg, "table.permanence.about"_msg,
                                        Audience::internal_only, permanence_columns};
const TableDeclaration permanence_regions_table{"permanence_regions", "table.permanence_regions.title"_msg,
                                                "table.permanence_regions.about"_msg, Audience::public_safe,
                                                permanence_regions_columns};
const TableDeclaration area_adjusted_table{"area_adjusted", "table.area_adjusted.title"_msg,
                                           "table.area_adjusted.about"_msg, Audience::internal_only,
                                           area_adjusted_columns};
const TableDeclaration area_zones_table{"area_zones", "table.area_zones.title"_msg, "table.area_zones.about"_msg,
                                        Audience::internal_only, area_zones_columns};
const TableDeclaration plot_parts_table{"plot_parts", "table.plot_parts.title"_msg, "table.plot_parts.about"_msg,
                                        Audience::internal_only, plot_parts_columns};
const TableDeclaration holdings_table{"holdings", "table.holdings.title"_msg, "table.holdings.about"_msg,
                                      Audience::public_safe, holdings_columns};
const TableDeclaration eradication_check_table{"eradication_check", "table.eradication_check.title"_msg,
                                               "table.eradication_check.about"_msg, Audience::internal_only,
                                               eradication_check_columns};
const TableDeclaration replanting_table{"replanting", "table.replanting.title"_msg, "table.replanting.about"_msg,
                                        Audience::internal_only, replanting_columns};
const TableDeclaration plot_area_then_table{"plot_area_then", "table.plot_area_then.title"_msg,
                                            "table.plot_area_then.about"_msg, Audience::internal_only,
                                            plot_area_then_columns};
const TableDeclaration region_crosswalk_table{"region_crosswalk", "table.region_crosswalk.title"_msg,
                                              "table.region_crosswalk.about"_msg, Audience::internal_only,
                                              region_crosswalk_columns};

namespace {

void append_limits(Row& row, const std::optional<regions::RateInterval>& interval) {
    row.push_back(interval ? geo::Value(interval->lo) : geo::Value());
    row.push_back(interval ? geo::Value(interval->hi) : geo::Value());
}

}  // namespace

Rows permanence_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    if (!results.permanence) return rows;
    for (const auto& series : results.permanence->crops) {
        for (const auto& cell : series.cells) {
            const auto single = cell.possible.single();
            const long unknown = static_cast<long>(std::ranges::count(cell.years, regions::Presence::unknown));
            rows.push_back(
                {regions::permanence_cell_id(results.permanence->cell, cell.column, cell.row),
                 single ? text(regions::name_of(*single)) : geo::Value(), cell.possible.text(),
                 text(regions::name_of(cell.crop)), whole(series.window.from_year), whole(series.window.to_year),
                 letters(cell.years), whole(unknown), text(regions::name_of(cell.likely)), cell.likely_chance,
                 main_region(cell, results), square_kilometres(cell.land),
                 cell.last_seen_year == 0 ? geo::Value() : whole(cell.last_seen_year), real(cell.crop_area),
                 real(cell.density), cell.density ? text(regions::density_class(*cell.density)) : geo::Value(),
                 cell.credible.text()});
            append_limits(rows.back(), cell.crop_interval);
            append(rows.back(), cell.crop_sampled);
            rows.back().push_back(text(cell.note));
        }
    }
    return rows;
}

Rows permanence_regions_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const auto& r : results.permanence_regions) {
        rows.push_back({text(r.region_id), text(r.region_name), text(regions::name_of(r.crop)),
                        whole(r.window.from_year), whole(r.window.to_year), text(regions::name_of(r.permanence)),
                        real(r.share_lo), real(r.share_hi), whole(r.cells), whole(r.cells_possible),
                        whole(r.likely_cells), square_kilometres(r.land), square_kilometres(r.land_possible),
                        text(r.note)});
    }
    return rows;
}

Rows area_adjusted_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const auto& r : results.area_adjusted) {
        const bool known = r.final_area.has_value();
        const auto step = [&](std::int64_t square_metres) {
            return known ? geo::Value(regions::hectares_of(square_metres).value()) : geo::Value();
        };
        rows.push_back({text(r.unit.id),
                        text(r.unit.name),
                        text(regions::name_of(r.unit.level)),
                        whole(r.year),
                        text(regions::name_of(r.crop)),
                        whole(r.plots),
                        real(r.raw),
                        real(r.date_adjusted),
                        real(r.gap_adjusted),
                        real(r.control_adjusted),
                        real(r.final_area),
                        real(r.final_lo),
                        real(r.final_hi),
                        r.observed_share,
                        step(r.ledger.date_m2),
                        step(r.ledger.gap_m2),
                        step(-r.ledger.control_m2),
                        real(r.growth_rate),
                        real(r.gap_ratio),
                        r.undated.value(),
                        real(r.own_sd),
                        r.shared_sd.value(),
                        real(r.sampled),
                        real(r.sampled_lo),
                        real(r.sampled_hi),
                        text(r.note)});
    }
    return rows;
}

Rows area_zones_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const auto& r : results.area_zones) {
        rows.push_back({text(r.region_id), whole(r.year), text(regions::name_of(r.crop)), text(r.zones), whole(r.plots),
                        r.area.value()});
        append_limits(rows.back(), r.interval);
        append(rows.back(), r.sampled);
        rows.back().push_back(text(r.note));
    }
    return rows;
}

Rows plot_parts_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const auto& r : results.plot_parts) {
        rows.push_back({text(r.plot_id), whole(r.year), text(regions::name_of(r.crop)), text(r.region_id),
                        text(r.zones), r.area.value()});
        std::optional<regions::AreaInterval> interval;
        if (r.error.own) {
            interval = regions::interval_of(
                {r.area, geo::SquareMetres(std::hypot(r.error.own->value(), r.error.shared.value()))});
        }
        const auto limit = [&](geo::Hectares regions::AreaInterval::*end) {
            return interval ? geo::Value(geo::to_square_metres((*interval).*end).value()) : geo::Value();
        };
        rows.back().insert(rows.back().end(), {limit(&regions::AreaInterval::lo), limit(&regions::AreaInterval::hi)});
    }
    return rows;
}

Rows holdings_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const auto& r : results.holdings) {
        rows.push_back({text(r.region_id), whole(r.year), text(regions::name_of(r.crop)), r.from.value(), real(r.to),
                        whole(r.holdings), r.area.value(), r.holdings_share, r.area_share, whole(r.unnamed)});
        append_limits(rows.back(), r.interval);
        append(rows.back(), r.sampled);
        rows.back().push_back(text(r.note));
    }
    return rows;
}

Rows eradication_check_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const auto& r : results.eradication_check.events) {
        rows.push_back({text(r.event_id), real(r.reported), real(r.mapped), real(r.overlap), text(r.note), r.date,
                        text(regions::name_of(r.kind)), text(r.region_id), text(name_of(r.verified)), real(r.counted),
                        real(r.outline), real(r.crop_before), real(r.unseen), whole(r.year_before), whole(r.year_after),
                        text(r.shared_with), real(r.revisited), real(r.replanted)});
        for (const auto* interval : {&r.mapped_interval, &r.counted_interval, &r.crop_before_interval,
                                     &r.revisited_interval, &r.replanted_interval})
            append_limits(rows.back(), *interval);
        append(rows.back(), r.counted_sampled);
        append(rows.back(), r.replanted_sampled);
        rows.back().push_back(text(r.interval_note));
    }
    return rows;
}

Rows replanting_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const auto& r : results.eradication_check.replanting) {
        rows.push_back({text(r.region_id), text(regions::name_of(r.crop)), r.removed.value(), r.revisited.value(),
                        r.replanted.value(), real(r.persistence_rate), real(r.relocated), real(r.relocation_rate)});
        Row& row = rows.back();
        for (const auto* interval : {&r.removed_interval, &r.revisited_interval, &r.replanted_interval})
            append_limits(row, *interval);
        append_limits(row, r.persistence_interval);
        append_limits(row, r.relocated_interval);
        append_limits(row, r.relocation_interval);
        append(row, r.removed_sampled);
        append(row, r.replanted_sampled);
        row.push_back(text(r.note));
    }
    return rows;
}

Rows plot_area_then_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const auto& then : results.plot_area_then) {
        for (const auto& r : then.rows) {
            rows.push_back({text(r.region_id), text(r.region_name), whole(r.year), text(regions::name_of(r.crop)),
                            whole(r.plots), real(r.area), real(r.area_lo), real(r.area_hi), r.observed_share,
                            whole(then.until), text(r.note)});
            append(rows.back(), r.sampled);
        }
    }
    return rows;
}

Rows region_crosswalk_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const auto& r : results.region_crosswalk) {
        rows.push_back(
            {whole(r.until), text(r.from_id), text(r.to_id), r.area.value(), r.area_weight, real(r.household_weight)});
    }
    return rows;
}

}  // namespace vereda::report
