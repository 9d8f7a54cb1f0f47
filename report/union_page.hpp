/// The self-check edition: one printable page for the assembly of one union, about its own families. Internal.
#pragma once

#include <ostream>
#include <span>
#include <string>

#include "livelihoods/small_plots.hpp"
#include "report/catalogue.hpp"

namespace vereda::report {

/// The union's families with every verdict explained in sentences, what the union itself is due to do, and what no
/// verdict means. The first language is the one shown first. No plot coordinates.
void write_union_page(std::ostream& out, std::span<const livelihoods::FamilyVerdict* const> families,
                      const std::string& union_name, std::span<const Catalogue> languages);

}  // namespace vereda::report
