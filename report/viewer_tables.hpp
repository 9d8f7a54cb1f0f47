/// Tables for the page's interactive part: by column, repeated texts once.
#pragma once

#include <span>
#include <vector>

#include "report/catalogue.hpp"
#include "report/json_text.hpp"
#include "report/table.hpp"

namespace vereda::report {

/// One array element per table. `by_language` holds the same tables in the same order for each language; `codes` names
/// the languages. Numbers stand as their CSV has them, texts and dates as positions in a list of the distinct ones.
/// `open_only` leaves out every column that is not Privacy::open.
void write_viewer_tables(JsonText& json, std::span<const std::vector<Table>> by_language,
                         std::span<const Catalogue> languages, bool open_only);

}  // namespace vereda::report
