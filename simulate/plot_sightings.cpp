#include "simulate/plot_sightings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "geo/topology.hpp"
#include "simulate/cloud_cover.hpp"
#include "simulate/digitised.hpp"
#include "simulate/outline.hpp"

namespace vereda::simulate {

namespace {

geo::MultiPolygon rectangle(const geo::Box& box) {
    return as_polygons({{box.min.x, box.min.y},
                        {box.min.x, box.max.y},
                        {box.max.x, box.max.y},
                        {box.max.x, box.min.y},
                        {box.min.x, box.min.y}});
}

/// An outline in work: which plot it shows and which sighting it belongs to (none: spurious).
struct Draft {
    regions::Plot plot;
    int true_plot = 0;
    std::size_t sighting = 0;
};

class Interpreter {
  public:
    Interpreter(const TrackingParameters& parameters, const PlotLayout& layout, const PlotHistory& history,
                std::uint64_t seed)
        : parameters_(parameters),
          layout_(layout),
          history_(history),
          random_(seed, "tracking_images"),
          sky_(seed, "tracking_clouds") {}

    PlotSightings seen() {
        for (int index = 0; index < parameters_.years; ++index)
            look(index);
        return std::move(out_);
    }

  private:
    void look(int index) {
        const geo::MultiPolygon clouds = cloud_cover(layout_.extent, parameters_.cloud_share, sky_);
        const TiledClouds hidden(clouds, layout_.extent);
        const geo::MultiPolygon land = rectangle(layout_.extent);
        observed_ = clouds.empty() ? land : geo::difference(land, clouds);
        hidden_ = &hidden;
        scene_ = {random_.normal(0, parameters_.scene_shift.value()),
                  random_.normal(0, parameters_.scene_shift.value())};
        year_ = parameters_.first_year + index;
        for (const TrackedPlot& plot : history_.plots)
            see(plot, plot.moments[static_cast<std::size_t>(index)]);
        dream(index);
        file(regions::Crop::coca);
        file(regions::Crop::poppy);
    }

    void see(const TrackedPlot& plot, const PlotMoment& moment) {
        PlotSighting sighting{plot.id, year_, 1, "", ""};
        const bool lives = moment.state == PlotState::standing || moment.state == PlotState::renewed;
        const bool bare = moment.state == PlotState::renewed && !random_.chance(1.0 / 3);
        const bool missed = random_.chance(parameters_.missed_share);
        geo::MultiPolygon drawn =
            as_polygons(lives ? digitised(moment.outline, parameters_.jitter, scene_, random_) : moment.outline);
        const double whole = geo::planar_area(drawn);
        double visible = whole;
        if (hidden_->touch(drawn)) {
            drawn = hidden_->visible(std::move(drawn));
            visible = geo::planar_area(drawn);
        }
        sighting.observed_share = visible / whole;
        if (!lives) {
            out_.sightings.push_back(std::move(sighting));
            return;
        }
        if (visible < std::min(parameters_.legible.value(), 0.5 * whole)) {
            sighting.why_missing = "cloud";
        } else if (bare) {
            sighting.why_missing = "pruned";
        } else if (missed) {
            sighting.why_missing = "missed";
        } else {
            draw(plot.crop, std::move(drawn), plot.id, out_.sightings.size());
        }
        out_.sightings.push_back(std::move(sighting));
    }

    void draw(regions::Crop crop, geo::MultiPolygon outline, int true_plot, std::size_t sighting) {
        Draft draft;
        draft.plot.area = geo::SquareMetres(geo::planar_area(outline));
        draft.plot.outline = std::move(outline);
        draft.plot.image_date =
            std::chrono::sys_days{std::chrono::year{year_} / 7 / 1} + std::chrono::days{random_.integer(0, 91)};
        const double quality = true_plot == 0 ? 0.35 : 0.80;
        draft.plot.confidence = std::round(100 * std::clamp(quality + random_.normal(0, 0.12), 0.05, 0.99)) / 100;
        draft.plot.position_error =
            geo::Metres(std::hypot(parameters_.jitter.value(), parameters_.scene_shift.value()));
        draft.plot.measured_by = regions::MeasuredBy::vhr;
        draft.true_plot = true_plot;
        draft.sighting = sighting;
        (crop == regions::Crop::coca ? coca_ : poppy_).push_back(std::move(draft));
    }

