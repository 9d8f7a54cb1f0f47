#include "report/displacement_tables.hpp"

#include <array>

namespace vereda::report {

using geo::FieldType;
using geo::operator""_msg;

namespace {

constexpr int hectare_decimals = 4;  // 1 m²
constexpr int share_decimals = 6;
constexpr int metre_decimals = 0;

constexpr Column crop{"crop", FieldType::text, "", "column.crop"_msg};
constexpr Column from_year{"from_year", FieldType::integer, "", "column.flow_from_year"_msg};
constexpr Column to_year{"to_year", FieldType::integer, "", "column.flow_to_year"_msg};
constexpr Column note{"note", FieldType::text, "", "column.displacement_note"_msg};

constexpr Column hectares(std::string_view name, geo::MessageId about) {
    return {name, FieldType::real, "ha", about, hectare_decimals};
}
constexpr Column share(std::string_view name, geo::MessageId about) {
    return {name, FieldType::real, "1", about, share_decimals};
}

constexpr std::array displacement_columns{
    Column{"estimator", FieldType::text, "", "column.estimator"_msg},
    Column{"belt_m", FieldType::real, "m", "column.belt_m"_msg, metre_decimals},
    share("estimate", "column.displacement_estimate"_msg),
    share("lo", "column.displacement_lo"_msg),
    share("hi", "column.displacement_hi"_msg),
    share("p_value", "column.p_value"_msg),
    Column{"n", FieldType::integer, "", "column.displacement_n"_msg},
    note,
};

constexpr std::array adding_up_columns{
    Column{"from_year", FieldType::integer, "", "column.adding_from_year"_msg},
    Column{"to_year", FieldType::integer, "", "column.adding_to_year"_msg},
    Column{"place", FieldType::text, "", "column.adding_place"_msg},
    hectares("before_ha", "column.adding_before"_msg),
    hectares("after_ha", "column.adding_after"_msg),
    hectares("change_ha", "column.adding_change"_msg),
    hectares("removed_ha", "column.adding_removed"_msg),
    Column{"units", FieldType::integer, "", "column.adding_units"_msg},
    Column{"unseen_units", FieldType::integer, "", "column.adding_unseen"_msg},
};

constexpr std::array flows_columns{
    Column{"origin_id", FieldType::text, "", "column.flow_origin"_msg, shortest_round_trip, Privacy::personal},
    Column{"destination_id", FieldType::text, "", "column.flow_destination"_msg, shortest_round_trip,
           Privacy::personal},
    from_year,
    to_year,
    hectares("area_ha", "column.flow_area"_msg),
    hectares("area_lo_ha", "column.flow_area_lo"_msg),
    hectares("area_hi_ha", "column.flow_area_hi"_msg),
    Column{"distance_m", FieldType::real, "m", "column.flow_distance"_msg, metre_decimals},
    crop,
    note,
};

constexpr std::array flow_balance_columns{
    Column{"from_year", FieldType::integer, "", "column.adding_from_year"_msg},
    Column{"to_year", FieldType::integer, "", "column.adding_to_year"_msg},
    crop,
    hectares("lost_ha", "column.flow_lost"_msg),
    hectares("lost_unmatched_ha", "column.flow_lost_unmatched"_msg),
    hectares("gained_ha", "column.flow_gained"_msg),
    hectares("gained_unmatched_ha", "column.flow_gained_unmatched"_msg),
    note,
};

}  // namespace

const TableDeclaration displacement_table{"displacement", "table.displacement"_msg, "table.displacement.about"_msg,
                                          Audience::internal_only, displacement_columns};
const TableDeclaration adding_up_table{"adding_up", "table.adding_up"_msg, "table.adding_up.about"_msg,
                                       Audience::internal_only, adding_up_columns};
const TableDeclaration flows_table{"flows", "table.flows"_msg, "table.flows.about"_msg, Audience::internal_only,
                                   flows_columns};
const TableDeclaration flow_balance_table{"flow_balance", "table.flow_balance"_msg, "table.flow_balance.about"_msg,
                                          Audience::internal_only, flow_balance_columns};

Rows displacement_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    if (!results.displacement) return rows;
    for (const auto& r : results.displacement->result.looks)
        rows.push_back({text(r.estimator), r.belt_m, real(r.estimate), real(r.lo), real(r.hi), real(r.p_value),
                        whole(r.n), text(r.note)});
    return rows;
}

Rows adding_up_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    if (!results.displacement) return rows;
    for (const auto& r : results.displacement->result.adding_up)
        rows.push_back({whole(r.from_year), whole(r.to_year), text(regions::name_of(r.place)), r.before_ha, r.after_ha,
                        r.after_ha - r.before_ha, r.removed_ha, whole(r.units), whole(r.unseen_units)});
    return rows;
}

Rows flows_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    if (!results.displacement) return rows;
    const auto crop_name = text(regions::name_of(results.displacement->crop));
    for (const auto& r : results.displacement->flows.flows)
        rows.push_back({text(r.origin_id), text(r.destination_id), whole(r.from_year), whole(r.to_year), r.area_ha,
                        r.area_lo_ha, r.area_hi_ha, r.distance_m, crop_name, text(regions::kFlowNote)});
    return rows;
}

Rows flow_balance_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    if (!results.displacement) return rows;
    const auto crop_name = text(regions::name_of(results.displacement->crop));
    for (const auto& r : results.displacement->flows.balance)
        rows.push_back({whole(r.from_year), whole(r.to_year), crop_name, r.lost_ha, r.lost_unmatched_ha, r.gained_ha,
                        r.gained_unmatched_ha, text(regions::kFlowNote)});
    return rows;
}

}  // namespace vereda::report
