/// Cells of tables: how numbers, dates and unknowns are written.
#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/text_table.hpp"

namespace vereda::simulate {

class TableText {
  public:
    TableText(std::vector<std::string> columns, geo::DecimalMark mark = geo::DecimalMark::point,
              geo::DateOrder order = geo::DateOrder::iso_only) {
        table_.columns = std::move(columns);
        table_.decimal_mark = mark;
        table_.date_order = order;
    }

    void add(std::vector<std::string> cells) {
        table_.rows.push_back({static_cast<long>(table_.rows.size()) + 2, std::move(cells)});
    }

    [[nodiscard]] std::string number(double value, int decimals) const {
        std::string text = fmt::format("{:.{}f}", value, decimals);
        if (table_.decimal_mark == geo::DecimalMark::comma) {
            for (char& c : text) {
                if (c == '.') c = ',';
            }
        }
        return text;
    }
    [[nodiscard]] std::string number(const std::optional<double>& value, int decimals) const {
        return value ? number(*value, decimals) : std::string();
    }
    [[nodiscard]] std::string date(const std::optional<geo::Date>& value) const {
        if (!value) return {};
        std::string iso = geo::to_iso(*value);
        if (table_.date_order == geo::DateOrder::iso_only) return iso;
        return iso.substr(8, 2) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4);
    }

    [[nodiscard]] geo::TextTable table() && { return std::move(table_); }

  private:
    geo::TextTable table_;
};

}  // namespace vereda::simulate
