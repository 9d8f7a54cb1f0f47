/// Which outlines of a crop's surveys show the same plot: one identity through any number of years.
///
/// Survey after survey, in order of years, every plot known so far (seen last year, out of sight since, or gone) meets
/// the new outlines. Candidates are pairs that overlap or lie near each other within the errors of position, once the
/// offset that all outlines of the survey share is taken off (survey_shift). Each gets a weight (link_model); splits
/// and mergers are hypotheses of their own. The association is solved per connected component
/// (optimise/association), and a link's probability is its share over all ways to explain the component.
///
/// A link is made where it belongs to the best explanation and its probability is at least `accept`. Where it is not,
/// but at least `review`, it is uncertain: listed with its alternatives and never made; the known plot's track ends
/// there as uncertain and the outline begins one of its own.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "geo/diagnostic.hpp"
#include "geo/parallel.hpp"
#include "geo/quantity.hpp"
#include "regions/link_model.hpp"
#include "regions/survey.hpp"

namespace vereda::regions {

struct IdentityOptions {
    geo::Metres position_error{5};  ///< of plots whose source and survey state none (d)
    double well_observed = 0.9;     ///< share of a plot's ground that must be seen before its absence counts (d)
    double accept = 0.8;            ///< least probability of a link that is made (d)
    double review = 0.2;            ///< least probability of a link that is listed for review (d)
    geo::Parallelism parallelism{};
    geo::Progress* progress = nullptr;
};

inline constexpr std::uint32_t no_plot = static_cast<std::uint32_t>(-1);

/// An outline: positions of its survey and of the plot in it.
struct Outline {
    std::uint32_t survey = 0;
    std::uint32_t plot = 0;
    friend auto operator<=>(const Outline&, const Outline&) = default;
};

enum class LinkForm : std::uint8_t { single, split, merged };

struct LinkAlternative {
    Outline outline;  ///< another outline that the known plot may be, or another known plot's last outline
    double probability = 0;
};

struct PlotLink {
    Outline from;
    Outline to;
    double probability = 0;
    LinkForm form = LinkForm::single;
    LinkWays ways;                              ///< sum 1; of single links
    double offset = 0;                          ///< metres, the survey's own shift taken off
    double offset_variance = 0;                 ///< most that an unchanged plot's can have, an axis
    std::vector<LinkAlternative> alternatives;  ///< of probability 0.01 or more, likeliest first
};

struct Sighting {
    Outline outline;
    std::uint32_t link = no_plot;  ///< of PlotIdentity::links; none: the first
};

/// One plot through the surveys.
struct Track {
    std::vector<Sighting> sightings;               ///< ascending by survey
    std::vector<float> observed;                   ///< by survey from the first sighting on: seen share of its ground
    std::vector<std::uint32_t> parents;            ///< tracks: split from one, merged with others
    std::uint32_t merged_into = no_plot;           ///< track
    std::optional<std::uint32_t> uncertain_since;  ///< survey in which its link was left open
    std::optional<std::uint32_t> merged_at;        ///< survey
};

/// What one survey's links rest on.
struct SurveyFit {
    geo::Point shift{0, 0};  ///< metres, against the first survey
    double place_scale = 1;  ///< error of place over the stated one
    double ended_share = 0;
    double new_share = 0;
    std::size_t candidates = 0;
    std::size_t components = 0;
    std::size_t wide_components = 0;
    std::size_t unproved = 0;
};

struct PlotIdentity {
    std::vector<Track> tracks;                         ///< by first sighting
    std::vector<PlotLink> links;                       ///< by survey of `to`, then `to`, then `from`
    std::vector<PlotLink> uncertain;                   ///< in the same order; not made
    std::vector<std::vector<std::uint32_t>> track_of;  ///< by survey, by plot
    std::vector<SurveyFit> fits;                       ///< by survey
};

/// `surveys`: of one crop, ascending by year, validated, in a CRS in metres. Does not depend on threads, nor on the
/// order of features in their files.
[[nodiscard]] PlotIdentity plot_identity(std::span<const Survey> surveys, const IdentityOptions& options,
                                         geo::Diagnostics& diagnostics);

/// Stated error of a plot's outline, a coordinate: its own, else its survey's, else the default.
[[nodiscard]] geo::Metres position_error_of(const Plot& plot, const Survey& survey, geo::Metres otherwise);

}  // namespace vereda::regions
