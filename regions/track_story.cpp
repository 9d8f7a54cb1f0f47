#include "regions/track_story.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "regions/outline_error.hpp"
#include "regions/plot_error.hpp"
#include "regions/sampled_ratio.hpp"

namespace vereda::regions {

namespace {

constexpr double area_confidence = 1.96;   // standard deviations, 95 %
constexpr double moved_confidence = 13.8;  // χ² with two degrees of freedom, 99.9 %
constexpr double walk_correlation = 60;    // metres, methods §11
constexpr double seen_whole = 0.98;        // observed share from which areas are compared

int months_between(geo::Date from, geo::Date to) {
    constexpr double days_in_month = 30.4375;
    return static_cast<int>(std::floor(geo::days_between(from, to) / days_in_month));
}

/// By the stated error of place, else by the one that tracking takes instead.
double area_variance(const Plot& plot, const Survey& survey, const PlotError& stated, const TrackingOptions& options) {
    if (stated.own) return stated.own->value() * stated.own->value();
    const double correlation = measured_apart(plot.measured_by) ? 0 : walk_correlation;
    const double sd = area_sd(plot.outline, {position_error_of(plot, survey, options.identity.position_error),
                                             geo::Metres(correlation)})
                          .value();
    return sd * sd;
}

class Story {
  public:
    Story(const StoryMaterial& material, std::uint32_t number)
        : m_(material), track_(material.identity.tracks[number]), number_(number) {
        first_ = track_.sightings.front().outline.survey;
        born_year_ = year(first_);
        if (m_.bare_before[number] != no_plot) bare_year_ = year(m_.bare_before[number]);
    }

    std::vector<TrackRow> told() {
        std::size_t next = 0;
        for (std::uint32_t s = first_; s < m_.surveys.size() && !over_; ++s) {
            if (next < track_.sightings.size() && track_.sightings[next].outline.survey == s) {
                seen(s, track_.sightings[next]);
                ++next;
            } else {
                unseen(s);
            }
        }
        end_absence();
        return std::move(rows_);
    }

  private:
    [[nodiscard]] int year(std::uint32_t survey) const { return m_.surveys[survey].year; }
    [[nodiscard]] const Plot& plot(Outline outline) const { return m_.surveys[outline.survey].plots[outline.plot]; }
    [[nodiscard]] geo::Date day_of(Outline outline) const {
        const Plot& seen = plot(outline);
        return seen.image_date ? *seen.image_date : m_.shown_until[outline.survey];
    }
    [[nodiscard]] std::string written(Outline outline) const {
        return std::to_string(year(outline.survey)) + ":" + plot(outline).id;
    }

    TrackRow& add(std::uint32_t survey, TrackEvent event) {
        TrackRow& row = rows_.emplace_back();
        row.track_id = m_.track_ids[number_];
        row.year = year(survey);
        row.crop = m_.surveys[survey].crop;
        row.event = event;
        const std::size_t index = survey - first_;
        row.observed_share = index < track_.observed.size() ? static_cast<double>(track_.observed[index]) : 1;
        row.age_min = row.year - born_year_;
        if (bare_year_) row.age_max = row.year - *bare_year_;
        if (m_.blocks != nullptr) row.block_id = m_.blocks->ids[block()];
        return row;
    }

    [[nodiscard]] std::uint32_t block() const {
        const Outline outline = track_.sightings.front().outline;
        return m_.blocks->block_of[outline.survey][outline.plot];
    }

    // --- seen ---------------------------------------------------------------------------------------------------

