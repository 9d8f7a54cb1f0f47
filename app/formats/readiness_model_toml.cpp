#include "app/formats/readiness_model_toml.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "app/formats/toml_reader.hpp"
#include "app/formats/toml_words.hpp"

namespace vereda::app {

namespace {

using geo::operator""_msg;
using livelihoods::Comparison;
using livelihoods::Direction;
using livelihoods::Gate;
using livelihoods::GateBasis;
using livelihoods::ReadinessModel;
using livelihoods::Weighting;

constexpr auto basis_words = std::to_array<TomlWord<GateBasis>>(
    {{"un_text", GateBasis::un_text}, {"wola", GateBasis::wola}, {"default", GateBasis::ours}});
constexpr auto direction_words = std::to_array<TomlWord<Direction>>(
    {{"higher_is_better", Direction::higher_is_better}, {"lower_is_better", Direction::lower_is_better}});

constexpr auto weighting_words = std::to_array<TomlWord<Weighting>>(
    {{"equal", Weighting::equal}, {"given", Weighting::given}, {"budget_allocation", Weighting::budget_allocation}});

constexpr std::string_view by_evidence = "evidence";

std::string_view without_spaces(std::string_view text) {
    const auto first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// "licit_income_share >= 0.8", "travel_time_to_market <= 4" or "evidence".
void read_test(const TomlTable& table, Gate& gate) {
    const std::string written = table.required_text("test");
    const std::string_view text = without_spaces(written);
    if (text == by_evidence) return;
    const auto unreadable = [&] {
        return geo::Error(geo::ErrorKind::usage, {"readiness_model.test_unreadable"_msg, {{"test", written}}},
                          table.place("test"));
    };
    const std::size_t sign = text.find_first_of("<>");
    if (sign == std::string_view::npos || text.substr(sign + 1, 1) != "=") throw unreadable();
    gate.comparison = text[sign] == '>' ? Comparison::at_least : Comparison::at_most;
    gate.measure = std::string(without_spaces(text.substr(0, sign)));
    const std::string_view number = without_spaces(text.substr(sign + 2));
    const auto [end, status] = std::from_chars(number.data(), number.data() + number.size(), gate.threshold);
    const bool whole = status == std::errc() && end == number.data() + number.size();
    if (!whole || gate.measure.empty() || gate.measure.find(' ') != std::string::npos) throw unreadable();
}

/// "ethnic_land_share > 0": the gate asks something only there.
void read_only_where(const TomlTable& table, Gate& gate) {
    const std::optional<std::string> written = table.text("only_where");
    if (!written) return;
    const std::string_view text = without_spaces(*written);
    const std::size_t sign = text.find('>');
    const std::string_view number = sign == std::string_view::npos ? text : without_spaces(text.substr(sign + 1));
    const auto [end, status] = std::from_chars(number.data(), number.data() + number.size(), gate.only_above);
    gate.only_where = std::string(without_spaces(text.substr(0, sign)));
    const bool whole = status == std::errc() && end == number.data() + number.size();
    if (sign == std::string_view::npos || !whole || gate.only_where.empty() ||
        gate.only_where.find(' ') != std::string::npos) {
        throw geo::Error(geo::ErrorKind::usage, {"readiness_model.only_where"_msg, {{"condition", *written}}},
                         table.place("only_where"));
    }
}

std::optional<int> months(const TomlTable& table, std::string_view key) {
    const std::optional<long long> value = table.integer(key);
    if (!value) return std::nullopt;
    if (*value < 1 || *value > 1200)
        throw geo::Error(geo::ErrorKind::usage, {"toml.out_of_range"_msg, {}}, table.place(key));
    return static_cast<int>(*value);
}

/// title = { en = "…", es = "…" }
void read_title(const TomlTable& table, std::string& en, std::string& es) {
    const TomlTable title = table.required_table("title");
    en = title.required_text("en");
    es = title.required_text("es");
}

Gate read_gate(const TomlTable& table) {
    Gate gate;
    gate.id = table.required_text("id");
    read_title(table, gate.title_en, gate.title_es);
    gate.basis = word<GateBasis>(table, "basis", basis_words).value_or(GateBasis::ours);
    gate.clause = table.text("clause").value_or("");
    gate.clause_es = table.text("clause_es").value_or("");
    gate.consent = table.boolean("consent").value_or(false);
    read_only_where(table, gate);
    gate.max_age_months = months(table, "max_age_months");
    read_test(table, gate);
    return gate;
}

/// 1 where none is stated. A weight beside weights that come from elsewhere is refused.
double weight_in(const TomlTable& table, bool stated_here) {
    if (!stated_here && table.has("weight")) {
        throw geo::Error(geo::ErrorKind::usage,
                         {"readiness_model.weight_stated"_msg, {{"id", table.text("id").value_or("")}}},
                         table.place("weight"));
    }
    return table.number("weight").value_or(1);
}

livelihoods::Pillar read_pillar(const TomlTable& table, Weighting weighting) {
    livelihoods::Pillar pillar;
    pillar.id = table.required_text("id");
    read_title(table, pillar.title_en, pillar.title_es);
    pillar.weight = weight_in(table, weighting == Weighting::given);
    return pillar;
}

livelihoods::Ballot read_ballot(const TomlTable& table) {
    livelihoods::Ballot ballot{table.required_text("voter"), {}};
    const TomlTable points = table.required_table("points");
    for (const std::string& pillar : points.keys())
        ballot.points[pillar] = points.required_number(pillar);
    return ballot;
}

livelihoods::Indicator read_indicator(const TomlTable& table, Weighting weighting) {
    livelihoods::Indicator indicator;
    indicator.id = table.required_text("id");
    indicator.pillar = table.required_text("pillar");
    read_title(table, indicator.title_en, indicator.title_es);
    indicator.unit = table.required_text("unit");
    indicator.direction =
        value_of_word<Direction>(table, "direction", table.required_text("direction"), direction_words);
    indicator.lo = table.required_number("lo");
    indicator.hi = table.required_number("hi");
    indicator.weight = weight_in(table, weighting != Weighting::equal);
    indicator.source = table.text("source").value_or("");
    indicator.clause = table.text("clause").value_or("");
    return indicator;
}

}  // namespace

livelihoods::ReadinessModel readiness_model_from_toml(std::string_view text, const geo::Locus& source) {
    const TomlDocument document = TomlDocument::parse(text, source);
    const TomlTable& root = document.root();
    ReadinessModel model;
    const TomlTable head = root.required_table("model");
    model.name = head.required_text("name");
    model.version = head.required_text("version");
    model.source = head.required_text("source");
    model.threshold = head.required_number("threshold");
    model.rater_agreement = head.number("rater_agreement_min").value_or(model.rater_agreement);
    model.weighting = word<Weighting>(head, "weighting", weighting_words).value_or(Weighting::given);
    model.clauses_not_covered = fmt::format("{}", fmt::join(head.texts("clauses_not_covered"), "; "));
    for (const TomlTable& gate : root.tables("gate"))
        model.gates.push_back(read_gate(gate));
    for (const TomlTable& pillar : root.tables("pillar"))
        model.pillars.push_back(read_pillar(pillar, model.weighting));
    for (const TomlTable& indicator : root.tables("indicator"))
        model.indicators.push_back(read_indicator(indicator, model.weighting));
    for (const TomlTable& ballot : root.tables("ballot"))
        model.ballots.push_back(read_ballot(ballot));
    root.finish();
    return livelihoods::validated(std::move(model), source);
}

}  // namespace vereda::app
