/// The scores of all regions under one set of choices, from tables made once: the inner loop of
/// readiness_uncertainty().
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "livelihoods/readiness.hpp"

namespace vereda::livelihoods {

/// One answer to every open choice.
struct ChoiceDraw {
    std::vector<double> weights;  ///< by indicator, summing to 1
    std::size_t normalisation = 0;
    std::size_t aggregation = 0;
    std::size_t left_out = 0;  ///< position of the indicator without weight; their number: none
    std::uint64_t data = 0;    ///< stream of the missing values
};

class UncertainScores {
  public:
    static constexpr std::size_t normalisations = 3;  ///< goalposts, least and most of the regions, rank among them
    static constexpr std::size_t aggregations = 3;    ///< geometric, arithmetic, harmonic

    UncertainScores(const ReadinessModel& model, std::span<const RegionFacts* const> regions, geo::Date as_of);

    [[nodiscard]] std::size_t regions() const { return regions_; }
    [[nodiscard]] std::size_t indicators() const { return indicators_; }
    /// scores[region] for the draw.
    void score(const ChoiceDraw& draw, std::span<double> scores) const;

  private:
    static constexpr std::size_t levels = 16;  ///< equally likely points of an interval

    struct OpenCell {
        std::uint32_t region;
        std::uint32_t indicator;
        std::size_t at;  ///< of its first level in `open_terms_`
    };

    std::size_t regions_;
    std::size_t indicators_;
    /// What a cell adds per unit of weight, by normalisation and aggregation: ln z, z or 1/z; 0 for an open cell.
    std::array<std::array<std::vector<double>, aggregations>, normalisations> terms_;
    std::array<std::array<std::vector<double>, aggregations>, normalisations> open_terms_;
    std::vector<OpenCell> open_;
};

}  // namespace vereda::livelihoods
