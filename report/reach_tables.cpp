#include <array>

#include "report/table_declarations.hpp"
#include "report/table_rows.hpp"

namespace vereda::report {

using geo::FieldType;
using geo::operator""_msg;

namespace {

constexpr int share_decimals = 6;
constexpr int family_decimals = 1;
constexpr int hectare_decimals = 4;

constexpr Column region_id{"region_id", FieldType::text, "", "column.region_id"_msg};

constexpr Column count(std::string_view name, geo::MessageId about) {
    return {name, FieldType::integer, "", about};
}
constexpr Column share(std::string_view name, geo::MessageId about) {
    return {name, FieldType::real, "1", about, share_decimals};
}
constexpr Column personal(std::string_view name, geo::MessageId about) {
    return {name, FieldType::text, "", about, shortest_round_trip, Privacy::personal};
}

constexpr std::array coverage_columns{
    region_id,
    Column{"period", FieldType::text, "", "column.period"_msg},
    Column{"group", FieldType::text, "", "column.group"_msg},
    Column{"sex", FieldType::text, "", "column.sex"_msg},
    Column{"ethnicity", FieldType::text, "", "column.ethnicity"_msg},
    Column{"component", FieldType::text, "", "column.component"_msg},
    count("registered", "column.registered"_msg),
    count("promised", "column.promised"_msg),
    count("delivered", "column.delivered"_msg),
    share("delivered_share", "column.delivered_share"_msg),
    count("confirmed", "column.confirmed"_msg),
    count("disputed", "column.disputed"_msg),
    Column{"growers_estimated", FieldType::real, "", "column.growers_estimated"_msg, family_decimals},
    Column{"growers_estimated_lo", FieldType::real, "", "column.growers_estimated_lo"_msg, family_decimals},
    Column{"growers_estimated_hi", FieldType::real, "", "column.growers_estimated_hi"_msg, family_decimals},
    share("delivered_share_of_growers", "column.delivered_share_of_growers"_msg),
    share("delivered_share_of_growers_lo", "column.delivered_share_of_growers_lo"_msg),
    share("delivered_share_of_growers_hi", "column.delivered_share_of_growers_hi"_msg),
};

constexpr std::array register_duplicates_columns{
    personal("household_a", "column.duplicate_a"_msg),
    personal("household_b", "column.duplicate_b"_msg),
    Column{"score", FieldType::real, "1", "column.duplicate_score"_msg, 3},
    Column{"name_similarity", FieldType::real, "1", "column.name_similarity"_msg, 3},
    personal("name_a", "column.duplicate_name"_msg),
    personal("name_b", "column.duplicate_name"_msg),
    Column{"region_a", FieldType::text, "", "column.region_id"_msg},
    Column{"region_b", FieldType::text, "", "column.region_id"_msg},
    Column{"signs", FieldType::text, "", "column.duplicate_signs"_msg},
};

constexpr std::array travel_times_columns{
    Column{"subject", FieldType::text, "", "column.travel_subject"_msg},
    personal("id", "column.travel_id"_msg),
    region_id,
    Column{"kind", FieldType::text, "", "column.place_kind"_msg},
    Column{"minutes", FieldType::real, "min", "column.travel_minutes"_msg, 1},
};

constexpr std::array reach_columns{
    Column{"kind", FieldType::text, "", "column.place_kind"_msg},
    Column{"unit", FieldType::text, "", "column.access_unit"_msg},
    Column{"from", FieldType::real, "", "column.band_from"_msg},
    Column{"to", FieldType::real, "", "column.band_to"_msg},
    count("registered", "column.registered"_msg),
    count("promised", "column.promised"_msg),
    count("delivered", "column.delivered"_msg),
    count("confirmed", "column.confirmed"_msg),
    share("delivered_share", "column.delivered_share"_msg),
    Column{"crop_ha", FieldType::real, "ha", "column.band_crop"_msg, hectare_decimals},
    Column{"crop_reached_ha", FieldType::real, "ha", "column.band_crop_reached"_msg, hectare_decimals},
};

constexpr std::array catchments_columns{
    Column{"kind", FieldType::text, "", "column.place_kind"_msg},
    Column{"place", FieldType::text, "", "column.catchment_place"_msg},
    Column{"capacity", FieldType::real, "", "column.capacity"_msg},
    count("families", "column.catchment_families"_msg),
    Column{"people", FieldType::real, "", "column.catchment_people"_msg},
    Column{"nearest_people", FieldType::real, "", "column.nearest_people"_msg},
    Column{"farthest", FieldType::real, "", "column.farthest"_msg, 3},
    Column{"unit", FieldType::text, "", "column.access_unit"_msg},
};

constexpr std::array income_bridge_columns{
    personal("household_id", "column.household_id"_msg),
    region_id,
    Column{"group", FieldType::text, "", "column.group"_msg},
    Column{"state", FieldType::text, "", "column.bridge_state"_msg},
    Column{"crop_income_end", FieldType::text, "", "column.crop_income_end"_msg},
    Column{"first_licit_income", FieldType::text, "", "column.first_licit_income"_msg},
    Column{"months", FieldType::integer, "months", "column.bridge_months"_msg},
    Column{"months_with_transfer", FieldType::integer, "months", "column.months_with_transfer"_msg},
    Column{"months_without_any", FieldType::integer, "months", "column.months_without_any"_msg},
    Column{"last_observed", FieldType::text, "", "column.last_observed"_msg},
};

constexpr std::array aid_conflicts_columns{
    region_id,
    Column{"quarter", FieldType::text, "", "column.quarter"_msg},
    Column{"aid_owner", FieldType::text, "", "column.aid_owner"_msg},
    Column{"eradication_owner", FieldType::text, "", "column.eradication_owner"_msg},
    Column{"aid_programmes", FieldType::text, "", "column.aid_programmes"_msg},
    count("promised", "column.quarter_promised"_msg),
    count("delivered", "column.quarter_delivered"_msg),
    Column{"eradication_kind", FieldType::text, "", "column.event_kind"_msg},
    count("events", "column.events"_msg),
    Column{"reported_ha", FieldType::real, "ha", "column.reported_ha"_msg, hectare_decimals},
};

std::string joined(const std::vector<std::string>& words) {
    std::string all;
    for (const std::string& word : words)
        all += (all.empty() ? "" : ";") + word;
    return all;
}

Row coverage_row(const livelihoods::CoverageRow& r) {
    return {text(r.region_id),
            text(r.period),
            text(r.group),
            text(r.sex),
            text(r.ethnicity),
            text(r.component),
            whole(r.registered),
            whole(r.promised),
            whole(r.delivered),
            real(r.delivered_share),
            whole(r.confirmed),
            whole(r.disputed),
            real(r.growers_estimated),
            real(r.growers_estimated_lo),
            real(r.growers_estimated_hi),
            real(r.delivered_share_of_growers),
            real(r.delivered_share_of_growers_lo),
            real(r.delivered_share_of_growers_hi)};
}

}  // namespace

const TableDeclaration coverage_table{"coverage", "table.coverage.title"_msg, "table.coverage.about"_msg,
                                      Audience::public_safe, coverage_columns};
const TableDeclaration register_duplicates_table{"register_duplicates", "table.register_duplicates.title"_msg,
                                                 "table.register_duplicates.about"_msg, Audience::internal_only,
                                                 register_duplicates_columns};
const TableDeclaration travel_times_table{"travel_times", "table.travel_times.title"_msg,
                                          "table.travel_times.about"_msg, Audience::internal_only,
                                          travel_times_columns};
const TableDeclaration reach_table{"reach", "table.reach.title"_msg, "table.reach.about"_msg, Audience::internal_only,
                                   reach_columns};
const TableDeclaration catchments_table{"catchments", "table.catchments.title"_msg, "table.catchments.about"_msg,
                                        Audience::internal_only, catchments_columns};
const TableDeclaration income_bridge_table{"income_bridge", "table.income_bridge.title"_msg,
                                           "table.income_bridge.about"_msg, Audience::internal_only,
                                           income_bridge_columns};
const TableDeclaration aid_conflicts_table{"aid_conflicts", "table.aid_conflicts.title"_msg,
                                           "table.aid_conflicts.about"_msg, Audience::internal_only,
                                           aid_conflicts_columns};

Rows coverage_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    rows.reserve(results.coverage.size());
    for (const auto& row : results.coverage)
        rows.push_back(coverage_row(row));
    return rows;
}

