#include "report/loss_tables.hpp"

#include <array>

namespace vereda::report {

using geo::FieldType;
using geo::operator""_msg;

namespace {

constexpr int hectare_decimals = 4;  // 1 m²
constexpr int tonne_decimals = 1;

constexpr Column year{"year", FieldType::integer, "", "column.year"_msg};
constexpr Column mechanism{"mechanism", FieldType::text, "", "column.mechanism"_msg};

constexpr Column hectares(std::string_view name, geo::MessageId about) {
    return {name, FieldType::real, "ha", about, hectare_decimals};
}
constexpr Column tonnes(std::string_view name, geo::MessageId about) {
    return {name, FieldType::real, "t", about, tonne_decimals};
}

constexpr Column biomass{"biomass_t_ha", FieldType::real, "t/ha", "column.loss_biomass"_msg, tonne_decimals};
constexpr Column carbon = tonnes("carbon_t", "column.loss_carbon"_msg);
constexpr Column carbon_lo = tonnes("carbon_lo_t", "column.loss_carbon_lo"_msg);
constexpr Column carbon_hi = tonnes("carbon_hi_t", "column.loss_carbon_hi"_msg);

constexpr std::array loss_columns{
    Column{"region_id", FieldType::text, "", "column.region_id"_msg},
    year,
    mechanism,
    hectares("area_ha", "column.loss_area"_msg),
    hectares("displaced_lo_ha", "column.displaced_lo"_msg),
    hectares("displaced_hi_ha", "column.displaced_hi"_msg),
    biomass,
    carbon,
    carbon_lo,
    carbon_hi,
};

constexpr std::array loss_range_columns{
    mechanism,
    hectares("area_ha", "column.loss_area"_msg),
    hectares("lo_ha", "column.loss_range_lo"_msg),
    hectares("hi_ha", "column.loss_range_hi"_msg),
    Column{"lo_choice", FieldType::text, "", "column.loss_lo_choice"_msg},
    Column{"hi_choice", FieldType::text, "", "column.loss_hi_choice"_msg},
};

constexpr std::array loss_destinations_columns{
    Column{"zone_kind", FieldType::text, "", "column.loss_zone_kind"_msg},
    year,
    mechanism,
    hectares("area_ha", "column.loss_area"_msg),
    biomass,
    carbon,
    carbon_lo,
    carbon_hi,
};

constexpr std::array crop_destinations_columns{
    Column{"destination", FieldType::text, "", "column.crop_destination"_msg},
    year,
    hectares("new_crop_ha", "column.crop_destination_area"_msg),
    hectares("forest_ha", "column.crop_destination_forest"_msg),
    biomass,
    carbon,
    carbon_lo,
    carbon_hi,
};

void add_carbon(geo::Hectares area, std::optional<double> biomass_t_ha, Row& row) {
    constexpr regions::CarbonFraction fraction;
    row.push_back(real(biomass_t_ha));
    for (const double share : {fraction.mean, fraction.lo, fraction.hi})
        row.push_back(biomass_t_ha ? geo::Value(area.value() * *biomass_t_ha * share) : geo::Value());
}

}  // namespace

const TableDeclaration loss_table{"loss", "table.loss.title"_msg, "table.loss.about"_msg, Audience::public_safe,
                                  loss_columns};
const TableDeclaration loss_range_table{"loss_range", "table.loss_range.title"_msg, "table.loss_range.about"_msg,
                                        Audience::internal_only, loss_range_columns};
const TableDeclaration loss_destinations_table{"loss_destinations", "table.loss_destinations.title"_msg,
                                               "table.loss_destinations.about"_msg, Audience::internal_only,
                                               loss_destinations_columns};

const TableDeclaration crop_destinations_table{"crop_destinations", "table.crop_destinations.title"_msg,
                                               "table.crop_destinations.about"_msg, Audience::internal_only,
                                               crop_destinations_columns};

Rows loss_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const regions::LossRow& r : results.loss) {
        Row row{text(r.region_id), whole(r.year),        text(r.mechanism),
                r.area.value(),    real(r.displaced_lo), real(r.displaced_hi)};
        add_carbon(r.area, r.biomass_t_ha, row);
        rows.push_back(std::move(row));
    }
    return rows;
}

Rows loss_range_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const regions::LossRange& r : results.loss_range)
        rows.push_back(
            {text(r.mechanism), r.area.value(), r.lo.value(), r.hi.value(), text(r.lo_choice), text(r.hi_choice)});
    return rows;
}

Rows loss_destinations_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const regions::LossRow& r : results.loss_destinations) {
        Row row{text(r.region_id), whole(r.year), text(r.mechanism), r.area.value()};
        add_carbon(r.area, r.biomass_t_ha, row);
        rows.push_back(std::move(row));
    }
    return rows;
}

Rows crop_destinations_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const regions::CropDestinationRow& r : results.crop_destinations) {
        Row row{text(r.destination), whole(r.year), r.area.value(), real(r.forest)};
        add_carbon(r.forest.value_or(geo::Hectares(0)), r.biomass_t_ha, row);
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace vereda::report
