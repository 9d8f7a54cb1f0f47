/// The frame of a column chart by year in SVG: axes with round ticks, title and description, places on the drawing.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "report/page_context.hpp"

namespace vereda::report {

/// Values at which an axis from 0 to at least `highest` is labelled: round numbers, four to seven of them, 0 first.
[[nodiscard]] std::vector<double> axis_ticks(double highest);

struct ChartText {
    std::string id;           ///< unique on the page
    std::string title;        ///< HTML
    std::string description;  ///< HTML: the chart in words
    std::string unit;         ///< HTML, above the axis
};

/// 480 by 290 units; the plot area spans x 58 to 470 and y 34 to 234.
class ColumnChart {
  public:
    ColumnChart(std::ostream& out, const PageContext& page, const ChartText& text, const std::vector<int>& years,
                double highest);
    ColumnChart(const ColumnChart&) = delete;
    ColumnChart& operator=(const ColumnChart&) = delete;
    ~ColumnChart();

    /// Left edge of the i-th year's column.
    [[nodiscard]] double left(std::size_t i) const;
    [[nodiscard]] double column_width() const { return step_ * 0.62; }
    [[nodiscard]] double y(double value) const;

    /// A rectangle from `from` up to `to` in the i-th column; `title` (HTML) shows under the pointer.
    void column(std::size_t i, double from, double to, std::string_view css_class, const std::string& title);
    void whisker(std::size_t i, double lo, double hi);
    /// A line of text under the year.
    void note_below(std::size_t i, const std::string& text);

  private:
    std::ostream& out_;
    double step_;
    double top_;
};

/// A number for SVG: at most two decimals, `.` as decimal mark, whatever the locale.
[[nodiscard]] std::string svg_number(double value);

}  // namespace vereda::report
