#include "report/reasons.hpp"

#include <charconv>
#include <functional>

#include "geo/date.hpp"
#include "report/labels.hpp"
#include "report/number_format.hpp"

namespace vereda::report {

using geo::operator""_msg;

namespace {

constexpr std::string_view yearly = " per year";

bool is_share(const std::string& unit) {
    return unit == "share" || unit == "1";
}

/// The parts between separators go through `word`, which may see blanks at their ends no more.
std::string by_part(const std::string& list, std::string_view separator, std::string_view joined,
                    const std::function<std::string(const std::string&)>& word) {
    std::string result;
    for (std::size_t at = 0; at <= list.size();) {
        const std::size_t end = std::min(list.find(separator, at), list.size());
        result += (at == 0 ? "" : std::string(joined)) + word(list.substr(at, end - at));
        at = end + separator.size();
    }
    return result;
}

std::string source_word(const std::string& part, const Catalogue& words) {
    if (part.starts_with("group=")) return words.find("group." + part.substr(6)).value_or(part);
    if (part.starts_with("ethnicity=")) return words.find("ethnicity." + part.substr(10)).value_or(part.substr(10));
    if (part.starts_with("sex=")) return words.find("sex." + part.substr(4)).value_or(part.substr(4));
    if (part == "all") return words.find("group.all").value_or(part);
    if (const std::size_t of = part.find(" of "); part.starts_with("n = ") && of != std::string::npos)
        return words.text("reason.known_of"_msg, {{"known", part.substr(4, of - 4)}, {"all", part.substr(of + 4)}});
    return words.find("register_name." + part).value_or(part);
}

std::string sources_in_words(const std::string& source, const Catalogue& words) {
    return by_part(source, "; ", "; ", [&](const std::string& half) {
        return by_part(half, ", ", ", ", [&](const std::string& part) { return source_word(part, words); });
    });
}

std::string measured(double value, const std::string& unit, const Catalogue& words) {
    const NumberFormat numbers(words.language());
    if (is_share(unit)) return numbers.percent(value);
    const std::string word = unit_word(unit, words);
    return word.empty() ? numbers.plain(value) : numbers.plain(value) + "\u00a0" + word;
}

/// What is no number ("?", where an end is unknown) stays as it is.
std::string measured(const std::string& digits, const std::string& unit, const Catalogue& words) {
    double value = 0;
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (failed != std::errc() || end != digits.data() + digits.size()) return digits;
    return measured(value, unit, words);
}

std::string gate_or_indicator(const std::string& id, const RunResults& results, const Catalogue& words) {
    std::string title = gate_title(id, results, words);
    return title != id ? title : indicator_word(id, results, words);
}

/// Measures computed from registers are shares or counts; others have the unit of the model's indicator.
std::string unit_of(const std::string& measure, const RunResults& results) {
    if (measure.ends_with("_share")) return "share";
    if (!results.readiness_model) return "";
    for (const livelihoods::Indicator& indicator : results.readiness_model->indicators)
        if (indicator.id == measure) return indicator.unit;
    return "";
}

}  // namespace

std::string measure_word(const std::string& measure, const RunResults& results, const Catalogue& words) {
    return words.find("measure." + measure).value_or(indicator_word(measure, results, words));
}

std::string threshold_text(const livelihoods::Gate& gate, const RunResults& results, const Catalogue& words) {
    return measured(gate.threshold, unit_of(gate.measure, results), words);
}

std::string unit_word(const std::string& unit, const Catalogue& words) {
    if (is_share(unit)) return "%";
    if (auto known = words.find("unit." + unit)) return *std::move(known);
    if (unit.size() > yearly.size() && unit.ends_with(yearly)) {
        return unit.substr(0, unit.size() - yearly.size()) + " " + words.at("unit.per year");
    }
    return unit;
}

geo::Message with_long_dates(geo::Message message, const Catalogue& words) {
    constexpr std::size_t iso_length = 10;
    for (auto& [name, value] : message.arguments) {
        if (value.size() != iso_length || value[4] != '-' || value[7] != '-') continue;
        if (const auto date = geo::parse_date(value, geo::DateOrder::iso_only)) value = long_date(*date, words);
    }
    return message;
}

std::string reason_text(const geo::Message& reason, const RunResults& results, const Catalogue& words) {
    std::string unit;
    for (const auto& [name, value] : reason.arguments)
        if (name == "unit") unit = value;
    geo::Message spoken = with_long_dates(reason, words);
    for (auto& [name, value] : spoken.arguments) {
        if (name == "gates") {
            value = by_part(value, ", ", "; ",
                            [&](const std::string& id) { return gate_or_indicator(id, results, words); });
        } else if (name == "what") {
            value = gate_or_indicator(value, results, words);
        } else if (name == "measure") {
            value = measure_word(value, results, words);
        } else if (name == "source") {
            value = sources_in_words(value, words);
        } else if (name == "value" || name == "lo" || name == "hi" || name == "threshold") {
            value = measured(value, unit, words);
        } else if (const auto day = geo::parse_date(value, geo::DateOrder::iso_only); day && value.size() == 10) {
            value = long_date(*day, words);
        }
    }
    return words.text(spoken);
}

std::string sentence_of(const std::string& text) {
    std::string result = text;
    if (!result.empty() && result.front() >= 'a' && result.front() <= 'z')
        result.front() = static_cast<char>(result.front() - 'a' + 'A');
    return result.empty() || result.back() == '.' ? result : result + ".";
}

}  // namespace vereda::report
