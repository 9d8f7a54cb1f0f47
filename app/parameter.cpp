#include "app/parameter.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <charconv>
#include <cmath>

#include "geo/error.hpp"
#include "geo/nearest_name.hpp"

namespace vereda::app {

using namespace geo;

namespace {

template <class Number>
std::optional<Number> whole(std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::string range_text(const Parameter& parameter) {
    if (parameter.least && parameter.most) return fmt::format("{} … {}", *parameter.least, *parameter.most);
    if (parameter.least) return fmt::format("≥ {}", *parameter.least);
    if (parameter.most) return fmt::format("≤ {}", *parameter.most);
    return {};
}

void check_range(const Parameter& parameter, const std::string& written, double value) {
    const bool below = parameter.least && value < *parameter.least;
    const bool above = parameter.most && value > *parameter.most;
    if (!std::isfinite(value) || below || above) {
        throw Error(ErrorKind::usage,
                    {"cli.out_of_range"_msg,
                     {{"option", shown_name(parameter)}, {"value", written}, {"range", range_text(parameter)}}});
    }
}

void check_choice(const Parameter& parameter, const std::string& value) {
    if (std::ranges::find(parameter.choices, value) != parameter.choices.end()) return;
    std::string list;
    for (const std::string& choice : parameter.choices)
        list += (list.empty() ? "" : ", ") + choice;
    const std::string nearest = geo::nearest_name(value, parameter.choices).value_or("");
    if (nearest.empty()) {
        throw Error(ErrorKind::usage,
                    {"cli.not_a_choice"_msg, {{"option", shown_name(parameter)}, {"value", value}, {"choices", list}}});
    }
    throw Error(ErrorKind::usage,
                {"cli.not_a_choice_nearest"_msg,
                 {{"option", shown_name(parameter)}, {"value", value}, {"choices", list}, {"nearest", nearest}}});
}

}  // namespace

std::string shown_name(const Parameter& parameter) {
    if (!parameter.positional) return "--" + parameter.name;
    std::string name = parameter.name;
    std::ranges::transform(name, name.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return name;
}

void check_value(const Parameter& parameter, const std::string& value) {
    const auto refuse = [&](MessageId id) {
        throw Error(ErrorKind::usage, {id, {{"option", shown_name(parameter)}, {"value", value}}});
    };
    switch (parameter.type) {
        case ParameterType::flag:
            return;
        case ParameterType::text:
        case ParameterType::path:
            if (value.empty()) refuse("cli.empty"_msg);
            return;
        case ParameterType::integer: {
            const auto number = whole<long long>(value);
            if (!number) refuse("cli.not_an_integer"_msg);
            check_range(parameter, value, static_cast<double>(*number));
            return;
        }
        case ParameterType::number: {
            const auto number = whole<double>(value);
            if (!number) refuse("cli.not_a_number"_msg);
            check_range(parameter, value, *number);
            return;
        }
        case ParameterType::choice:
            check_choice(parameter, value);
            return;
        case ParameterType::size:
            if (!parse_size(value)) refuse("cli.not_a_size"_msg);
            return;
    }
}

std::optional<unsigned long long> parse_size(std::string_view text) {
    std::size_t digits = 0;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9')
        ++digits;
    const auto number = whole<unsigned long long>(text.substr(0, digits));
    if (!number || *number == 0) return std::nullopt;
    std::string unit;
    for (const char c : text.substr(digits)) {
        if (c != ' ') unit += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    static const std::vector<std::pair<std::string_view, unsigned>> powers{
        {"", 0},     {"B", 0},  {"K", 10},  {"KB", 10},  {"KIB", 10}, {"M", 20},  {"MB", 20},
        {"MIB", 20}, {"G", 30}, {"GB", 30}, {"GIB", 30}, {"T", 40},   {"TB", 40}, {"TIB", 40}};
    const auto power = std::ranges::find(powers, unit, &std::pair<std::string_view, unsigned>::first);
    if (power == powers.end() || *number > (~0ULL >> power->second)) return std::nullopt;
    return *number << power->second;
}

}  // namespace vereda::app
