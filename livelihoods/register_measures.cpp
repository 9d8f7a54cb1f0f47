#include "livelihoods/register_measures.hpp"

#include <algorithm>
#include <set>

#include "geo/calendar.hpp"
#include "livelihoods/duress.hpp"
#include "livelihoods/share_estimate.hpp"

namespace vereda::livelihoods {

namespace {

constexpr int on_time_days = 90;  // (d) within a quarter of the promised day
constexpr int incident_months = 12;

void add(Measures& measures, std::string_view name, Measure measure, std::string_view source, geo::Date as_of) {
    if (!measure.value && !measure.lo && !measure.hi) return;
    measure.as_of = as_of;
    measure.source = source;
    measures.insert_or_assign(std::string(name), std::move(measure));
}

Measure exactly(double value, std::string_view unit) {
    Measure measure;
    measure.value = value;
    measure.unit = unit;
    return measure;
}

std::vector<const Household*> registered_by(const RegionRecords& records, const Roll& roll, geo::Date day) {
    std::vector<const Household*> households;
    std::ranges::copy_if(records.households, std::back_inserter(households),
                         [&](const Household* household) { return roll.holds(*household, day); });
    return households;
}

bool confirmed_by(const Delivery& delivery, geo::Date day) {
    return delivery.delivered_on && *delivery.delivered_on <= day && delivery.confirmation == Confirmation::confirmed;
}

bool in_last_year(const Incident& incident, geo::Date as_of) {
    return incident.date <= as_of && incident.date > geo::plus_months(as_of, -incident_months);
}

double count_of(const RegionRecords& records, std::initializer_list<IncidentKind> kinds, geo::Date as_of) {
    double count = 0;
    for (const Incident* incident : records.incidents)
        if (in_last_year(*incident, as_of) && std::ranges::find(kinds, incident->kind) != kinds.end())
            count += incident->count;
    return count;
}

}  // namespace

void add_household_measures(const RegionRecords& records, const Registers& registers, const Roll& roll, geo::Date as_of,
                            Measures& measures) {
    const std::vector<const Household*> households = registered_by(records, roll, as_of);
    if (households.empty()) return;
    const long all = static_cast<long>(households.size());
    const bool agreements_kept =
        std::ranges::any_of(registers.households, [](const Household& h) { return h.agreement_date.has_value(); });
    ShareCount agreed{0, agreements_kept ? all : 0, all};
    ShareCount tenure{0, 0, all};
    ShareCount titled{0, 0, all};
    ShareCount before{0, 0, all};
    for (const Household* household : households) {
        const std::optional<geo::Date> signed_on = household->agreement_date;
        if (signed_on && *signed_on <= as_of && !under_duress(*signed_on, records.eradication, as_of)) ++agreed.met;
        if (household->land_title != LandTitle::unknown) {
            ++tenure.known;
            ++titled.known;
            if (household->land_title != LandTitle::none) ++tenure.met;
            if (household->land_title == LandTitle::titled) ++titled.met;
        }
        if (registers.announcement && household->registered_on) {
            ++before.known;
            if (*household->registered_on < *registers.announcement) ++before.met;
        }
    }
    add(measures, "agreement_share", share_measure(agreed), "households, eradication", as_of);
    add(measures, "tenure_share", share_measure(tenure), "households", as_of);
    add(measures, "titled_share", share_measure(titled), "households", as_of);
    add(measures, "registered_before_announcement_share", share_measure(before), "households", as_of);
}

void add_delivery_measures(const RegionRecords& records, const Roll& roll, geo::Date as_of, Measures& measures) {
    long promised = 0;
    long confirmed = 0;
    long disputed = 0;
    long on_time = 0;
    std::set<std::string_view> reached;
    std::set<std::string_view> credited;
    bool all_reached = false;
    bool all_credited = false;
    for (const Delivery* delivery : records.deliveries) {
        const bool is_promised = delivery->promised_on && *delivery->promised_on <= as_of;
        const bool is_confirmed = confirmed_by(*delivery, as_of);
        if (is_confirmed) {
            const bool is_credit = delivery->component == Component::credit;
            reached.insert(delivery->household_id);
            all_reached = all_reached || delivery->household_id.empty();
            if (is_credit) credited.insert(delivery->household_id);
            all_credited = all_credited || (is_credit && delivery->household_id.empty());
        }
        if (!is_promised) continue;
        ++promised;
        if (is_confirmed) {
            ++confirmed;
            if (geo::days_between(*delivery->promised_on, *delivery->delivered_on) <= on_time_days) ++on_time;
        }
        if (delivery->confirmation == Confirmation::disputed) ++disputed;
    }
    if (promised > 0) {
        const double all = static_cast<double>(promised);
        add(measures, "delivered_share", exactly(static_cast<double>(confirmed) / all, "share"), "deliveries", as_of);
        add(measures, "on_time_share", exactly(static_cast<double>(on_time) / all, "share"), "deliveries", as_of);
        add(measures, "disputed_share", exactly(static_cast<double>(disputed) / all, "share"), "deliveries", as_of);
    }
    const std::vector<const Household*> households = registered_by(records, roll, as_of);
    if (households.empty() || records.deliveries.empty()) return;
    const auto share_in = [&](const std::set<std::string_view>& ids, bool everybody) {
        const auto in =
            std::ranges::count_if(households, [&](const Household* h) { return everybody || ids.contains(h->id); });
        return exactly(static_cast<double>(in) / static_cast<double>(households.size()), "share");
    };
    add(measures, "reached_share", share_in(reached, all_reached), "deliveries, households", as_of);
    add(measures, "credit_share", share_in(credited, all_credited), "deliveries, households", as_of);
}

void add_incident_measures(const RegionRecords& records, const Registers& registers, const Roll& roll, geo::Date as_of,
                           Measures& measures) {
    const std::vector<const Household*> households = registered_by(records, roll, as_of);
    const double coerced = static_cast<double>(
        std::ranges::count_if(households, [](const Household* h) { return h->motive == Motive::coercion; }));
    const bool register_reaches = std::ranges::any_of(
        registers.incidents, [&](const Incident& incident) { return in_last_year(incident, as_of); });
    if (!register_reaches) {
        if (coerced > 0) {
            Measure threats;
            threats.lo = coerced;
            threats.unit = "count";
            add(measures, "unresolved_threats", std::move(threats), "households", as_of);
        }
        return;
    }
    using enum IncidentKind;
    const double violence = count_of(records, {homicide, massacre, threat}, as_of);
    add(measures, "unresolved_threats", exactly(violence + coerced, "count"), "incidents, households", as_of);
    add(measures, "violent_incidents_12m", exactly(violence, "count"), "incidents", as_of);
    add(measures, "homicides_12m", exactly(count_of(records, {homicide, massacre}, as_of), "count"), "incidents",
        as_of);
    add(measures, "threats_12m", exactly(count_of(records, {threat}, as_of), "count"), "incidents", as_of);
    add(measures, "arrests_12m", exactly(count_of(records, {arrest}, as_of), "count"), "incidents", as_of);
    add(measures, "displaced_people_12m", exactly(count_of(records, {displacement_of_people}, as_of), "count"),
        "incidents", as_of);
}

}  // namespace vereda::livelihoods
