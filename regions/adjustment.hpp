/// The adjustments that bring a survey's areas to a census cut-off, each kept apart so that it can be taken back.
///
/// Formulas of methods §1 (m: reconstructed from descriptions of SIMCI's annual adjustments): age of the image
/// A31 = Aobs·(1+g)^(Δ/365); land without information Agap,t = Agap,t−1·(Aseen,t/Aseen,t−1); control actions after the
/// image, overlap × effectiveness subtracted.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>

#include "geo/date.hpp"
#include "geo/quantity.hpp"
#include "regions/eradication.hpp"

namespace vereda::regions {

/// (1+g)^(Δ/365): 1 at Δ = 0 and at g = 0, growing with g where Δ > 0. Requires g > −1. `days` may be negative: an
/// image after the cut-off.
[[nodiscard]] double date_factor(double growth_rate, int days);

/// Yearly growth that makes `earlier` become `later` in so many years; nullopt unless both are positive.
[[nodiscard]] std::optional<double> growth_rate(double earlier, double later, int years);

/// Share of the crop that an event of a kind removes from the ground of its outline.
struct Effectiveness {
    /// (d) By hand, what is pulled is gone. Nothing is known of spraying and of unknown means: unset, not subtracted.
    std::optional<double> by_hand = 1.0;
    std::optional<double> aerial = std::nullopt;
    std::optional<double> unknown = std::nullopt;

    /// 0 for pruning and renewal.
    [[nodiscard]] std::optional<double> of(EradicationKind kind) const;
};

/// Areas in whole square metres: what is added can be taken away again to the last digit.
struct AdjustmentLedger {
    std::int64_t raw_m2 = 0;
    std::int64_t date_m2 = 0;     ///< added by the age of images
    std::int64_t gap_m2 = 0;      ///< added for land not observed
    std::int64_t control_m2 = 0;  ///< taken off for control actions, as a positive number

    [[nodiscard]] std::int64_t date_adjusted() const { return raw_m2 + date_m2; }
    [[nodiscard]] std::int64_t gap_adjusted() const { return date_adjusted() + gap_m2; }
    [[nodiscard]] std::int64_t control_adjusted() const { return gap_adjusted() - control_m2; }
};

/// The raw area of a ledger from its last figure and its steps.
[[nodiscard]] std::int64_t reversed(std::int64_t control_adjusted, std::int64_t date_m2, std::int64_t gap_m2,
                                    std::int64_t control_m2);

[[nodiscard]] inline geo::Hectares hectares_of(std::int64_t square_metres) {
    return geo::Hectares(static_cast<double>(square_metres) / 10'000.0);
}

}  // namespace vereda::regions
