/// Any yearly number about a region that the user brings: population, agrochemical use, food insecurity.
#pragma once

#include <string>

namespace vereda::livelihoods {

struct ContextValue {
    std::string region_id;
    int year = 0;
    std::string name;  ///< the column
    double value = 0;
    std::string unit;  ///< empty: not told
};

}  // namespace vereda::livelihoods
