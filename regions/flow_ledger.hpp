/// The flow ledger: crop area that vanished from units, matched with crop area that appeared in others, by unbalanced
/// optimal transport (optimise/transport.hpp).
///
/// A flow is the cheapest story that the areas allow, with a range over stories about as cheap. It is plausible, not
/// causal: matched area need not be the same people's, and no flow ever feeds the displaced share.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "geo/parallel.hpp"
#include "regions/crop_panel.hpp"
#include "regions/unit_index.hpp"

namespace vereda::regions {

inline constexpr std::string_view kFlowNote = "plausible_not_causal";

struct FlowPlan {
    geo::Metres cap{40'000};      ///< area farther apart than this, waiting included, stays unmatched
    int lag = 1;                  ///< panel steps that area may stay away before it appears
    geo::Metres per_year{5'000};  ///< a year of waiting costs as much as this way
    int candidates = 20;          ///< cheapest destinations looked at for each loss
    double near_optimal = 0.02;   ///< share of cost by which the ranges' stories may be dearer
};

struct FlowRow {
    std::string origin_id;
    std::string destination_id;  ///< the origin's own id: it came back
    int from_year = 0;           ///< last year in which it was seen at the origin
    int to_year = 0;             ///< first year in which it was seen at the destination
    double area_ha = 0;
    double area_lo_ha = 0;  ///< least and most over the near-optimal solutions looked at
    double area_hi_ha = 0;
    double distance_m = 0;  ///< between centres
};

/// Totals of one pair of neighbouring panel years, over units seen in both.
struct FlowBalance {
    int from_year = 0;
    int to_year = 0;
    double lost_ha = 0;
    double lost_unmatched_ha = 0;
    double gained_ha = 0;
    double gained_unmatched_ha = 0;
};

struct FlowLedger {
    std::vector<FlowRow> flows;  ///< matched ones, sorted by years, origin, destination; area_hi_ha above 0
    std::vector<FlowBalance> balance;
};

[[nodiscard]] FlowLedger flow_ledger(const CropPanel& panel, const UnitIndex& index, const FlowPlan& plan,
                                     std::uint64_t seed, geo::Parallelism parallelism,
                                     geo::Progress* progress = nullptr);

}  // namespace vereda::regions
