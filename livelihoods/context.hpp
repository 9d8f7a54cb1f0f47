/// Any yearly number about a region that the user brings: population, agrochemical use, food insecurity.
#pragma once

#include <optional>
#include <string>

namespace vereda::livelihoods {

struct ContextValue {
    std::string region_id;
    int year = 0;
    std::string name;  ///< the column
    double value = 0;
    std::string unit;  ///< empty: not told
    long line = 0;     ///< of the file it was read from; 0: none
};

/// What a publication says that a column of the context sums to in one year.
struct PublishedTotal {
    std::string name;  ///< the column
    int year = 0;
    double total = 0;
    std::string source;  ///< who published it
    long line = 0;
    std::optional<double> change_percent = {};  ///< against the year before, as published
};

}  // namespace vereda::livelihoods
