#include "report/chart_frame.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace vereda::report {

namespace {

constexpr double area_left = 58;
constexpr double area_right = 470;
constexpr double area_top = 34;
constexpr double area_bottom = 234;

}  // namespace

std::string svg_number(double value) {
    std::string text = fmt::format("{:.2f}", value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text == "-0" ? "0" : text;
}

std::vector<double> axis_ticks(double highest) {
    if (!(highest > 0)) highest = 1;
    const double power = std::pow(10, std::floor(std::log10(highest)));
    double step = power;
    for (const double factor : {0.2, 0.25, 0.5, 1.0}) {
        step = factor * power;
        if (highest / step <= 6) break;
    }
    const auto steps = static_cast<int>(std::ceil(highest / step - 1e-9));
    std::vector<double> ticks;
    for (int i = 0; i <= steps; ++i)
        ticks.push_back(i * step);
    return ticks;
}

ColumnChart::ColumnChart(std::ostream& out, const PageContext& page, const ChartText& text,
                         const std::vector<int>& years, double highest)
    : out_(out), step_((area_right - area_left) / static_cast<double>(std::max<std::size_t>(years.size(), 1))) {
    const std::vector<double> ticks = axis_ticks(highest);
    top_ = ticks.back();
    out_ << "<svg class=\"chart\" viewBox=\"0 0 480 290\" role=\"img\" aria-labelledby=\"" << text.id << "-t "
         << text.id << "-d\">\n<title id=\"" << text.id << "-t\">" << text.title << "</title>\n<desc id=\"" << text.id
         << "-d\">" << text.description << "</desc>\n<text class=\"axis-unit\" x=\"8\" y=\"18\">" << text.unit
         << "</text>\n";
    for (const double tick : ticks) {
        const std::string at = svg_number(y(tick));
        out_ << "<path class=\"" << (tick == 0 ? "base" : "grid") << "\" d=\"M" << svg_number(area_left) << ' ' << at
             << 'H' << svg_number(area_right) << "\"/><text class=\"tick\" x=\"50\" y=\"" << svg_number(y(tick) + 5)
             << "\">" << page.numbers.plain(tick) << "</text>";
    }
    out_ << '\n';
    // Where years stand close, only every second or third is named.
    const std::size_t every = years.size() > 24 ? 4 : years.size() > 12 ? 2 : 1;
    for (std::size_t i = 0; i < years.size(); i += every) {
        out_ << "<text class=\"year\" x=\"" << svg_number(left(i) + column_width() / 2) << "\" y=\"256\">" << years[i]
             << "</text>";
    }
    out_ << '\n';
}

ColumnChart::~ColumnChart() {
    out_ << "</svg>\n";
}

double ColumnChart::left(std::size_t i) const {
    return area_left + step_ * (static_cast<double>(i) + 0.19);
}

double ColumnChart::y(double value) const {
    return area_bottom - (area_bottom - area_top) * std::clamp(value / top_, 0.0, 1.0);
}

void ColumnChart::column(std::size_t i, double from, double to, std::string_view css_class, const std::string& title) {
    out_ << "<rect class=\"" << css_class << "\" x=\"" << svg_number(left(i)) << "\" y=\"" << svg_number(y(to))
         << "\" width=\"" << svg_number(column_width()) << "\" height=\"" << svg_number(y(from) - y(to)) << "\"><title>"
         << title << "</title></rect>\n";
}

void ColumnChart::whisker(std::size_t i, double lo, double hi) {
    const double x = left(i) + column_width() / 2;
    out_ << "<path class=\"whisker\" d=\"M" << svg_number(x) << ' ' << svg_number(y(lo)) << 'V' << svg_number(y(hi))
         << "M" << svg_number(x - 6) << ' ' << svg_number(y(lo)) << "h12M" << svg_number(x - 6) << ' '
         << svg_number(y(hi)) << "h12\"/>\n";
}

void ColumnChart::note_below(std::size_t i, const std::string& text) {
    out_ << "<text class=\"below\" x=\"" << svg_number(left(i) + column_width() / 2) << "\" y=\"275\">" << text
         << "</text>";
}

}  // namespace vereda::report
