/// Readiness models and regions drawn at random, for laws that must hold for every model.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "livelihoods/readiness.hpp"
#include "tests/livelihoods/plots.hpp"

namespace vereda::tests {

class RandomModels {
  public:
    explicit RandomModels(std::uint64_t seed) : random_(seed) {}

    [[nodiscard]] double share() { return std::uniform_real_distribution<double>(0, 1)(random_); }
    [[nodiscard]] bool chance(double probability) { return share() < probability; }
    [[nodiscard]] int whole(int lo, int hi) { return std::uniform_int_distribution<int>(lo, hi)(random_); }

    /// 1-4 gates on shares, 1-4 pillars, 1-8 indicators of either direction, any weights.
    [[nodiscard]] livelihoods::ReadinessModel model() {
        livelihoods::ReadinessModel model;
        model.name = "random";
        model.threshold = 0.2 + 0.6 * share();
        const int gates = whole(1, 4);
        for (int i = 0; i < gates; ++i) {
            livelihoods::Gate gate;
            gate.id = "gate" + std::to_string(i);
            gate.measure = "g" + std::to_string(i);
            gate.comparison = chance(0.5) ? livelihoods::Comparison::at_least : livelihoods::Comparison::at_most;
            gate.threshold = share();
            model.gates.push_back(gate);
        }
        const int pillars = whole(1, 4);
        for (int i = 0; i < pillars; ++i)
            model.pillars.push_back({"p" + std::to_string(i), "", "", 0.1 + share()});
        const int indicators = whole(1, 8);
        for (int i = 0; i < indicators; ++i) {
            livelihoods::Indicator indicator;
            indicator.id = "x" + std::to_string(i);
            indicator.pillar = "p" + std::to_string(whole(0, pillars - 1));
            indicator.direction =
                chance(0.5) ? livelihoods::Direction::higher_is_better : livelihoods::Direction::lower_is_better;
            indicator.lo = -1 + share();
            indicator.hi = indicator.lo + 0.5 + 2 * share();
            indicator.weight = 0.1 + share();
            model.indicators.push_back(indicator);
        }
        return model;
    }

    /// Every gate and indicator of the model known exactly on the day.
    [[nodiscard]] livelihoods::RegionFacts complete(const livelihoods::ReadinessModel& model, geo::Date today,
                                                    std::string id = "R") {
        livelihoods::RegionFacts facts;
        facts.region_id = std::move(id);
        for (const auto& gate : model.gates)
            facts.measures[gate.measure] = known(share(), today);
        for (const auto& indicator : model.indicators)
            facts.measures[indicator.id] = known(-1.2 + 4 * share(), today);
        return facts;
    }

    [[nodiscard]] static livelihoods::Measure known(double value, geo::Date day) {
        livelihoods::Measure measure;
        measure.value = value;
        measure.as_of = day;
        return measure;
    }

  private:
    std::mt19937_64 random_;
};

}  // namespace vereda::tests
