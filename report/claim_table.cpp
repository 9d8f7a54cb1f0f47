#include "report/claim_table.hpp"

#include <array>

#include "report/table_cells.hpp"

namespace vereda::report {

using namespace geo;

namespace {

constexpr int hectare_decimals = 4;

constexpr Column hectares(const char* name, MessageId about) {
    return {name, FieldType::real, "ha", about, hectare_decimals};
}

constexpr Column share(const char* name, MessageId about) {
    return {name, FieldType::real, "1", about, hectare_decimals};
}

constexpr std::array columns{
    Column{"entry", FieldType::integer, "", "column.claim_entry"_msg, shortest_round_trip, Privacy::personal},
    Column{"date", FieldType::date, "", "field.event_date"_msg},
    Column{"verdict", FieldType::text, "", "column.claim_verdict"_msg},
    hectares("claimed_ha", "column.claimed_ha"_msg),
    hectares("claimed_ha_lo", "column.claim_lo"_msg),
    hectares("claimed_ha_hi", "column.claim_hi"_msg),
    hectares("mapped_ha", "column.claim_mapped"_msg),
    hectares("mapped_ha_lo", "column.claim_lo"_msg),
    hectares("mapped_ha_hi", "column.claim_hi"_msg),
    share("detection_power", "column.detection_power"_msg),
    hectares("disputed_ha", "column.disputed_ha"_msg),
    hectares("disputed_ha_lo", "column.claim_lo"_msg),
    hectares("disputed_ha_hi", "column.claim_hi"_msg),
    hectares("crop_before_ha", "column.crop_before_ha"_msg),
    hectares("unseen_ha", "column.claim_unseen"_msg),
    Column{"year_before", FieldType::integer, "", "column.year_before"_msg},
    Column{"year_after", FieldType::integer, "", "column.year_after"_msg},
    hectares("back_year1_ha", "column.claim_back1"_msg),
    hectares("back_year2_ha", "column.claim_back2"_msg),
    hectares("back_year3_ha", "column.claim_back3"_msg),
    hectares("regrown_ha", "column.claim_regrown"_msg),
    hectares("replanted_ha", "column.claim_replanted"_msg),
    Column{"followed_until", FieldType::date, "", "column.followed_until"_msg},
    hectares("near_new_ha", "column.near_new"_msg),
    hectares("near_expected_ha", "column.near_expected"_msg),
    hectares("displaced_near_ha", "column.displaced_near"_msg),
    hectares("displaced_near_ha_lo", "column.claim_lo"_msg),
    hectares("displaced_near_ha_hi", "column.claim_hi"_msg),
    Column{"near_km", FieldType::real, "km", "column.near_km"_msg},
    share("users_accuracy", "column.claim_users"_msg),
    share("producers_accuracy", "column.claim_producers"_msg),
    Column{"note", FieldType::text, "", "column.claim_note"_msg},
};

void add(Row& row, const std::optional<regions::HectareInterval>& interval) {
    for (const auto end :
         {&regions::HectareInterval::value, &regions::HectareInterval::lo, &regions::HectareInterval::hi})
        row.push_back(interval ? Value(((*interval).*end).value()) : Value());
}

}  // namespace

const TableDeclaration claim_table{"claims", "table.claims.title"_msg, "table.claims.about"_msg,
                                   Audience::internal_only, columns};

Table claim_rows(std::span<const regions::ClaimRow> rows, const regions::ClaimOptions& options) {
    Table table{&claim_table, {}};
    for (const regions::ClaimRow& claim : rows) {
        Row row{Value(std::int64_t{std::stoll(claim.id)}), claim.date, text(regions::name_of(claim.verdict))};
        add(row, claim.claimed);
        add(row, claim.mapped);
        row.push_back(real(claim.power));
        add(row, claim.disputed);
        for (const auto& area : {claim.crop_before, claim.unseen})
            row.push_back(real(area));
        row.push_back(whole(claim.year_before));
        row.push_back(whole(claim.year_after));
        for (const auto& area : claim.back)
            row.push_back(real(area));
        for (const auto& area : {claim.regrown, claim.replanted})
            row.push_back(real(area));
        row.push_back(day(claim.followed_until));
        for (const auto& area : {claim.near_new, claim.near_expected})
            row.push_back(real(area));
        add(row, claim.near_excess);
        row.emplace_back(options.belt.value() / 1000);
        row.push_back(real(claim.users_accuracy));
        row.push_back(real(claim.producers_accuracy));
        row.push_back(text(claim.note));
        table.rows.push_back(std::move(row));
    }
    return table;
}

}  // namespace vereda::report