    void seen(std::uint32_t survey, const Sighting& sighting) {
        const bool first = rows_.empty();
        error_ = plot_error(plot(sighting.outline), m_.surveys[survey]);
        const TrackEvent event = first ? first_event() : event_again(survey, sighting);
        end_absence();
        TrackRow& row = add(survey, event);
        row.plot_id = plot(sighting.outline).id;
        row.outline = sighting.outline;
        row.area = geo::to_hectares(plot(sighting.outline).area);
        if (error_.own) {
            const AreaInterval interval =
                interval_of({plot(sighting.outline).area,
                             geo::SquareMetres(std::hypot(error_.own->value(), error_.shared.value()))});
            row.area_lo = interval.lo;
            row.area_hi = interval.hi;
        }
        if (sighting.link != no_plot) add_link(row, sighting);
        if (explaining_) {
            row.eradication_event = m_.events[*explaining_].id;
            row.eradication_kind = m_.events[*explaining_].kind;
        }
        if (event == TrackEvent::returned && last_)
            row.months = months_between(day_of(*last_), day_of(sighting.outline));
        if (event == TrackEvent::replanted) start_again(row, sighting);
        if (row.crop == Crop::coca) row.in_harvest = in_harvest(row);
        last_ = sighting.outline;
        last_error_ = error_;
        last_whole_ = row.observed_share >= seen_whole;
        removal_.reset();
        explaining_.reset();
        gone_ = false;
        hidden_ = false;
        absences_ = 0;
    }

    [[nodiscard]] TrackEvent first_event() const {
        const bool child = track_.sightings.front().link != no_plot;
        return child ? TrackEvent::split : TrackEvent::appeared;
    }

    void add_link(TrackRow& row, const Sighting& sighting) const {
        const PlotLink& link = m_.identity.links[sighting.link];
        row.link_score = link.probability;
        for (const LinkAlternative& other : link.alternatives)
            row.alternatives.push_back(
                {other.outline.survey == sighting.outline.survey ? plot(other.outline).id : written(other.outline),
                 other.probability});
        row.from_plots.push_back(written(link.from));
        if (link.form != LinkForm::merged) return;
        for (const std::uint32_t parent : track_.parents) {
            const Track& other = m_.identity.tracks[parent];
            if (other.merged_at == sighting.outline.survey)
                row.from_plots.push_back(written(other.sightings.back().outline));
        }
    }

    [[nodiscard]] std::optional<std::size_t> event_between(geo::Date until) const {
        return m_.removals.found(plot(*last_).outline, day_of(*last_), until);
    }

    TrackEvent event_again(std::uint32_t survey, const Sighting& sighting) {
        const auto found = event_between(day_of(sighting.outline));
        const bool pruned = found && m_.events[*found].kind == EradicationKind::pruned_or_renewed;
        const bool verified = found && !pruned && m_.events[*found].verified == Answer::yes;
        explaining_ = found;
        if (removal_ || (verified && (gone_ || hidden_ || absences_ > 0))) {
            if (removal_) explaining_ = removal_;
            return TrackEvent::replanted;
        }
        if (gone_ || hidden_ || absences_ > 0) return TrackEvent::returned;
        if (pruned) return TrackEvent::pruned_or_renewed;
        if (verified) return TrackEvent::replanted;
        return change(survey, sighting);
    }

    [[nodiscard]] TrackEvent change(std::uint32_t survey, const Sighting& sighting) const {
        const PlotLink& link = m_.identity.links[sighting.link];
        if (link.form == LinkForm::split) return TrackEvent::split;
        if (link.form == LinkForm::merged) return TrackEvent::merged;
        const std::size_t index = survey - first_;
        const bool whole = last_whole_ && static_cast<double>(track_.observed[index]) >= seen_whole;
        if (!whole) return TrackEvent::persisted;
        const double squared = link.offset * link.offset;
        if (squared > moved_confidence * link.offset_variance && link.ways.changed < 0.5) return TrackEvent::moved;
        const Plot& now = plot(sighting.outline);
        const Plot& then = plot(*last_);
        const double difference = now.area.value() - then.area.value();
        const double sd = std::sqrt(area_variance(now, m_.surveys[survey], error_, m_.options) +
                                    area_variance(then, m_.surveys[last_->survey], last_error_, m_.options));
        if (difference > area_confidence * sd) return TrackEvent::grew;
        if (difference < -area_confidence * sd) return TrackEvent::shrank;
        return squared > moved_confidence * link.offset_variance ? TrackEvent::moved : TrackEvent::persisted;
    }

    /// A replanted plot's age counts from the removal.
    void start_again(TrackRow& row, const Sighting& sighting) {
        const geo::Date removed = m_.events[*explaining_].date;
        row.months = months_between(removed, day_of(sighting.outline));
        born_year_ = row.year;
        bare_year_ = geo::year_of(removed);
        row.age_min = 0;
        row.age_max = row.year - *bare_year_;
    }

