#include "report/number_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace vereda::report {

namespace {

constexpr std::string_view no_break_space = "\u00a0";
constexpr std::string_view minus = "\u2212";
constexpr std::string_view en_dash = "\u2013";

int decimals_of_money(double amount) {
    return std::abs(amount) >= 100 ? 0 : 2;
}

}  // namespace

int decimals_of(geo::Hectares area) {
    const double size = std::abs(area.value());
    if (size >= 1000) return 0;
    return size >= 1 || size == 0 ? 1 : 2;
}

std::string NumberFormat::number(double value, int decimals) const {
    if (!std::isfinite(value)) return "\u2014";
    const std::string digits = fmt::format("{:.{}f}", std::abs(value), decimals);
    const bool negative = value < 0 && digits.find_first_not_of("0.") != std::string::npos;
    const std::size_t point = std::min(digits.find('.'), digits.size());
    std::string result(negative ? minus : "");
    for (std::size_t i = 0; i < point; ++i) {
        result += digits[i];
        const std::size_t left = point - i - 1;
        if (left > 0 && left % 3 == 0) result += comma_ ? '.' : ',';
    }
    if (point < digits.size()) result.append(comma_ ? "," : ".").append(digits, point + 1);
    return result;
}

std::string NumberFormat::plain(double value) const {
    const double size = std::abs(value);
    if (size >= 1000 || size == std::floor(size)) return number(value, 0);
    std::string text = number(value, size >= 100 ? 1 : size >= 1 ? 2 : 3);
    const std::size_t last = text.find_last_not_of('0');
    text.erase(text[last] == '.' || text[last] == ',' ? last : last + 1);
    return text;
}

std::string NumberFormat::hectares(geo::Hectares area) const {
    return number(area.value(), decimals_of(area)).append(no_break_space) + "ha";
}

std::string NumberFormat::hectares(geo::Hectares area, std::optional<geo::Hectares> lo,
                                   std::optional<geo::Hectares> hi) const {
    if (!lo || !hi) return hectares(area);
    const int decimals = decimals_of(area);
    return hectares(area).append(no_break_space) + "(" +
           number(lo->value(), decimals).append(en_dash).append(number(hi->value(), decimals)) + ")";
}

std::string NumberFormat::square_metres(geo::SquareMetres area) const {
    return number(area.value(), 0).append(no_break_space) + "m²";
}

std::string NumberFormat::percent(double share) const {
    return number(share * 100, 1).append(no_break_space) + "%";
}

std::string NumberFormat::score(double value, std::optional<double> lo, std::optional<double> hi) const {
    if (!lo || !hi) return score(value);
    return score(value).append(no_break_space) + "(" + score(*lo).append(en_dash).append(score(*hi)) + ")";
}

std::string NumberFormat::money(double amount, std::string_view currency) const {
    std::string result = number(amount, decimals_of_money(amount));
    if (!currency.empty()) result.append(no_break_space).append(currency);
    return result;
}

}  // namespace vereda::report
