#include <array>
#include <map>

#include "simulate/study_tables.hpp"
#include "simulate/table_text.hpp"

namespace vereda::simulate {

namespace {

std::string text(std::string_view view) {
    return std::string(view);
}

std::string answer(regions::Answer value) {
    return value == regions::Answer::yes ? "yes" : value == regions::Answer::no ? "no" : "unknown";
}

geo::TextTable households(const Society& people) {
    TableText out({"household_id", "region_id", "group", "registered_on", "registration_id", "union", "sex",
                   "ethnicity", "birth_year", "members", "agreement_date", "land_title", "x", "y", "motive", "name"});
    for (const livelihoods::Household& family : people.households) {
        out.add({family.id, family.region_id, text(name_of(family.group)), out.date(family.registered_on),
                 family.registration_id, family.union_name, family.sex, family.ethnicity,
                 std::to_string(*family.birth_year), std::to_string(*family.members), out.date(family.agreement_date),
                 text(name_of(family.land_title)), out.number(family.home->x, 0), out.number(family.home->y, 0),
                 text(name_of(family.motive)), family.name});
    }
    return std::move(out).table();
}

geo::TextTable programmes(const Assistance& assistance) {
    TableText out({"programme_id", "agency", "name", "kind", "announced_on", "starts_on", "ends_on",
                   "requires_prior_eradication", "budget", "currency"});
    for (const livelihoods::Programme& p : assistance.programmes) {
        out.add({p.id, p.agency, p.name, p.kind, out.date(p.announced_on), out.date(p.starts_on), out.date(p.ends_on),
                 answer(p.requires_prior_eradication), out.number(p.budget, 0), p.currency});
    }
    return std::move(out).table();
}

geo::TextTable deliveries(const Assistance& assistance) {
    TableText out({"household_id", "region_id", "programme_id", "component", "promised_on", "delivered_on",
                   "confirmation", "amount", "currency", "quality", "source"},
                  geo::DecimalMark::comma, geo::DateOrder::day_month_year);
    for (const livelihoods::Delivery& d : assistance.deliveries) {
        const std::string confirmation = !d.confirmation                                           ? ""
                                         : *d.confirmation == livelihoods::Confirmation::confirmed ? "confirmed"
                                         : *d.confirmation == livelihoods::Confirmation::disputed  ? "disputed"
                                                                                                   : "payer_only";
        out.add({d.household_id, d.region_id, d.programme_id, text(name_of(d.component)), out.date(d.promised_on),
                 out.date(d.delivered_on), confirmation, out.number(d.amount, 2), d.currency, out.number(d.quality, 2),
                 d.source});
    }
    return std::move(out).table();
}

geo::TextTable incomes(const Economy& economy) {
    TableText out({"household_id", "month", "source", "net_income", "currency", "verified"});
    for (const livelihoods::Income& income : economy.incomes) {
        out.add({income.household_id, geo::to_iso(income.month), text(name_of(income.source)),
                 out.number(income.net_income, 0), income.currency, answer(income.verified)});
    }
    return std::move(out).table();
}

geo::TextTable prices(const Economy& economy) {
    TableText out({"month", "good", "price", "unit", "currency", "region_id"});
    for (const livelihoods::Price& price : economy.prices) {
        out.add({geo::to_iso(price.month), price.good, out.number(price.price, 2), price.unit, price.currency,
                 price.region_id});
    }
    return std::move(out).table();
}

geo::TextTable indicators(const Testimony& testimony) {
    TableText out({"region_id", "indicator", "as_of", "value", "lo", "hi", "unit", "source", "rater"});
    for (const livelihoods::IndicatorValue& i : testimony.indicators) {
        out.add({i.region_id, i.indicator, out.date(i.as_of), out.number(i.value, 3), out.number(i.lo, 3),
                 out.number(i.hi, 3), i.unit, i.source, i.rater});
    }
    return std::move(out).table();
}

geo::TextTable evidence(const Testimony& testimony) {
    TableText out({"region_id", "household_id", "gate", "as_of", "value", "document", "valid_until"});
    for (const livelihoods::GateStatement& s : testimony.evidence) {
        out.add({s.region_id, s.household_id, s.gate, out.date(s.as_of), text(name_of(s.value)), s.document,
                 out.date(s.valid_until)});
    }
    return std::move(out).table();
}

geo::TextTable incidents(const Testimony& testimony) {
    TableText out({"date", "kind", "region_id", "x", "y", "count", "source"});
    for (const livelihoods::Incident& incident : testimony.incidents) {
        const bool placed = incident.place.has_value();
        out.add({out.date(incident.date), text(name_of(incident.kind)), placed ? "" : incident.region_id,
                 placed ? out.number(incident.place->x, 0) : "", placed ? out.number(incident.place->y, 0) : "",
                 out.number(incident.count, 0), incident.source});
    }
    return std::move(out).table();
}

/// Who owes which gate, by the middle of the year after the last survey. Nobody has taken on the study of what suits
/// the soil: an unowned gate, as they are.
geo::TextTable responsibilities(const Landscape& landscape) {
    struct Duty {
        const char* gate;
        const char* actor;
    };
    static constexpr std::array duties{Duty{"licit_income", "Cooperación Quimérica"},
                                       Duty{"food_security", "Agencia Valle"},
                                       Duty{"agreement", "Agencia Valle y sindicatos"},
                                       Duty{"consultation", "Ministerio Simulado de Pueblos"},
                                       Duty{"tenure", "Instituto Simulado de Tierras"},
                                       Duty{"market", "Gobernación Simulada"},
                                       Duty{"safety", "Defensoría simulada"},
                                       Duty{"delivery", "Agencia Valle"},
                                       Duty{"baseline", "Agencia Valle"},
                                       Duty{"political_support", "Gobernación Simulada"},
                                       Duty{"water_access", "Gobernación Simulada"}};
    TableText out({"region_id", "gate", "actor", "due_on"});
    const geo::Date due = std::chrono::sys_days{std::chrono::year{landscape.parameters.cultivation.last_survey + 1} /
                                                std::chrono::June / 30};
    for (const Duty& duty : duties)
        out.add({"", duty.gate, duty.actor, out.date(due)});
    // Where the ministry is late, one vereda's own council took the consultation on.
    const std::string& own = landscape.land.veredas.back().id;
    out.add({own, "consultation", "Consejo comunal", out.date(due - std::chrono::days{90})});
    return std::move(out).table();
}

geo::TextTable sanctions(const Landscape& landscape) {
    TableText out({"household_id", "union", "date", "kind", "pack", "clause", "measurements"});
    for (const PastSanction& past : landscape.sanctions) {
        const livelihoods::SanctionRecord& r = past.record;
        out.add({r.household_id, r.union_name, out.date(r.day), r.kind, r.pack, r.clause,
                 r.measurements ? std::to_string(*r.measurements) : ""});
    }
    return std::move(out).table();
}

/// One column per name, units in a second header row.
geo::TextTable context(const Testimony& testimony) {
    std::map<std::string, std::string> units;
    std::map<std::pair<std::string, int>, std::map<std::string, double>> rows;
    for (const livelihoods::ContextValue& value : testimony.context) {
        units[value.name] = value.unit;
        rows[{value.region_id, value.year}][value.name] = value.value;
    }
    std::vector<std::string> header{"region_id", "year"};
    std::vector<std::string> unit_row{"", ""};
    for (const auto& [name, unit] : units) {
        header.push_back(name);
        unit_row.push_back(unit);
    }
    TableText out(header);
    out.add(unit_row);
    for (const auto& [key, values] : rows) {
        std::vector<std::string> cells{key.first, std::to_string(key.second)};
        for (const auto& [name, unit] : units) {
            const auto found = values.find(name);
            cells.push_back(found == values.end() ? "" : out.number(found->second, name == "population" ? 0 : 1));
        }
        out.add(std::move(cells));
    }
    return std::move(out).table();
}

}  // namespace

std::vector<NamedTable> register_tables(const Landscape& landscape) {
    return {{"households", households(landscape.people)},
            {"programmes", programmes(landscape.assistance)},
            {"deliveries", deliveries(landscape.assistance)},
            {"incomes", incomes(landscape.economy)},
            {"prices", prices(landscape.economy)},
            {"indicators", indicators(landscape.testimony)},
            {"evidence", evidence(landscape.testimony)},
            {"incidents", incidents(landscape.testimony)},
            {"context", context(landscape.testimony)},
            {"responsibilities", responsibilities(landscape)},
            {"sanctions", sanctions(landscape)}};
}

}  // namespace vereda::simulate
