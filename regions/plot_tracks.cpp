#include "regions/plot_tracks.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "regions/observed_land.hpp"
#include "regions/track_story.hpp"

namespace vereda::regions {

namespace {

constexpr std::size_t tracks_to_a_task = 512;

geo::Date last_day(int year) {
    return std::chrono::sys_days{std::chrono::year{year} / 12 / 31};
}

/// The latest image that dates a survey; the end of its year where none does.
geo::Date shown_until(const Survey& survey) {
    std::optional<geo::Date> latest = survey.image_date;
    for (const Scene& scene : survey.scenes)
        latest = latest ? std::max(*latest, scene.image_date) : scene.image_date;
    for (const Plot& plot : survey.plots)
        if (plot.image_date) latest = latest ? std::max(*latest, *plot.image_date) : *plot.image_date;
    return latest ? *latest : last_day(survey.year);
}

class Telling {
  public:
    Telling(std::span<const Survey> surveys, std::uint32_t offset, std::span<const EradicationEvent> events,
            const TrackingOptions& options, geo::Diagnostics& diagnostics)
        : surveys_(surveys),
          offset_(offset),
          events_(events),
          options_(options),
          identity_(plot_identity(surveys, options.identity, diagnostics)) {}

    void into(PlotTracks& result) {
        name_tracks();
        find_bare_ground();
        for (const Survey& survey : surveys_)
            shown_until_.push_back(shown_until(survey));
        const RemovalIndex removals(events_);
        FieldBlocks blocks;
        const bool annual = surveys_.front().crop == Crop::poppy;
        if (annual) blocks = field_blocks(surveys_, options_.block_gap, options_.identity.parallelism);
        const StoryMaterial material{surveys_,   identity_,    events_,      removals, annual ? &blocks : nullptr,
                                     track_ids_, bare_before_, shown_until_, options_};
        tell(material, result);
        review(result);
        for (std::size_t s = 0; s < surveys_.size(); ++s)
            result.fits.push_back({surveys_[s].crop, surveys_[s].year, identity_.fits[s]});
        for (PlotLink link : identity_.links) {
            link.from.survey += offset_;
            link.to.survey += offset_;
            for (LinkAlternative& other : link.alternatives)
                other.outline.survey += offset_;
            result.links.push_back(std::move(link));
        }
        std::ranges::move(blocks.rows, std::back_inserter(result.blocks));
    }

  private:
    [[nodiscard]] const Plot& plot(Outline outline) const { return surveys_[outline.survey].plots[outline.plot]; }

    void name_tracks() {
        for (const Track& track : identity_.tracks) {
            const Outline first = track.sightings.front().outline;
            const Survey& survey = surveys_[first.survey];
            track_ids_.push_back(std::string(name_of(survey.crop)) + "-" + std::to_string(survey.year) + "-" +
                                 plot(first).id);
        }
    }

    /// A split's child is as old as its parent.
    void find_bare_ground() {
        std::vector<ObservedLand> lands;
        for (const Survey& survey : surveys_)
            lands.emplace_back(survey.observed);
        bare_before_.assign(identity_.tracks.size(), no_plot);
        geo::parallel_for(identity_.tracks.size(), options_.identity.parallelism, [&](std::size_t t) {
            const Track& track = identity_.tracks[t];
            const Outline first = track.sightings.front().outline;
            if (track.sightings.front().link != no_plot) return;
            for (std::uint32_t s = first.survey; s-- > 0;) {
                if (lands[s].share(plot(first).outline) < options_.identity.well_observed) continue;
                bare_before_[t] = s;
                return;
            }
        });
    }

    void tell(const StoryMaterial& material, PlotTracks& result) {
        const std::size_t count = identity_.tracks.size();
        std::vector<std::uint32_t> order(count);
        std::iota(order.begin(), order.end(), 0U);
        std::ranges::sort(order, {}, [&](std::uint32_t t) -> const std::string& { return track_ids_[t]; });
        const std::size_t tasks = (count + tracks_to_a_task - 1) / tracks_to_a_task;
        geo::parallel_ordered<std::vector<TrackRow>>(
            tasks, options_.identity.parallelism,
            [&](std::size_t task) {
                std::vector<TrackRow> rows;
                const std::size_t end = std::min(count, (task + 1) * tracks_to_a_task);
                for (std::size_t t = task * tracks_to_a_task; t < end; ++t)
                    std::ranges::move(track_story(material, order[t]), std::back_inserter(rows));
                return rows;
            },
            [&](std::size_t, std::vector<TrackRow>&& rows) {
                for (TrackRow& row : rows) {
                    if (row.outline.survey != no_plot) row.outline.survey += offset_;
                    result.rows.push_back(std::move(row));
                }
            });
    }

    void review(PlotTracks& result) const {
        for (const PlotLink& link : identity_.uncertain) {
            TrackReview row;
            row.crop = surveys_[link.to.survey].crop;
            row.track_id = track_ids_[identity_.track_of[link.from.survey][link.from.plot]];
            row.from_year = surveys_[link.from.survey].year;
            row.from_plot = plot(link.from).id;
            row.year = surveys_[link.to.survey].year;
            row.plot_id = plot(link.to).id;
            row.link_score = link.probability;
            for (const LinkAlternative& other : link.alternatives) {
                const std::string year = other.outline.survey == link.to.survey
                                             ? std::string()
                                             : std::to_string(surveys_[other.outline.survey].year) + ":";
                row.alternatives.push_back({year + plot(other.outline).id, other.probability});
            }
            result.review.push_back(std::move(row));
        }
    }

    std::span<const Survey> surveys_;
    std::uint32_t offset_;  ///< of the crop's surveys among those given
    std::span<const EradicationEvent> events_;
    const TrackingOptions& options_;
    PlotIdentity identity_;
    std::vector<std::string> track_ids_;
    std::vector<std::uint32_t> bare_before_;
    std::vector<geo::Date> shown_until_;
};

}  // namespace

std::string_view name_of(TrackEvent event) {
    static constexpr std::array<std::string_view, 17> names{
        "appeared",  "persisted",         "grew",         "shrank",       "moved",    "split",
        "merged",    "pruned_or_renewed", "lost_to_view", "not_observed", "absent",   "removed",
        "abandoned", "returned",          "replanted",    "rotated",      "uncertain"};
    return names[static_cast<std::size_t>(event)];
}

PlotTracks plot_tracks(std::span<const Survey> surveys, std::span<const EradicationEvent> events,
                       const TrackingOptions& options, geo::Diagnostics& diagnostics) {
    PlotTracks result;
    for (std::size_t begin = 0; begin < surveys.size();) {
        std::size_t end = begin;
        while (end < surveys.size() && surveys[end].crop == surveys[begin].crop)
            ++end;
        Telling(surveys.subspan(begin, end - begin), static_cast<std::uint32_t>(begin), events, options, diagnostics)
            .into(result);
        begin = end;
    }
    return result;
}

}  // namespace vereda::regions
