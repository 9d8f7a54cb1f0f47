/// The public edition of the coverage table (rules in public_edition.hpp).
#pragma once

#include <set>
#include <string>

#include "report/public_edition.hpp"

namespace vereda::report {

[[nodiscard]] Table public_coverage(const RunResults& results, const std::set<std::string>& published_regions,
                                    Disclosure& disclosure);

}  // namespace vereda::report
