/// Output tables: declared once, filled with typed cells, written by csv.hpp, page.hpp and others.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/feature.hpp"
#include "geo/message.hpp"

namespace vereda::report {

/// Who may hold a table. `public_safe` tables have a public edition (public_edition.hpp), in which small cells are
/// withheld; their internal edition stays internal.
enum class Audience { internal_only, public_safe };
[[nodiscard]] std::string_view name_of(Audience audience);  ///< "internal", "public-safe"

/// Written with as few digits as name the double exactly.
inline constexpr int shortest_round_trip = -1;

/// What the public edition does with a column. `personal` names or leads to a person, household or plot, `internal` is
/// free text of the inputs or evidence; both are blanked there. This mark is the only place that says so.
enum class Privacy { open, internal, personal };

struct Column {
    std::string_view name;  ///< with its unit: area_ha. A contract: columns are only ever appended
    geo::FieldType type = geo::FieldType::text;
    std::string_view unit;               ///< "ha", "m2", "1" for shares and scores; empty: none
    geo::MessageId about;                ///< one sentence
    int decimals = shortest_round_trip;  ///< of real columns, fixed
    Privacy privacy = Privacy::open;
};

struct TableDeclaration {
    std::string_view name;
    geo::MessageId title;
    geo::MessageId about;
    Audience audience = Audience::internal_only;
    std::span<const Column> columns;
    [[nodiscard]] std::size_t position(std::string_view column) const;  ///< throws Error(internal) for an unknown name
};

/// Holds its rows, or, where they are too many to hold, makes each when it is read: then `rows` is empty.
struct Table {
    const TableDeclaration* declaration = nullptr;  ///< static storage
    std::vector<std::vector<geo::Value>> rows;      ///< one value per column; sorted by sort_rows()
    /// Gives the row at a position, in sorted order, from any thread; refers to the results that the table is of.
    std::function<std::vector<geo::Value>(std::size_t)> make_row = {};
    std::size_t made_rows = 0;

    [[nodiscard]] std::size_t row_count() const { return make_row ? made_rows : rows.size(); }
    /// Calls `visit` with the rows from `first` up to, not with, `last`.
    void for_rows(std::size_t first, std::size_t last,
                  const std::function<void(const std::vector<geo::Value>&)>& visit) const;
    /// The first rows, at most so many, held.
    [[nodiscard]] Table head(std::size_t at_most) const;
};

/// Rows ascending by their cells from the left; unknown before known.
void sort_rows(Table& table);

/// A cell as outputs write it: `.` decimal, declared decimals, ISO dates; empty for unknown. Not yet quoted or
/// neutralised.
[[nodiscard]] std::string cell_text(const geo::Value& value, const Column& column);

}  // namespace vereda::report
