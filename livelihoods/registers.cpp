#include "livelihoods/registers.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <string>
#include <string_view>

#include "livelihoods/register_regions.hpp"
#include "livelihoods/vocabulary.hpp"

namespace vereda::livelihoods {

namespace {

using geo::Error;
using geo::ErrorKind;
using geo::operator""_msg;

constexpr double any_amount = std::numeric_limits<double>::max();
constexpr int earliest_year = 1880;
constexpr int latest_year = 2100;

/// x and y of one row in the analysis CRS; nullopt where both are empty. One without the other is refused.
std::optional<geo::Point> point_of(const RowCells& row, Column x, Column y, const geo::CrsTransform* to_analysis) {
    const std::optional<double> east = row.number(x);
    const std::optional<double> north = row.number(y);
    if (!east && !north) return std::nullopt;
    if (!east || !north) throw Error(ErrorKind::input, {"table.half_a_point"_msg, {}}, row.place(east ? y : x));
    geo::Point point{*east, *north};
    if (to_analysis == nullptr) return point;
    try {
        return to_analysis->forward(point);
    } catch (Error& error) {
        const geo::Locus place = row.place(x);
        error.in_file(place.file).in_layer(place.layer).at_line(place.line).in_field(place.field);
        throw;
    }
}

/// Ids separated by blanks, commas, semicolons or bars.
std::vector<std::string> ids_in(std::string_view text) {
    constexpr std::string_view between = " \t,;|";
    std::vector<std::string> ids;
    for (std::size_t at = text.find_first_not_of(between); at != std::string_view::npos;) {
        const std::size_t end = std::min(text.find_first_of(between, at), text.size());
        ids.emplace_back(text.substr(at, end - at));
        at = text.find_first_not_of(between, end);
    }
    return ids;
}

}  // namespace

std::vector<Household> households_from(const geo::TextTable& table, const ColumnMap& columns,
                                       const geo::CrsTransform* to_analysis, geo::Diagnostics& diagnostics,
                                       RegionColumn region_id) {
    const bool region_required = region_id == RegionColumn::required;
    ColumnBinding binding(table, columns);
    const Column id = binding.required("household_id");
    const Column region = region_required ? binding.required("region_id") : binding.optional("region_id");
    const Column name = binding.optional("name");
    const Column group = binding.optional("group"), registered_on = binding.optional("registered_on");
    const Column registration_id = binding.optional("registration_id"), union_name = binding.optional("union");
    const Column sex = binding.optional("sex"), ethnicity = binding.optional("ethnicity");
    const Column birth_year = binding.optional("birth_year"), members = binding.optional("members");
    const Column agreement_date = binding.optional("agreement_date"), land_title = binding.optional("land_title");
    const Column x = binding.optional("x"), y = binding.optional("y"), motive = binding.optional("motive");
    const Column kin = binding.optional("kin");
    binding.finish();

    std::vector<Household> households;
    std::map<std::string, long, std::less<>> first_line;
    for (const geo::TextRow& text_row : table.rows) {
        const RowCells row(table, text_row);
        Household household;
        household.id = row.required_text(id);
        const auto [first, is_new] = first_line.emplace(household.id, text_row.line);
        if (!is_new) {
            diagnostics.add({geo::Severity::warning,
                             {"households.duplicate"_msg, {{"first_line", std::to_string(first->second)}}},
                             row.place(id)});
            continue;
        }
        household.region_id = region_required ? row.required_text(region) : row.text(region);
        household.name = row.text(name);
        household.group = row.word<HouseholdGroup>(group, household_group_words).value_or(HouseholdGroup::unknown);
        household.registered_on = row.date(registered_on);
        household.registration_id = row.text(registration_id);
        household.union_name = row.text(union_name);
        household.sex = row.lower_text(sex);
        household.ethnicity = row.lower_text(ethnicity);
        if (const auto year = row.integer_within(birth_year, earliest_year, latest_year))
            household.birth_year = static_cast<int>(*year);
        if (const auto count = row.integer_within(members, 1, 100)) household.members = static_cast<int>(*count);
        household.agreement_date = row.date(agreement_date);
        household.land_title = row.word<LandTitle>(land_title, land_title_words).value_or(LandTitle::unknown);
        household.home = point_of(row, x, y, to_analysis);
        household.motive = row.word<Motive>(motive, motive_words).value_or(Motive::unknown);
        household.kin = ids_in(row.text(kin));
        households.push_back(std::move(household));
    }
    return households;
}

std::vector<Programme> programmes_from(const geo::TextTable& table, const ColumnMap& columns,
                                       geo::Diagnostics& diagnostics) {
    ColumnBinding binding(table, columns);
    const Column id = binding.required("programme_id"), agency = binding.optional("agency");
    const Column name = binding.optional("name"), kind = binding.optional("kind");
    const Column announced_on = binding.optional("announced_on"), starts_on = binding.optional("starts_on");
    const Column ends_on = binding.optional("ends_on"), prior = binding.optional("requires_prior_eradication");
    const Column budget = binding.optional("budget"), currency = binding.optional("currency");
    binding.finish();

    std::vector<Programme> programmes;
    for (const geo::TextRow& text_row : table.rows) {
        const RowCells row(table, text_row);
        Programme programme;
        programme.id = row.required_text(id);
        programme.agency = row.text(agency);
        programme.name = row.text(name);
        programme.kind = row.word<std::string_view>(kind, programme_kind_words).value_or("");
        programme.announced_on = row.date(announced_on);
        programme.starts_on = row.date(starts_on);
        programme.ends_on = row.date(ends_on);
        programme.requires_prior_eradication =
            row.word<regions::Answer>(prior, answer_words).value_or(regions::Answer::unknown);
        programme.budget = row.number_within(budget, 0, any_amount);
        programme.currency = row.text(currency);
        if (programme.starts_on && programme.ends_on && *programme.ends_on < *programme.starts_on)
            diagnostics.add({geo::Severity::warning, {"programmes.ends_before_start"_msg, {}}, row.place(ends_on)});
        programmes.push_back(std::move(programme));
    }
    return programmes;
}

std::vector<Delivery> deliveries_from(const geo::TextTable& table, const ColumnMap& columns,
                                      std::span<const Household> households, geo::Diagnostics& diagnostics) {
    ColumnBinding binding(table, columns);
    RegisterRegions regions(binding, households);
    const Column programme = binding.required("programme_id"), component = binding.required("component");
    const Column promised_on = binding.required("promised_on"), delivered_on = binding.optional("delivered_on");
    const Column confirmation = binding.optional("confirmation"), amount = binding.optional("amount");
    const Column currency = binding.optional("currency"), quality = binding.optional("quality");
    const Column source = binding.optional("source");
    binding.finish();

    std::vector<Delivery> deliveries;
    deliveries.reserve(table.rows.size());
    long before_promise = 0;
    for (const geo::TextRow& text_row : table.rows) {
        const RowCells row(table, text_row);
        Delivery delivery;
        regions.fill(row, delivery.household_id, delivery.region_id);
        delivery.programme_id = row.required_text(programme);
        const std::optional<Component> part = row.word<Component>(component, component_words);
        if (!part) throw Error(ErrorKind::input, {"table.cell_missing"_msg, {}}, row.place(component));
        delivery.component = *part;
        delivery.promised_on = row.date(promised_on);
        delivery.delivered_on = row.date(delivered_on);
        delivery.confirmation = row.word<Confirmation>(confirmation, confirmation_words);
        delivery.amount = row.number_within(amount, 0, any_amount);
        delivery.currency = row.text(currency);
        delivery.quality = row.number_within(quality, 0, 1);
        delivery.source = row.text(source);
        if (delivery.promised_on && delivery.delivered_on && *delivery.delivered_on < *delivery.promised_on)
            ++before_promise;
        deliveries.push_back(std::move(delivery));
    }
    regions.report(table.locus, diagnostics);
    if (before_promise > 0) {
        diagnostics.add({geo::Severity::warning,
                         {"deliveries.before_promise"_msg, {{"count", std::to_string(before_promise)}}},
                         table.locus});
    }
    return deliveries;
}

std::vector<Income> incomes_from(const geo::TextTable& table, const ColumnMap& columns,
                                 std::span<const Household> households, geo::Diagnostics& diagnostics) {
    ColumnBinding binding(table, columns);
    RegisterRegions regions(binding, households);
    const Column month = binding.required("month"), source = binding.required("source");
    const Column net_income = binding.optional("net_income"), currency = binding.optional("currency");
    const Column verified = binding.optional("verified");
    binding.finish();

    std::vector<Income> incomes;
    incomes.reserve(table.rows.size());
    for (const geo::TextRow& text_row : table.rows) {
        const RowCells row(table, text_row);
        Income income;
        regions.fill(row, income.household_id, income.region_id);
        income.month = row.required_month(month);
        const std::optional<IncomeSource> kind = row.word<IncomeSource>(source, income_source_words);
        if (!kind) throw Error(ErrorKind::input, {"table.cell_missing"_msg, {}}, row.place(source));
        income.source = *kind;
        const std::optional<double> net = row.number(net_income);
        if (!net) continue;  // asked, not known: the month stays unobserved
        income.net_income = *net;
        income.currency = row.text(currency);
        income.verified = row.word<regions::Answer>(verified, answer_words).value_or(regions::Answer::unknown);
        incomes.push_back(std::move(income));
    }
    regions.report(table.locus, diagnostics);
    return incomes;
}

std::vector<GateStatement> evidence_from(const geo::TextTable& table, const ColumnMap& columns,
                                         std::span<const Household> households, geo::Diagnostics& diagnostics) {
    ColumnBinding binding(table, columns);
    RegisterRegions regions(binding, households);
    const Column gate = binding.required("gate"), as_of = binding.required("as_of");
    const Column value = binding.optional("value"), document = binding.optional("document");
    const Column valid_until = binding.optional("valid_until");
    binding.finish();

    std::vector<GateStatement> statements;
    for (const geo::TextRow& text_row : table.rows) {
        const RowCells row(table, text_row);
        GateStatement statement;
        regions.fill(row, statement.household_id, statement.region_id);
        statement.gate = row.required_text(gate);
        statement.as_of = row.required_date(as_of);
        statement.value = row.word<GateState>(value, gate_state_words).value_or(GateState::unknown);
        statement.document = row.text(document);
        statement.valid_until = row.date(valid_until);
        statements.push_back(std::move(statement));
    }
    regions.report(table.locus, diagnostics);
    return statements;
}

std::vector<Price> prices_from(const geo::TextTable& table, const ColumnMap& columns, geo::Diagnostics&) {
    ColumnBinding binding(table, columns);
    const Column month = binding.required("month"), good = binding.required("good");
    const Column price = binding.optional("price"), unit = binding.optional("unit");
    const Column currency = binding.optional("currency"), region = binding.optional("region_id");
    binding.finish();

    std::vector<Price> prices;
    for (const geo::TextRow& text_row : table.rows) {
        const RowCells row(table, text_row);
        const std::optional<double> value = row.number_within(price, 0, any_amount);
        if (!value) continue;
        prices.push_back({row.required_month(month), row.required_text(good), *value, row.text(unit),
                          row.text(currency), row.text(region)});
    }
    return prices;
}

std::vector<IndicatorValue> indicators_from(const geo::TextTable& table, const ColumnMap& columns, geo::Diagnostics&) {
    ColumnBinding binding(table, columns);
    const Column region = binding.required("region_id"), indicator = binding.required("indicator");
    const Column as_of = binding.required("as_of"), value = binding.optional("value");
    const Column lo = binding.optional("lo"), hi = binding.optional("hi"), unit = binding.optional("unit");
    const Column source = binding.optional("source"), rater = binding.optional("rater");
    binding.finish();

    std::vector<IndicatorValue> values;
    for (const geo::TextRow& text_row : table.rows) {
        const RowCells row(table, text_row);
        IndicatorValue record{row.required_text(region),
                              row.required_text(indicator),
                              row.required_date(as_of),
                              row.number(value),
                              row.number(lo),
                              row.number(hi),
                              row.text(unit),
                              row.text(source),
                              row.text(rater)};
        const double least = record.lo.value_or(-any_amount);
        const double most = record.hi.value_or(any_amount);
        const double inside = record.value.value_or(least);
        if (!(least <= inside && inside <= most))
            throw Error(ErrorKind::input, {"indicators.outside_interval"_msg, {}},
                        row.place(value.position ? value : lo));
        values.push_back(std::move(record));
    }
    return values;
}

std::vector<Incident> incidents_from(const geo::TextTable& table, const ColumnMap& columns,
                                     const geo::CrsTransform* to_analysis, const regions::RegionSet* regions,
                                     geo::Diagnostics& diagnostics) {
    ColumnBinding binding(table, columns);
    const Column date = binding.required("date"), kind = binding.required("kind");
    const auto [region, x] = binding.either("region_id", "x");
    const Column y = binding.optional("y"), count = binding.optional("count"), source = binding.optional("source");
    binding.finish();

    std::vector<Incident> incidents;
    long outside = 0;
    for (const geo::TextRow& text_row : table.rows) {
        const RowCells row(table, text_row);
        Incident incident;
        incident.date = row.required_date(date);
        const std::optional<IncidentKind> what = row.word<IncidentKind>(kind, incident_kind_words);
        if (!what) throw Error(ErrorKind::input, {"table.cell_missing"_msg, {}}, row.place(kind));
        incident.kind = *what;
        incident.region_id = row.text(region);
        incident.place = point_of(row, x, y, to_analysis);
        if (incident.region_id.empty() && !incident.place)
            throw Error(ErrorKind::input, {"incidents.nowhere"_msg, {}}, row.place(region));
        if (incident.region_id.empty() && regions != nullptr) {
            if (const auto at = regions->region_at(*incident.place)) {
                incident.region_id = regions->regions()[*at].id;
            } else {
                ++outside;
            }
        }
        incident.count = row.number_within(count, 0, any_amount).value_or(1);
        incident.source = row.text(source);
        incidents.push_back(std::move(incident));
    }
    if (outside > 0) {
        diagnostics.add({geo::Severity::warning,
                         {"incidents.outside_regions"_msg, {{"count", std::to_string(outside)}}},
                         table.locus});
    }
    return incidents;
}

}  // namespace vereda::livelihoods
