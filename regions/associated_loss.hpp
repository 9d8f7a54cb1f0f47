/// How much of the forest lost near new plots fell with them, and how much would have been lost there anyway.
///
/// Indirect standardisation, as epidemiology does it (Rothman, Greenland and Lash, Modern Epidemiology, 2008, ch. 4):
/// for each band of distances from new plots, O hectares were lost and E = Σ over regions and years of (forest in the
/// band × loss per hectare of the ground beyond the radius and within three radii of the same plots). Bands are taken
/// from the plots outwards as long as O - E is more than chance makes of it (one-sided 5 %); the part of the loss in
/// such a band that fell with the plots is 1 - E / O in every region and year. Sums and signs are left as they come
/// until the whole is added up, so that chance does not add up to loss.
///
/// Chance: forest is lost in patches, so the variance of lost hectares is k times their expectation; k is measured on
/// the ground beyond the radius, block by block and year by year, and is no less than one cell.
#pragma once

#include <map>
#include <vector>

#include "regions/loss_table.hpp"

namespace vereda::regions {

struct AssociatedLoss {
    bool has_background = false;  ///< some ground beyond the radius tells what is lost anyway
    /// By band of the table that counts: the part of the loss that fell with new plots, 0 to 1.
    std::map<std::size_t, double> part_of_band;
    double net = 0;    ///< hectares, O - E over the bands within the radius that count, or over all where none does
    double error = 0;  ///< its standard error

    /// The parts, were the net loss so many standard errors away from what was found.
    [[nodiscard]] std::map<std::size_t, double> parts_at(double errors) const;

  private:
    friend AssociatedLoss associated_loss(const LossTable&, std::size_t, geo::Metres);
    std::vector<std::size_t> looked_at_;  ///< bands that count, or all within the radius where none does
    double lost_ = 0;                     ///< hectares lost in them
};

[[nodiscard]] AssociatedLoss associated_loss(const LossTable& table, std::size_t cover, geo::Metres radius);

}  // namespace vereda::regions
