/// The comparison behind the ring event study: cells near removals with cells of the same area in the same years
/// that are farther away, given the history of both.
///
/// One cross-section per year t in which something was removed (its slot). Outcome: crop of a unit in the first panel
/// year at or after t + lag. History: everything up to year t - 1 - anticipation, so that neither the removal nor what
/// its announcement moved beforehand is part of it. A unit that was itself a target between history and outcome is left
/// out of that slot: its own removal is no displacement.
///
/// Taken out of the outcome and of every dose, by projection:
///   - area × slot: a level and a slope on the unit's mean crop so far (shocks of an area that strike crop in
///     proportion, such as prices);
///   - per slot (over all slots together where a slot has under 15 units per column): the last seen crop and its
///     neighbourhood's, as departures from their means so far (mean reversion and momentum), the neighbourhood's mean
///     (removals are sent where crops are), own removals before, protection, indigenous land, and every covariate, a
///     varying one as its change, plain and times mean crop.
/// This is a local projection given lagged outcomes (Jordà 2005; Dube, Girardi, Jordà, Taylor 2023): sound where
/// targeting follows what was seen, whatever the serial correlation; staggered years are never compared with each
/// other's treated outcomes without their doses in the equation.
///
/// Doses of a row: hectares removed per unit of the ring around each removal, summed over removals; columns: the
/// slot's own year (one column per main), the year before, earlier years, the year after, the rest up to the outcome,
/// and `anticipation` years beyond it; last the own-year doses by how much the unit departs from its ring, once in
/// mean crop and once in distance. These two sum to 0 over every ring, so that the mains keep the meaning "per hectare
/// removed" whether crop appears evenly, where crops already stand, or nearby.
///
/// Rows may carry weights (all sums are then weighted): crop of units that hold much varies more.
#pragma once

#include <span>
#include <vector>

#include "regions/crop_panel.hpp"
#include "regions/removals.hpp"
#include "regions/unit_index.hpp"

namespace vereda::regions {

struct RingSettings {
    geo::Metres belt{20'000};
    int lag = 2;                                 ///< years after the removal in which crop may have appeared
    int anticipation = 1;                        ///< years before the removal that may already react
    std::vector<std::size_t> area_of_unit = {};  ///< regions/comparison_areas; empty: one area
};

/// A removal's hectares spread over one unit of its ring.
struct Dose {
    std::size_t unit = 0;
    int year = 0;
    double hectares = 0;
    int main = 0;            ///< which main column it belongs to in its own slot
    double distance = 0;     ///< the unit's, over the ring's mean, less 1
    std::size_t ring = 0;    ///< units of one removal's ring (or band) share it
    bool only_main = false;  ///< counts in its own slot only, not among the doses of other years (fake removals)
};

struct RingSlot {
    int year = 0;
    std::size_t base = 0;     ///< position of the last panel year of the history
    std::size_t outcome = 0;  ///< position of the outcome's panel year
    std::size_t first_row = 0;
    std::size_t rows = 0;
};

class RingDesign {
  public:
    RingDesign(const CropPanel& panel, const UnitIndex& index, std::span<const Removal> removals,
               const RingSettings& settings);

    static constexpr int kOtherDoses = 7;

    [[nodiscard]] std::span<const RingSlot> slots() const { return slots_; }
    [[nodiscard]] std::size_t rows() const { return unit_of_.size(); }
    [[nodiscard]] std::size_t unit_of(std::size_t row) const { return unit_of_[row]; }
    [[nodiscard]] std::size_t slot_of(std::size_t row) const { return slot_of_[row]; }
    [[nodiscard]] const RingSettings& settings() const { return settings_; }
    /// Mean crop of the row's unit up to the slot's base.
    [[nodiscard]] double mean_crop(std::size_t row) const { return mean_crop_[row]; }
    /// The same design with weights per row (1 in the beginning), all positive.
    [[nodiscard]] RingDesign weighted(std::span<const double> weights) const;
    /// Outcome without what history, region and covariates explain, times the root of the weight, as dose columns are.
    [[nodiscard]] std::span<const double> outcome() const { return outcome_; }

    /// Dose columns row by row: `mains` own-year columns, then the kOtherDoses.
    [[nodiscard]] std::vector<double> dose_columns(std::span<const Dose> doses, int mains) const;
    /// In place: `columns` values per row.
    void residualise(std::span<double> values, int columns) const;
    /// Columns' cross products after projection, and theirs with the outcome, without writing the residuals:
    /// `gram` is columns × columns.
    void project(std::span<const double> values, int columns, std::vector<double>& gram,
                 std::vector<double>& with_outcome) const;
    /// The same of the dose columns of one main, without writing these either: for placebos by the thousand. Every dose
    /// counts in all years (none is only_main).
    void project_doses(std::span<const Dose> doses, std::vector<double>& gram, std::vector<double>& with_outcome) const;

  private:
    struct Block {
        std::size_t first_row = 0;
        std::size_t rows = 0;
    };
    void prepare();
    void choose_slots(const CropPanel& panel, std::span<const Removal> removals);
    void add_rows(const CropPanel& panel, std::span<const Removal> removals);
    void group_rows();
    [[nodiscard]] std::size_t area_of(std::size_t unit) const;
    void group_vectors();
    void orthogonalise();
    class DoseSums;
    void group_project(std::span<double> values, int columns) const;

    RingSettings settings_;
    std::size_t units_ = 0;
    std::vector<RingSlot> slots_;
    std::vector<int> outcome_years_;  ///< per slot, calendar
    std::vector<std::size_t> unit_of_;
    std::vector<std::size_t> slot_of_;
    std::vector<Block> groups_;  ///< area × slot
    std::vector<double> root_weight_;
    std::vector<double> mean_crop_;
    std::vector<double> level_;    ///< per row: the group's unit vector of the root weights
    std::vector<double> slope_;    ///< per row: the group's unit vector of centred mean crop, or 0
    std::vector<double> columns_;  ///< covariates as they are, rows × basis_columns_
    std::vector<Block> blocks_;    ///< rows that share covariate coefficients
    std::vector<double> basis_;    ///< orthonormal within a block, rows × basis_columns_
    int basis_columns_ = 0;
    std::vector<double> outcome_;  ///< residual
    std::vector<double> crop_after_;
    std::vector<std::vector<double>> unit_mean_;  ///< [slot][unit], crop up to the slot's base; 0 where unknown
};

}  // namespace vereda::regions
