#include "raster/statistic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <numeric>

#include "geo/error.hpp"

namespace vereda::raster {

using geo::operator""_msg;

namespace {

constexpr std::array<StatisticEntry, 17> table{{
    {Statistic::count, "count", "sum of coverage fractions of cells with a value", "cells"},
    {Statistic::area_ha, "area_ha", "covered ground area; with a raster named, of its cells with a value", "ha", false},
    {Statistic::sum, "sum", "sum of value times coverage fraction", "value"},
    {Statistic::mean, "mean", "mean weighted by coverage fraction", "value"},
    {Statistic::min, "min", "smallest value of any cell touched", "value"},
    {Statistic::max, "max", "greatest value of any cell touched", "value"},
    {Statistic::variance, "variance", "population variance weighted by coverage fraction", "value squared"},
    {Statistic::stdev, "stdev", "square root of the variance", "value"},
    {Statistic::median, "median", "quantile 0.5", "value"},
    {Statistic::quantile, "quantile", "quantile weighted by coverage fraction: quantile(raster, q)", "value"},
    {Statistic::mode, "mode", "value that covers most; the greater of equals", "value"},
    {Statistic::minority, "minority", "value that covers least; the smaller of equals", "value"},
    {Statistic::variety, "variety", "number of distinct values", "1"},
    {Statistic::frac, "frac", "share of each value among cells with a value", "share"},
    {Statistic::weighted_mean, "weighted_mean", "mean weighted by coverage fraction times the weights raster", "value",
     true, true},
    {Statistic::weighted_sum, "weighted_sum", "sum of value times coverage fraction times the weights raster", "value",
     true, true},
    {Statistic::crosstab, "crosstab", "ground area by zone and pair of values of two rasters", "ha"},
}};

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blank = " \t";
    const std::size_t begin = text.find_first_not_of(blank);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(blank) - begin + 1);
}

/// Levenshtein distance.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t k = 0; k < b.size(); ++k) {
            const std::size_t substituted = diagonal + (a[i] == b[k] ? 0 : 1);
            diagonal = row[k + 1];
            row[k + 1] = std::min({substituted, row[k] + 1, row[k + 1] + 1});
        }
    }
    return row.back();
}

std::string_view nearest_name(std::string_view text) {
    return std::ranges::min_element(table, {}, [&](const StatisticEntry& e) { return edit_distance(text, e.name); })
        ->name;
}

std::optional<double> number(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

geo::Error syntax_error(std::string_view text) {
    return geo::Error(geo::ErrorKind::usage, {"statistic.syntax"_msg, {{"text", std::string(text)}}});
}

std::vector<std::string_view> arguments(std::string_view inside) {
    std::vector<std::string_view> result;
    while (true) {
        const std::size_t comma = inside.find(',');
        result.push_back(trimmed(inside.substr(0, comma)));
        if (comma == std::string_view::npos) return result;
        inside.remove_prefix(comma + 1);
    }
}

bool takes_parameter(Statistic statistic) {
    return statistic == Statistic::quantile || statistic == Statistic::frac;
}

void check_name(const std::string& name, std::span<const std::string> names) {
    if (std::ranges::find(names, name) != names.end()) return;
    throw geo::Error(geo::ErrorKind::usage, {"raster.unknown_name"_msg,
                                             {{"name", name}, {"names", fmt::format("{}", fmt::join(names, ", "))}}});
}

/// Takes the raster names off the front of the arguments.
void take_rasters(StatisticCall& call, std::vector<std::string_view>& given, std::span<const std::string> names,
                  std::string_view text) {
    const auto is_name = [&](std::string_view argument) { return std::ranges::find(names, argument) != names.end(); };
    if (call.statistic == Statistic::crosstab) {
        if (given.size() != 2) throw syntax_error(text);
        call.raster = given[0];
        call.other = given[1];
        check_name(call.raster, names);
        check_name(call.other, names);
        given.clear();
        return;
    }
    const bool parameter_only = takes_parameter(call.statistic) && given.size() == 1 && !is_name(given[0]) &&
                                number(given[0].starts_with("q=") ? given[0].substr(2) : given[0]).has_value();
    if (!given.empty() && !parameter_only) {
        call.raster = given.front();
        check_name(call.raster, names);
        given.erase(given.begin());
        return;
    }
    if (!entry(call.statistic).needs_raster) return;
    if (names.size() != 1) {
        throw geo::Error(geo::ErrorKind::usage, {"statistic.raster_needed"_msg, {{"text", std::string(text)}}});
    }
    call.raster = names.front();
}

}  // namespace

std::span<const StatisticEntry> statistics() {
    return table;
}

const StatisticEntry& entry(Statistic statistic) {
    return *std::ranges::find(table, statistic, &StatisticEntry::statistic);
}

StatisticCall parse_statistic(std::string_view text, std::span<const std::string> raster_names) {
    const std::string_view whole = trimmed(text);
    const std::size_t open = whole.find('(');
    const std::string_view name = trimmed(whole.substr(0, open));
    std::vector<std::string_view> given;
    if (open != std::string_view::npos) {
        if (whole.back() != ')') throw syntax_error(text);
        given = arguments(whole.substr(open + 1, whole.size() - open - 2));
        if (given.size() == 1 && given[0].empty()) given.clear();
    }
    const auto found = std::ranges::find(table, name, &StatisticEntry::name);
    if (found == table.end()) {
        throw geo::Error(
            geo::ErrorKind::usage,
            {"statistic.unknown"_msg, {{"name", std::string(name)}, {"nearest", std::string(nearest_name(name))}}});
    }
    StatisticCall call;
    call.statistic = found->statistic;
    take_rasters(call, given, raster_names, text);
    if (!given.empty()) {
        if (!takes_parameter(call.statistic) || given.size() > 1) throw syntax_error(text);
        call.parameter = number(given[0].starts_with("q=") ? given[0].substr(2) : given[0]);
        if (!call.parameter) throw syntax_error(text);
    }
    if (call.statistic == Statistic::quantile) {
        if (!call.parameter) throw syntax_error(text);
        if (!(*call.parameter >= 0 && *call.parameter <= 1)) {
            throw geo::Error(geo::ErrorKind::usage, {"statistic.quantile_range"_msg, {{"text", std::string(text)}}});
        }
    }
    return call;
}

std::string number_text(double value) {
    return fmt::format("{}", value == 0 ? 0.0 : value);
}

std::string column_name(const StatisticCall& call) {
    std::string name(entry(call.statistic).name);
    if (call.statistic == Statistic::crosstab) return call.raster + "_" + call.other + "_" + name;
    if (!call.raster.empty()) name = call.raster + "_" + name;
    if (call.parameter) name += "_" + number_text(*call.parameter);
    return name;
}

}  // namespace vereda::raster
