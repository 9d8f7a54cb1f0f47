/// On which day each gate of a readiness model was first met, told from a day on which a crop was removed.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "livelihoods/facts.hpp"
#include "livelihoods/readiness_model.hpp"

namespace vereda::livelihoods {

/// When a gate was met, seen from a day of reduction.
enum class GateTiming {
    before,   ///< it held on that day, since `date`
    after,    ///< it did not yet hold; it did from `date` on
    never,    ///< it did not hold then, nor at any time since
    unknown,  ///< nobody knows whether it held then or later
};

struct GateDate {
    std::string gate_id;
    GateTiming timing = GateTiming::unknown;
    std::optional<geo::Date> date;  ///< of before and after
};

/// One entry per gate, in the model's order. `records` are those of one region (facts.hpp); the days between are looked
/// at by half-years and the change found by halving, so a gate that held for less than half a year in between is not
/// seen. What happened more than ten years before counts as ten years before.
[[nodiscard]] std::vector<GateDate> gate_dates(const ReadinessModel& model, const std::string& region_id,
                                               const Registers& records, geo::Date reduction, geo::Date as_of);

/// The registers of every region, each as if it were the only one, so that one region's facts cost its own records.
class RegionalRegisters {
  public:
    RegionalRegisters(std::span<const std::string> region_ids, const Registers& registers);
    [[nodiscard]] Registers of(const std::string& region_id) const;

  private:
    struct Records {
        std::vector<Household> households;
        std::vector<Delivery> deliveries;
        std::vector<Income> incomes;
        std::vector<IndicatorValue> indicators;
        std::vector<GateStatement> evidence;
        std::vector<ContextValue> context;
        std::vector<regions::EradicationEvent> eradication;
    };
    std::map<std::string, Records> by_region_;
    Registers all_;
};

}  // namespace vereda::livelihoods
