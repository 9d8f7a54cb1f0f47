/// Reported eradication beside crop that was mapped as gone, event by event (methods §11), and what came back.
///
/// Mapped removal: ground inside the event's outline that was under crop in the last survey before the event and is
/// not in the first survey after it, where that survey saw it. A survey's day is the median of its plots' dates, else
/// its own, else 31 December of its year. Strips that vanish when both surveys' position errors are taken off their
/// edges are outlines that differ, not removal.
///
/// Ground that several events of one survey interval share (repeat passes, overlapping outlines) is in `mapped` and in
/// `overlap` of each of them, and in `counted` of the first alone, by date and id: `counted` sums to the ground that
/// went. An event that is only a point or a line takes the plots that it touches as its outline. Pruning and renewal
/// is no removal.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/parallel.hpp"
#include "regions/eradication.hpp"
#include "regions/ground_error.hpp"
#include "regions/region_set.hpp"
#include "regions/survey.hpp"

namespace vereda::regions {

struct EradicationCheckRow {
    std::string event_id;
    std::optional<geo::Hectares> reported;
    std::optional<geo::Hectares> mapped;   ///< nullopt: cannot be told; the note says why
    std::optional<geo::Hectares> overlap;  ///< of mapped, claimed by other events too
    std::string note;                      ///< stable words joined by ";", see eradication_check.cpp
    geo::Date date;
    EradicationKind kind = EradicationKind::unknown;
    Answer verified = Answer::unknown;
    std::string region_id;
    std::optional<geo::Hectares> counted;      ///< of mapped, not counted by an earlier event
    std::optional<geo::Hectares> outline;      ///< of the event as drawn
    std::optional<geo::Hectares> crop_before;  ///< inside the outline
    std::optional<geo::Hectares> unseen;       ///< of it, not observed after
    std::optional<int> year_before;
    std::optional<int> year_after;
    std::string shared_with;                 ///< ids of events joined by ";"
    std::optional<geo::Hectares> revisited;  ///< of counted, observed by the first survey at least 12 months later
    std::optional<geo::Hectares> replanted;  ///< of revisited, under crop again
    // 95 % by the outlines of all surveys that bound the ground (regions/ground_error); nullopt where some state no
    // error.
    std::optional<AreaInterval> mapped_interval;
    std::optional<AreaInterval> counted_interval;
    std::optional<AreaInterval> crop_before_interval;
    std::optional<AreaInterval> revisited_interval;
    std::optional<AreaInterval> replanted_interval;
    std::optional<AreaInterval> counted_sampled;    ///< times the ratio of the survey before
    std::optional<AreaInterval> replanted_sampled;  ///< times the ratio of the survey that revisited
    std::string interval_note;                      ///< words of regions/interval_note; empty where no area is told
};

/// Coming back and going elsewhere are two rates, never one (methods §1).
struct ReplantingRow {
    std::string region_id;  ///< of the event
    Crop crop = Crop::coca;
    geo::Hectares removed;    ///< counted ground of verified events
    geo::Hectares revisited;  ///< of it, at least 12 months later
    geo::Hectares replanted;
    std::optional<double> persistence_rate;  ///< replanted / revisited
    /// New plots, on ground without crop before, of households whose crop was removed, in the first survey after;
    /// nullopt where no removed plot names a household.
    std::optional<geo::Hectares> relocated;
    std::optional<double> relocation_rate;  ///< relocated / removed from plots that name a household
    std::optional<AreaInterval> removed_interval;
    std::optional<AreaInterval> revisited_interval;
    std::optional<AreaInterval> replanted_interval;
    std::optional<RateInterval> persistence_interval;
    std::optional<AreaInterval> relocated_interval;
    std::optional<RateInterval> relocation_interval;
    std::optional<AreaInterval> removed_sampled;
    std::optional<AreaInterval> replanted_sampled;
    std::string note;  ///< what the intervals leave out: regions/interval_note
};

struct EradicationCheck {
    std::vector<EradicationCheckRow> events;  ///< by event id
    std::vector<ReplantingRow> replanting;    ///< by region and crop, where verified events have mapped removal
};

/// Replanted or resprouted area over verified area: 9.6 / 1,615 ha = 0.594 % (methods §1). nullopt over nothing.
[[nodiscard]] std::optional<double> persistence_rate(geo::Hectares replanted, geo::Hectares verified);

[[nodiscard]] EradicationCheck eradication_check(const RegionSet& regions, std::span<const Survey> surveys,
                                                 std::span<const EradicationEvent> events, geo::Parallelism parallelism,
                                                 geo::Progress* progress = nullptr,
                                                 std::span<const SampledRatio> samples = {});

}  // namespace vereda::regions
