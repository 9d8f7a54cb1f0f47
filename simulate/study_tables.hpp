/// The registers and the truth of a landscape as tables of text, ready to be written.
#pragma once

#include <string>
#include <vector>

#include "geo/text_table.hpp"
#include "simulate/landscape.hpp"

namespace vereda::simulate {

struct NamedTable {
    std::string name;  ///< of the file, without its ending
    geo::TextTable table;
};

/// Registers in the columns of the data model. Deliveries come as a payer's office would export them: decimal comma,
/// days as DD/MM/YYYY.
[[nodiscard]] std::vector<NamedTable> register_tables(const Landscape& landscape);

/// What really is, for checks only:
/// plots (identity, origin, fate), plot_years (true area, and whether the survey has it), eradication (removed and
/// displaced hectares), displacement (planned and planted share), loss (region, year, cause), readiness (story and what
/// must follow), registered_plots (true area and lawfulness), sanctions (what was really so, and what a ladder counts).
[[nodiscard]] std::vector<NamedTable> truth_tables(const Landscape& landscape);

}  // namespace vereda::simulate
