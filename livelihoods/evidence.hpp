/// What people who know a region say about it: measured or rated indicators, and documents about a gate.
#pragma once

#include <optional>
#include <string>

#include "geo/date.hpp"
#include "livelihoods/readiness.hpp"

namespace vereda::livelihoods {

struct IndicatorValue {
    std::string region_id;
    std::string indicator;
    geo::Date as_of;
    std::optional<double> value;  ///< nullopt: asked, not known
    std::optional<double> lo;
    std::optional<double> hi;
    std::string unit;
    std::string source;
    std::string rater;  ///< of an expert score; one record per rater
};

struct GateStatement {
    std::string region_id;     ///< of the household, or as written
    std::string household_id;  ///< personal; empty: speaks for the whole region
    std::string gate;
    geo::Date as_of;
    GateState value = GateState::unknown;
    std::string document;
    std::optional<geo::Date> valid_until;
};

}  // namespace vereda::livelihoods
