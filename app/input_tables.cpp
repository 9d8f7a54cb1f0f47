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
         {{"id", true}, {"name", true}, {"parent"}, {"households_total"}, {"area_official_ha", false, "ha"}}},
        {"zones",
         {{"kind", false, "park, indigenous, collective, prohibited, registered, traditional, buffer, abroad"},
          {"name"},
          {"exception_of"},
          {"valid_from", false, date},
          {"valid_to", false, date}}},
        {"plots",
         {{"plot_id", true},
          {"year"},
          {"crop", false, "coca, poppy"},
          {"household_id"},
          {"area_declared_m2", false, "m²"},
          {"image_date", false, date},
          {"confidence", false, "0-1"},
          {"position_error_m", false, "m"},
          {"measured_by", false, "gnss_walk, corners, vhr, medium_resolution"}}},
        {"observed", {{"year"}}},
        {"eradication",
         {{"event_id", true},
          {"date", true, date},
          {"kind", true, "aerial, manual_forced, conditioned, voluntary, community, unknown, pruned_or_renewed"},
          {"area_ha", false, "ha"},
          {"area_sd_ha", false, "ha"},
          {"agency"},
          {"verified", false, yes_no},
          {"region_id"}}},
        {"places",
         {{"kind", false, "market, clinic, school, bank, road, river"},
          {"name"},
          {"capacity"},
          {"open_months"},
          {"speed_kmh", false, "km/h"}}},
    };
}

std::vector<InputTable> people_tables() {
    return {
        {"households",
         {{"household_id", true},
          {"region_id", true},
          {"group", false, "grower, picker, non_grower"},
          {"registered_on", false, date},
          {"registration_id"},
          {"union"},
          {"sex"},
          {"ethnicity"},
          {"birth_year"},
          {"members"},
          {"agreement_date", false, date},
          {"land_title", false, "titled, possession, none, unknown"},
          {"x"},
          {"y"},
          {"motive", false, "cash, coercion, tradition, other, unknown"}},
         true},
        {"programmes",
         {{"programme_id", true},
          {"agency"},
          {"name"},
          {"kind", false, "alternative_development, substitution, services, eradication"},
          {"announced_on", false, date},
          {"starts_on", false, date},
          {"ends_on", false, date},
          {"requires_prior_eradication", false, yes_no},
          {"budget"},
          {"currency"}},
         true},
        {"deliveries",
         {{"household_id"},
          {"region_id"},
          {"programme_id", true},
          {"component", true,
           "food, technical_assistance, garden, short_cycle, long_cycle, payment, road, water, school, clinic, credit, "
           "title, market_contract, other"},
          {"promised_on", true, date},
          {"delivered_on", false, date},
          {"confirmation", false, "confirmed, disputed, payer_only"},
          {"amount"},
          {"currency"},
          {"quality", false, "0-1"},
          {"source"}},
         true},
        {"incomes",
         {{"household_id"},
          {"region_id"},
          {"month", true, "YYYY-MM"},
          {"source", true, "crop, licit, transfer"},
          {"net_income"},
          {"currency"},
          {"verified", false, "yes, no"}},
         true},
        {"prices",
         {{"month", true, "YYYY-MM"}, {"good", true}, {"price"}, {"unit"}, {"currency"}, {"region_id"}},
         true},
        {"indicators",
         {{"region_id", true},
          {"indicator", true},
          {"as_of", true, date},
          {"value"},
          {"lo"},
          {"hi"},
          {"unit"},
          {"source"},
          {"rater"}},
         true},
        {"evidence",
         {{"region_id"},
          {"household_id"},
          {"gate", true},
          {"as_of", true, date},
          {"value", false, "pass, fail, unknown"},
          {"document"},
          {"valid_until", false, date}},
         true},
        {"incidents",
         {{"date", true, date},
          {"kind", true, "homicide, massacre, threat, arrest, displacement_of_people, clash, other"},
          {"region_id"},
          {"x"},
          {"y"},
          {"count"},
          {"source"}},
         true},
        {"context", {{"region_id", true}, {"year", true}}, false},
        {"sanctions", {{"household_id"}, {"union"}, {"date", true, date}, {"kind"}, {"pack"}, {"clause"}}, false},
    };
}

}  // namespace

std::span<const InputTable> input_tables() {
    static const std::vector<InputTable> tables = [] {
        std::vector<InputTable> all = land_tables();
        std::ranges::move(people_tables(), std::back_inserter(all));
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