    [[nodiscard]] std::optional<bool> in_harvest(const TrackRow& row) const {
        constexpr int months = 12;
        if (row.age_min * months >= m_.options.first_harvest_months) return true;
        if (row.age_max && *row.age_max * months < m_.options.first_harvest_months) return false;
        return std::nullopt;
    }

    // --- unseen -------------------------------------------------------------------------------------------------

    void unseen(std::uint32_t survey) {
        if (track_.merged_at == survey) {
            end_absence();
            TrackRow& row = add(survey, TrackEvent::merged);
            row.into_track = m_.track_ids[track_.merged_into];
            over_ = true;
            return;
        }
        if (track_.uncertain_since == survey) {
            end_absence();
            add(survey, TrackEvent::uncertain);
            over_ = true;
            return;
        }
        const std::size_t index = survey - first_;
        const double share = static_cast<double>(track_.observed[index]);
        if (share < m_.options.identity.well_observed) return out_of_sight(survey);
        if (gone_) return;
        observed_without(survey);
    }

    void out_of_sight(std::uint32_t survey) {
        if (gone_) return;
        add(survey, hidden_ || absences_ > 0 ? TrackEvent::not_observed : TrackEvent::lost_to_view);
        hidden_ = true;
    }

    void observed_without(std::uint32_t survey) {
        // What came after it was first seen to be gone did not remove it.
        const auto found = absences_ == 0 ? event_between(m_.shown_until[survey]) : std::nullopt;
        if (found) {
            const EradicationEvent& event = m_.events[*found];
            const bool pruned = event.kind == EradicationKind::pruned_or_renewed;
            const bool told_already = pruned && pruned_by_ == found;
            if (!told_already) {
                TrackRow& row = add(survey, pruned ? TrackEvent::pruned_or_renewed : TrackEvent::removed);
                row.eradication_event = event.id;
                row.eradication_kind = event.kind;
                if (!pruned) row.area = geo::Hectares(0);
                if (pruned) {
                    pruned_by_ = found;
                    hidden_ = true;
                } else {
                    absence_rows_.clear();  // explained after all: they stay told as absent
                    removal_ = found;
                    gone_ = true;
                }
                return;
            }
        }
        if (m_.blocks != nullptr && m_.blocks->fields[block()][survey] > 0) {
            add(survey, TrackEvent::rotated).area = geo::Hectares(0);
            hidden_ = true;
            return;
        }
        add(survey, TrackEvent::absent).area = geo::Hectares(0);
        absence_rows_.push_back(rows_.size() - 1);
        if (++absences_ < m_.options.abandoned_after) return;
        rows_.back().event = TrackEvent::abandoned;
        absence_rows_.clear();
        gone_ = true;
    }

    /// An absence that ended before it counted as abandonment: twice observed is removed.
    void end_absence() {
        if (absence_rows_.size() >= 2) rows_[absence_rows_[1]].event = TrackEvent::removed;
        absence_rows_.clear();
    }

    const StoryMaterial& m_;
    const Track& track_;
    std::uint32_t number_;
    std::uint32_t first_ = 0;
    int born_year_ = 0;
    std::optional<int> bare_year_;
    std::vector<TrackRow> rows_;
    PlotError error_;  ///< of the outline at hand
    std::optional<Outline> last_;
    PlotError last_error_;
    bool last_whole_ = true;
    bool hidden_ = false;  ///< out of sight since the last sighting
    bool gone_ = false;    ///< removed or abandoned
    bool over_ = false;
    int absences_ = 0;  ///< observed years without it since the last sighting
    std::vector<std::size_t> absence_rows_;
    std::optional<std::size_t> removal_;     ///< event whose effect was observed
    std::optional<std::size_t> explaining_;  ///< event that reached it before the sighting at hand
    std::optional<std::size_t> pruned_by_;
};

}  // namespace

std::vector<TrackRow> track_story(const StoryMaterial& material, std::uint32_t track) {
    return Story(material, track).told();
}

}  // namespace vereda::regions
