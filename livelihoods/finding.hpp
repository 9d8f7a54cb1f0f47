/// Something about a plot that is not its area: a question for the family's own union, never an order.
#pragma once

#include <string>

#include "geo/message.hpp"

namespace vereda::livelihoods {

struct Finding {
    /// register, title, per_family, zone, subdivision, duplicate, kin, transfer, relocation, calendar, exemption.
    std::string kind;
    std::string detail;  ///< what exactly: "after_cutoff", "unregistered", "possible_subdivision", …
    geo::Message reason;
};

}  // namespace vereda::livelihoods