Table coverage_made_by_row(const RunResults& results) {
    return {&coverage_table,
            {},
            [&rows = results.coverage](std::size_t i) { return coverage_row(rows[i]); },
            results.coverage.size()};
}

Rows register_duplicates_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const auto& r : results.register_duplicates) {
        rows.push_back({text(r.household_a), text(r.household_b), r.score, real(r.name_similarity), text(r.name_a),
                        text(r.name_b), text(r.region_a), text(r.region_b), text(joined(r.signs))});
    }
    return rows;
}

Rows travel_times_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const TravelTimeRow& r : results.travel_times)
        rows.push_back({text(r.subject), text(r.id), text(r.region_id), text(r.kind), real(r.minutes)});
    return rows;
}

Rows reach_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const auto& r : results.reach) {
        rows.push_back({text(r.kind), text(r.unit), real(r.from), real(r.to), whole(r.registered), whole(r.promised),
                        whole(r.delivered), whole(r.confirmed), real(r.delivered_share), r.crop.value(),
                        r.crop_reached.value()});
    }
    return rows;
}

Rows catchments_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const auto& r : results.catchments) {
        rows.push_back({text(r.kind), text(r.place), real(r.capacity), whole(r.families), r.people, r.nearest_people,
                        real(r.farthest), text(r.unit)});
    }
    return rows;
}

Rows income_bridge_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const auto& r : results.income_bridge) {
        rows.push_back({text(r.household_id), text(r.region_id), text(livelihoods::name_of(r.group)),
                        text(livelihoods::name_of(r.state)), month(r.crop_income_end), month(r.first_licit_income),
                        whole(r.months), whole(r.months_with_transfer), whole(r.months_without_any),
                        month(r.last_observed)});
    }
    return rows;
}

Rows aid_conflicts_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const auto& r : results.aid_conflicts) {
        rows.push_back({text(r.region_id), text(r.quarter), text(r.aid_owner), text(r.eradication_owner),
                        text(r.aid_programmes), whole(r.promised), whole(r.delivered), text(r.eradication_kind),
                        whole(r.events), real(r.reported)});
    }
    return rows;
}

}  // namespace vereda::report
