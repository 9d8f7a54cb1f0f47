#include "app/input_tables.hpp"

#include <algorithm>

#include "geo/error.hpp"

namespace vereda::app {

using namespace geo;

namespace {

constexpr std::string_view yes_no = "yes, no, unknown";
constexpr std::string_view date = "YYYY-MM-DD";

std::vector<InputTable> land_tables() {
    return {
        {"regions",
         {{"id", true, "", "unique id; text, so that leading zeros stay"},
          {"name", true, "", "name shown in the report"},
          {"parent", false, "", "larger unit that the region belongs to, such as its municipality"},
          {"households_total", false, "families", "families living in the region, registered or not"},
          {"area_official_ha", false, "ha", "official area; the analysis measures its own"}},
         "polygons"},
        {"zones",
         {{"kind", false, "park, indigenous, collective, prohibited, registered, traditional, buffer, abroad",
           "kind of zone; the study file states it for the whole layer"},
          {"name", false, "", "name of the zone"},
          {"exception_of", false, "", "name of the zone inside which this one is an exception"},
          {"valid_from", false, date, "first day on which the zone is in force"},
          {"valid_to", false, date, "last day on which the zone is in force"}},
         "polygons"},
        {"plots",
         {{"plot_id", true, "", "unique within a survey"},
          {"year", false, "",
           "year of the survey; rows of other years are left out. Required where surveys share a file that where does "
           "not divide"},
          {"crop", false, "coca, poppy", "crop of the plot; rows of another crop are left out. Required as year is"},
          {"household_id", false, "", "family that works the plot (personal)"},
          {"area_declared_m2", false, "m²", "area as stated or registered; gives a point its size"},
          {"image_date", false, date, "day of the image or of the measurement"},
          {"post_harvest_date", false, date, "annual crops: day of the image after the harvest, beside image_date"},
          {"confidence", false, "0-1", "how sure the interpreter is"},
          {"position_error_m", false, "m",
           "standard deviation of each coordinate of a vertex; without it the plot has no error of area and no "
           "small-plot verdict"},
          {"measured_by", false, "gnss_walk, corners, tape, vhr, medium_resolution",
           "how the outline was measured; tape measures along the ground, the others the map; medium_resolution is "
           "imagery coarser than 2 m"},
          {"correlation_m", false, "m",
           "registered plots: how far along the walk position errors stay alike; 0 for points measured apart"},
          {"slope_deg", false, "degrees",
           "registered plots: mean slope, for rules that count the surface and plots measured by tape"},
          {"parcel_id", false, "", "registered plots: parcel of land that the plot lies on"},
          {"replaces", false, "", "registered plots: plot lost to a flood that this one takes the place of"}},
         "polygons, or points with area_declared_m2"},
        {"observed",
         {{"year", false, "", "year of which the land was seen; rows of other years are left out"},
          {"image_date", false, date, "day of the image that saw this land; dates the plots in it"}},
         "polygons"},
        {"eradication",
         {{"event_id", true, "", "unique id of the event"},
          {"date", true, date, "day of the event"},
          {"kind", true, "aerial, manual_forced, conditioned, voluntary, community, unknown, pruned_or_renewed",
           "how the crop was removed; conditioned is \"sign or be eradicated\"; pruned_or_renewed is no removal"},
          {"area_ha", false, "ha", "area as reported"},
          {"area_sd_ha", false, "ha", "standard deviation of the reported area"},
          {"agency", false, "", "who carried it out"},
          {"verified", false, yes_no, "whether somebody independent confirmed it"},
          {"region_id", false, "", "region, where the geometry does not tell it"},
          {"household_id", false, "", "family whose crop it was, where one is named (personal)"}},
         "polygons, points or lines"},
        {"driver_accuracy",
         {{"cause", true, "",
           "true cause of loss: the class that is right for it, or crop for loss that made way for crop"},
          {"mapped", true, "", "class that the map of drivers shows"},
          {"share", false, "",
           "how much of the cause's loss is shown so, of any land: a share, an area or a number of points; or the "
           "next"},
          {"points", false, "",
           "number of points of one random sample of this study's own loss; tells small causes far better"}}},
        {"panel",
         {{"cell_id", true, "", "unit: a grid cell, a neighbourhood, a municipality"},
          {"x", true, "m", "east of the unit's centre, in the study's CRS"},
          {"y", true, "m", "north of the unit's centre"},
          {"region_id", true, "", "region that the unit belongs to; the bootstrap draws regions"},
          {"year", true, "", "year; a row that does not exist is a year not observed"},
          {"crop", false, "coca, poppy", "crop of the area"},
          {"crop_ha", true, "ha", "crop on the last day of the year; an empty cell is not observed, never zero"},
          {"forest_ha", false, "ha", "forest that stands"},
          {"price", false, "currency", "price at the farm"},
          {"access_min", false, "min", "travel time to a market"},
          {"protected", false, "1, 0", "whether the unit lies in a park"},
          {"indigenous", false, "1, 0", "whether it lies on indigenous or collective land"},
          {"abroad", false, "1, 0", "whether it lies across a border"}},
         {}},
        {"reference_sample",
         {{"stratum", true, "", "stratum that the unit was drawn in; the map's class where no column map is named"},
          {"reference", true, "", "what the reference says: one row per sample unit"},
          {"map", false, "", "what the map says, where strata are not the map's classes"}},
         {}},
        {"error_matrix",
         {{"map", true, "",
           "class of the map; every other column is a class of the reference and holds counts of units"}},
         {}},
        {"stratum_areas",
         {{"stratum", true, "", "stratum of the sample"},
          {"area", true, "any one unit", "its area; results are ratios, so hectares and cells serve alike"}},
         {}},
        {"places",
         {{"kind", false, "market, clinic, school, bank, road, river", "what stands or runs there"},
          {"name", false, "", "name of the place"},
          {"capacity", false, "", "what it can serve"},
          {"open_months", false, "", "months in which it is open"},
          {"speed_kmh", false, "km/h", "speed on a road or river"}},
         "points or lines"},
    };
}

std::vector<InputTable> register_tables() {
    return {
        {"households",
         {{"household_id", true, "",
           "unique id of the family (personal); a second row with the same id is left out with a warning"},
          {"region_id", true, "", "region where the family lives"},
          {"group", false, "grower, picker, non_grower, unknown", "relation to the crop"},
          {"registered_on", false, date,
           "day of registration. If any row gives a date or a number, rows with neither count as not registered"},
          {"registration_id", false, "", "number in the register; without a date: registered since always"},
          {"union", false, "", "union or association (personal)"},
          {"sex", false, "", "of the person registered, in your own words; each word is a group of its own"},
          {"ethnicity", false, "", "in your own words; each word is a group of its own"},
          {"birth_year", false, "1880-2100", "of the person registered"},
          {"members", false, "1-100", "people in the family"},
          {"agreement_date", false, date, "day on which the family signed"},
          {"land_title", false, "titled, possession, none, unknown", "title or recognised use right"},
          {"x", false, "lon or east", "of the home (personal); the study states its crs"},
          {"y", false, "lat or north", "of the home (personal)"},
          {"motive", false, "cash, coercion, tradition, other, unknown",
           "why the family grows; coercion counts as an unresolved threat"},
          {"name", false, "",
           "name of the person who signed (personal); read only to find people registered twice and shared surnames"},
          {"kin", false, "",
           "households that the register declares as relatives (personal): their ids, separated by blanks or "
           "semicolons"}},
         {}},
        {"programmes",
         {{"programme_id", true, "", "unique id"},
          {"agency", false, "", "who runs it"},
          {"name", false, "", "name"},
          {"kind", false, "alternative_development, substitution, services, eradication", "kind of programme"},
          {"announced_on", false, date, "day of the first public announcement"},
          {"starts_on", false, date, "first day"},
          {"ends_on", false, date, "last day"},
          {"requires_prior_eradication", false, yes_no,
           "whether families must remove crops before they receive anything"},
          {"budget", false, "currency", "whole budget"},
          {"currency", false, "", "of the budget, such as BOB"}},
         {}},
        {"deliveries",
         {{"household_id", false, "", "family that it is for; this or region_id"},
          {"region_id", false, "",
           "region whose every registered family it is for, such as a road; this or household_id"},
          {"programme_id", true, "", "programme that promised it"},
          {"component", true,
           "food, technical_assistance, garden, short_cycle, long_cycle, payment, road, water, school, clinic, credit, "
           "title, market_contract, other",
           "what was promised"},
          {"promised_on", true, date, "day of the promise; an empty cell counts as not promised"},
          {"delivered_on", false, date, "day of delivery; an empty cell counts as not delivered"},
          {"confirmation", false, "confirmed, disputed, payer_only",
           "confirmed by the family or union, disputed by it, or stated by the payer alone"},
          {"amount", false, "currency", "value of what was delivered"},
          {"currency", false, "", "of the amount"},
          {"quality", false, "0-1", "quality as rated by the receiver"},
          {"source", false, "", "where the row comes from"}},
         {}},
        {"incomes",
         {{"household_id", false, "", "family; this or region_id"},
          {"region_id", false, "", "region, for figures of no single family"},
          {"month", true, "YYYY-MM", "month of the income"},
          {"source", true, "crop, licit, transfer", "where the money came from"},
          {"net_income", false, "currency", "income less the cost of inputs; an empty cell leaves the month unknown"},
          {"currency", false, "",
           "of the income; only rows in the main currency of the table are used, with a warning"},
          {"verified", false, yes_no, "whether somebody checked it"}},
         {}},
    };
}

std::vector<InputTable> assessment_tables() {
    return {
        {"prices",
         {{"month", true, "YYYY-MM", "month of the price"},
          {"good", true, "", "what is priced; cpi deflates incomes, poverty_line is compared with them"},
          {"price", false, "currency per unit", "price, or the value of the index"},
          {"unit", false, "", "unit of the good, such as kg"},
          {"currency", false, "", "of the price"},
          {"region_id", false, "", "region; empty holds everywhere"}},
         {}},
        {"indicators",
         {{"region_id", true, "", "region"},
          {"indicator", true, "", "id in the readiness model or of a welfare indicator"},
          {"as_of", true, date, "day that the value speaks of"},
          {"value", false, "as unit says", "value; of several raters the median counts"},
          {"lo", false, "as unit says", "lower end of its interval"},
          {"hi", false, "as unit says", "upper end of its interval"},
          {"unit", false, "", "unit, which must be the one of the model: nothing is converted"},
          {"source", false, "", "who measured it"},
          {"rater", false, "", "one row per rater for expert scores"}},
         {}},
        {"evidence",
         {{"region_id", false, "", "region; this or household_id"},
          {"household_id", false, "", "family (personal); rows of single families decide no gate of a region"},
          {"gate", true, "", "id of the gate in the readiness model"},
          {"as_of", true, date, "day that the evidence speaks of"},
          {"value", false, "pass, fail, unknown", "what it says; empty is unknown, which never passes"},
          {"document", false, "", "title or number of the document"},
          {"valid_until", false, date, "last day on which it holds"}},
         {}},
        {"responsibilities",
         {{"region_id", false, "", "region; empty holds wherever no other row names the gate"},
          {"gate", true, "", "id of a gate or an indicator in the readiness model"},
          {"actor", true, "", "who owes it"},
          {"due_on", false, date, "day by which it is owed"}},
         {}},
        {"incidents",
         {{"date", true, date, "day of the incident"},
          {"kind", true, "homicide, massacre, threat, arrest, displacement_of_people, clash, other", "what happened"},
          {"region_id", false, "", "region; this, or x and y"},
          {"x", false, "lon or east", "place (personal); the study states its crs"},
          {"y", false, "lat or north", "place (personal)"},
          {"count", false, "", "people or cases; 1 where empty"},
          {"source", false, "", "who recorded it"}},
         {}},
        {"context",
         {{"region_id", true, "", "region"},
          {"year", true, "",
           "year that the figures speak of; every other numeric column is one figure, its unit in a second header "
           "row"}},
         {}},
        {"context_totals",
         {{"column", true, "", "column of the context table that was published as a sum"},
          {"year", true, "", "year of the total"},
          {"total", true, "unit of the column", "what the publication says all regions hold together"},
          {"source", false, "", "who published it"},
          {"change_percent", false, "%",
           "change against the year before as published; it is derived again from the totals of the same source"}},
         {}},
        {"sanctions",
         {{"household_id", false, "", "family (personal); this or union"},
          {"union", false, "", "union; this or household_id"},
          {"date", true, date, "day of the sanction"},
          {"kind", false, "",
           "what it was for: confirmed_excess is an excess that two independent measurements confirmed; excess counts "
           "only with measurements of 2 or more; anything else is no step of a ladder"},
          {"pack", false, "", "rule pack that it rests on; empty: whichever the study asks"},
          {"clause", false, "", "clause of the pack"},
          {"measurements", false, "", "independent measurements that found the excess"}},
         {}},
    };
}

}  // namespace

std::span<const InputTable> input_tables() {
    static const std::vector<InputTable> tables = [] {
        std::vector<InputTable> all = land_tables();
        std::ranges::move(register_tables(), std::back_inserter(all));
        std::ranges::move(assessment_tables(), std::back_inserter(all));
        return all;
    }();
    return tables;
}

const InputTable& input_table(std::string_view name) {
    const auto found = std::ranges::find(input_tables(), name, &InputTable::name);
    if (found == input_tables().end()) {
        throw Error(ErrorKind::internal, {"internal.table_undeclared"_msg, {{"name", std::string(name)}}});
    }
    return *found;
}

std::vector<std::string> column_names(const InputTable& table) {
    std::vector<std::string> names;
    for (const InputColumn& column : table.columns)
        names.emplace_back(column.name);
    return names;
}

}  // namespace vereda::app
