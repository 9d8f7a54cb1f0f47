/// Measures counted from the registers of households, deliveries and incidents.
#pragma once

#include "livelihoods/income_measures.hpp"
#include "livelihoods/register_index.hpp"

namespace vereda::livelihoods {

/// Agreements, tenure and registration, over the households registered by the day.
void add_household_measures(const RegionRecords& records, const Registers& registers, const Roll& roll, geo::Date as_of,
                            Measures& measures);

/// Deliveries promised and confirmed by the day.
void add_delivery_measures(const RegionRecords& records, const Roll& roll, geo::Date as_of, Measures& measures);

/// Incidents of the twelve months to the day. A register without a single incident anywhere in those months does not
/// reach them: unknown, not zero.
void add_incident_measures(const RegionRecords& records, const Registers& registers, const Roll& roll, geo::Date as_of,
                           Measures& measures);

}  // namespace vereda::livelihoods