    /// Outlines of what only looks like coca, on open land of the lowlands.
    void dream(int index) {
        std::size_t standing = 0;
        const std::vector<const Community*> communities = lowlands();
        for (const TrackedPlot& plot : history_.plots)
            standing += plot.moments[static_cast<std::size_t>(index)].state == PlotState::standing ? 1 : 0;
        const auto wanted =
            static_cast<int>(parameters_.spurious_share * static_cast<double>(standing) + random_.uniform());
        for (int i = 0; i < wanted && !communities.empty(); ++i) {
            const Community& community =
                *communities[static_cast<std::size_t>(random_.integer(0, static_cast<int>(communities.size()) - 1))];
            const geo::Point centre = place_on_strip(community, random_.integer(0, 2 * strips_per_side - 1), random_);
            geo::MultiPolygon drawn =
                as_polygons(field_outline(centre, 0.7 * family_plot_area(random_), random_.normal(0, 0.4), random_));
            if (hidden_->touch(drawn)) continue;
            draw(regions::Crop::coca, std::move(drawn), 0, no_sighting);
        }
    }

    [[nodiscard]] std::vector<const Community*> lowlands() const {
        std::vector<const Community*> out;
        for (const Community& community : layout_.communities) {
            if (!community.highland) out.push_back(&community);
        }
        return out;
    }

    /// Numbers run from north to south within a survey, so that they tell nothing about a plot's past.
    void file(regions::Crop crop) {
        std::vector<Draft>& drafts = crop == regions::Crop::coca ? coca_ : poppy_;
        if (drafts.empty() && crop == regions::Crop::poppy) return;
        std::ranges::sort(drafts, [](const Draft& a, const Draft& b) {
            const geo::Point p = a.plot.outline.front().outer.front();
            const geo::Point q = b.plot.outline.front().outer.front();
            return std::tuple(-p.y, p.x, a.true_plot) < std::tuple(-q.y, q.x, b.true_plot);
        });
        regions::Survey survey;
        OutlineTruth truth;
        survey.year = year_;
        survey.crop = crop;
        survey.observed = observed_;
        survey.position_error = geo::Metres(std::hypot(parameters_.jitter.value(), parameters_.scene_shift.value()));
        for (std::size_t i = 0; i < drafts.size(); ++i) {
            Draft& draft = drafts[i];
            draft.plot.id = fmt::format("{}{}-{:06}", crop == regions::Crop::coca ? 'C' : 'A', year_, i + 1);
            if (draft.sighting != no_sighting) out_.sightings[draft.sighting].plot_id = draft.plot.id;
            truth.true_plot.push_back(draft.true_plot);
            survey.plots.push_back(std::move(draft.plot));
        }
        drafts.clear();
        out_.surveys.push_back(std::move(survey));
        out_.outlines.push_back(std::move(truth));
    }

    static constexpr std::size_t no_sighting = static_cast<std::size_t>(-1);
    const TrackingParameters& parameters_;
    const PlotLayout& layout_;
    const PlotHistory& history_;
    Random random_;
    Random sky_;
    PlotSightings out_;
    const TiledClouds* hidden_ = nullptr;  ///< of the year in work
    geo::MultiPolygon observed_;
    geo::Point scene_;
    int year_ = 0;
    std::vector<Draft> coca_;
    std::vector<Draft> poppy_;
};

}  // namespace

PlotSightings plot_sightings(const TrackingParameters& parameters, const PlotLayout& layout, const PlotHistory& history,
                             std::uint64_t seed) {
    return Interpreter(parameters, layout, history, seed).seen();
}

}  // namespace vereda::simulate
