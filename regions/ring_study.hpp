/// The ring event study: what share of the hectares removed appeared in the belt around, and how sure that is.
///
/// A removal of H hectares whose ring holds N units adds a dose of H/N to each of them; the coefficient of the dose on
/// crop `lag` years later is the share of H that appeared in the ring, whatever the pattern inside it, where rings do
/// not overlap, and given the doses of the other removals where they do (regions/ring_design says what else is held
/// fixed).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "regions/ring_design.hpp"
#include "regions/wild_bootstrap.hpp"

namespace vereda::regions {

/// Rings of removals, each found once.
class RingDoses {
  public:
    RingDoses(const UnitIndex& index, geo::Metres belt) : index_(&index), belt_(belt) {}

    /// Finds the rings of these single units now, so that removals moved there need no search; stops where they take
    /// much memory.
    void remember(std::span<const std::size_t> units);

    /// One main column.
    [[nodiscard]] std::vector<Dose> of(std::span<const Removal> removals) const;
    /// Main column of each removal given.
    [[nodiscard]] std::vector<Dose> split(std::span<const Removal> removals, std::span<const int> mains) const;
    /// Main column by distance: band k reaches to `edges[k]`, ascending; its dose is H over the band's own units, so
    /// that its coefficient is the share that appeared in the band.
    [[nodiscard]] std::vector<Dose> by_band(std::span<const Removal> removals,
                                            std::span<const geo::Metres> edges) const;

  private:
    struct Ring {
        std::vector<NearUnit> units;
        double mean_distance = 1;
    };
    [[nodiscard]] Ring ring_of(std::span<const std::size_t> targets) const;

    const UnitIndex* index_;
    geo::Metres belt_;
    std::vector<Ring> remembered_;
    std::size_t held_ = 0;                    ///< units in them
    std::vector<std::size_t> place_of_unit_;  ///< in remembered_, plus 1; 0: not there
};

/// Least squares of the design's outcome on dose columns.
struct RingFit {
    std::vector<double> coefficients;  ///< mains first, in hectares appeared per hectare removed
    bool identified = false;           ///< the mains are not collinear with the rest
};

[[nodiscard]] RingFit fit_rings(const RingDesign& design, std::span<const double> doses, int mains);
/// The same with one main column, without writing the dose columns; no dose is only_main.
[[nodiscard]] RingFit fit_doses(const RingDesign& design, std::span<const Dose> doses);

/// One main coefficient with what inference needs: per row, x and y after everything else is partialled out.
struct RingCoefficient {
    double estimate = 0;
    bool identified = false;
    std::vector<double> x;
    std::vector<double> y;
    double own_share = 0;  ///< of the dose's variance that nothing else explains
};

[[nodiscard]] RingCoefficient coefficient(const RingDesign& design, std::span<const double> doses, int mains,
                                          int which);

/// The one main column of `columns` after everything is partialled out that coefficient(design, doses, 1, 0) partials
/// out of its x and y.
[[nodiscard]] std::vector<double> partialled(const RingDesign& design, std::span<const double> doses,
                                             std::span<const double> columns);

/// Weights for a second, more precise fit: one over the variance of the first fit's residuals among rows of like mean
/// crop (20 classes of equally many rows, made monotone by pooling adjacent classes that fall). The doses by relative
/// crop and distance keep the estimate the share of the whole ring under any such weights, as long as the effect is
/// linear in them; the unweighted estimate stands beside it.
[[nodiscard]] std::vector<double> precision_weights(const RingDesign& design, const RingCoefficient& first);

[[nodiscard]] std::vector<ClusterSums> cluster_sums(const RingDesign& design, const RingCoefficient& coefficient,
                                                    std::span<const std::size_t> cluster_of_unit, std::size_t clusters);

/// Conley (1999) standard error: products of units' scores, summed over years, weighted 1 - distance / reach; any
/// serial correlation allowed.
[[nodiscard]] double conley_error(const RingDesign& design, const RingCoefficient& coefficient,
                                  std::span<const PanelUnit> units, const UnitIndex& index, geo::Metres reach);

}  // namespace vereda::regions
