/// When whose crop was removed, how much, and what was planted again there.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "geo/spatial_index.hpp"
#include "livelihoods/household.hpp"
#include "regions/eradication.hpp"
#include "regions/survey.hpp"

namespace vereda::livelihoods {

/// How it is known that an event removed this family's crop.
enum class ReductionBasis { named, plot, region };
[[nodiscard]] std::string_view name_of(ReductionBasis basis);

struct Reduction {
    geo::Date date;
    ReductionBasis basis = ReductionBasis::region;
    const regions::EradicationEvent* event = nullptr;
};

class Removals {
  public:
    /// Only verified events up to `as_of` that remove a crop count; pruning and renewal is none. The spans must outlive
    /// this; surveys lie in the CRS of the events' places.
    Removals(std::span<const regions::EradicationEvent> events, std::span<const regions::Survey> surveys,
             geo::Date as_of);

    /// The earliest event in the region.
    [[nodiscard]] std::optional<Reduction> of_region(std::string_view region_id) const;
    /// The earliest event that names the family, touches a plot of its that was seen in the event's year or before, or
    /// (of events without a place, and of families none of whose plots is known) lies in its region. Families that
    /// never grew have none by their region alone.
    [[nodiscard]] std::optional<Reduction> of_household(const Household& household) const;
    /// Hectares of the region's events before `day` (all of them with nullopt): as reported, else of the outline.
    /// Nullopt where no event tells any.
    [[nodiscard]] std::optional<geo::Hectares> removed(std::string_view region_id, std::optional<geo::Date> day) const;
    /// Crop seen inside the outlines of the region's events in the surveys of the three years after each, at its
    /// largest in any one year; nullopt where no event has an outline or no later survey saw the crop's land.
    [[nodiscard]] std::optional<geo::Hectares> replanted(std::string_view region_id) const;
    /// Every event of the region up to `as_of`, verified or not.
    [[nodiscard]] std::span<const regions::EradicationEvent* const> events_of(std::string_view region_id) const;

  private:
    struct SeenPlot {
        const regions::Plot* plot;
        int year;
    };
    [[nodiscard]] bool touches_plot(const regions::EradicationEvent& event, std::string_view household_id) const;

    std::span<const regions::Survey> surveys_;
    std::map<std::string_view, std::vector<const regions::EradicationEvent*>> all_by_region_;
    std::map<std::string_view, std::vector<const regions::EradicationEvent*>> by_region_;     ///< removing, by date
    std::map<std::string_view, std::vector<const regions::EradicationEvent*>> by_household_;  ///< that name it
    std::vector<const regions::EradicationEvent*> placed_;                                    ///< with a place, by date
    std::map<std::string_view, std::vector<SeenPlot>> plots_by_household_;
};

}  // namespace vereda::livelihoods
