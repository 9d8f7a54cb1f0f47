/// The registers of a study, grouped by region once: what the measures are computed from.
#pragma once

#include <map>
#include <span>
#include <string_view>
#include <vector>

#include "livelihoods/facts.hpp"

namespace vereda::livelihoods {

/// Pointers into the registers' spans, in their order.
struct RegionRecords {
    std::vector<const Household*> households;
    std::vector<const Delivery*> deliveries;  ///< to the region or to one of its households
    std::vector<const Income*> incomes;
    std::vector<const IndicatorValue*> indicators;
    std::vector<const GateStatement*> evidence;
    std::vector<const Incident*> incidents;
    std::vector<const ContextValue*> context;
    std::vector<const regions::EradicationEvent*> eradication;
};

class RegisterIndex {
  public:
    /// Records of other regions are counted per register in one warning each.
    RegisterIndex(std::span<const std::string> region_ids, const Registers& registers, geo::Diagnostics& diagnostics);

    [[nodiscard]] const RegionRecords& of(std::string_view region_id) const {
        return by_region_.find(region_id)->second;
    }

  private:
    std::map<std::string_view, RegionRecords> by_region_;
};

}  // namespace vereda::livelihoods
