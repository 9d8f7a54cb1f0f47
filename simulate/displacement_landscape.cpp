#include "simulate/displacement_landscape.hpp"

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

DisplacementParameters on_the_ground(DisplacementParameters parameters) {
    FrontierParameters& land = parameters.land;
    land.columns = 36;
    land.rows = 24;
    land.columns_abroad = 6;
    land.enclaves = 3;
    land.crop_at_start = geo::Hectares(9'000);
    CampaignParameters& campaign = parameters.campaign;
    if (campaign.events > 60) {
        campaign.events = 60;
        campaign.crop_at_least = geo::Hectares(30);
    }
    parameters.years = std::min(parameters.years, 12);
    parameters.first_year = 2010;
    campaign.moved_abroad += campaign.moved_far;
    campaign.moved_far = 0;
    return parameters;
}

namespace {

geo::MultiPolygon rectangle(const geo::Box& box) {
    return as_polygons({{box.min.x, box.min.y},
                        {box.min.x, box.max.y},
                        {box.max.x, box.max.y},
                        {box.max.x, box.min.y},
                        {box.min.x, box.min.y}});
}

class Censuses {
  public:
    Censuses(DisplacementLandscape& landscape, const LandscapeView& view)
        : landscape_(landscape),
          view_(view),
          random_(landscape.study.seed, "landscape_images"),
          sky_(landscape.study.seed, "landscape_clouds") {}

    void take() {
        for (int year = 0; year < landscape_.study.parameters.years; ++year)
            look(year);
    }

  private:
    void look(int index) {
        const geo::Box extent = landscape_.study.land.frame.extent();
        const geo::MultiPolygon clouds = cloud_cover(extent, view_.cloud_share, sky_);
        const TiledClouds hidden(clouds, extent);
        regions::Survey survey;
        survey.year = landscape_.study.parameters.first_year + index;
        survey.crop = regions::Crop::coca;
        survey.observed = clouds.empty() ? rectangle(extent) : geo::difference(rectangle(extent), clouds);
        survey.position_error = view_.jitter;
        std::vector<std::pair<regions::Plot, int>> drafts;
        for (const FrontierPlot& plot : landscape_.ground.plots) {
            if (index < plot.first || index > plot.last) continue;
            const double area = std::abs(geo::signed_area(plot.outline)) / 10'000;
            const bool missed = random_.chance(view_.missed_share * (area < 0.3 ? 2 : 2.0 / 3));
            geo::MultiPolygon drawn = as_polygons(digitised(plot.outline, view_.jitter, {}, random_));
            if (missed) continue;
            drawn = hidden.visible(std::move(drawn));
            if (geo::planar_area(drawn) < 500) continue;
            drafts.emplace_back(seen(std::move(drawn), survey.year), plot.id);
        }
        std::ranges::sort(drafts, [](const auto& a, const auto& b) {
            const geo::Point p = a.first.outline.front().outer.front();
            const geo::Point q = b.first.outline.front().outer.front();
            return std::tuple(-p.y, p.x, a.second) < std::tuple(-q.y, q.x, b.second);
        });
        std::vector<int> truth;
        for (auto& [plot, id] : drafts) {
            plot.id = fmt::format("C{}-{:06}", survey.year, truth.size() + 1);
            truth.push_back(id);
            survey.plots.push_back(std::move(plot));
        }
        landscape_.surveys.push_back(std::move(survey));
        landscape_.true_plots.push_back(std::move(truth));
    }

    [[nodiscard]] regions::Plot seen(geo::MultiPolygon outline, int year) {
        regions::Plot plot;
        plot.area = geo::SquareMetres(geo::planar_area(outline));
        plot.outline = std::move(outline);
        plot.image_date =
            std::chrono::sys_days{std::chrono::year{year} / 12 / 31} - std::chrono::days{random_.integer(0, 60)};
        plot.confidence = std::round(100 * std::clamp(0.8 + random_.normal(0, 0.1), 0.1, 0.99)) / 100;
        plot.position_error = view_.jitter;
        plot.measured_by = regions::MeasuredBy::vhr;
        return plot;
    }

    DisplacementLandscape& landscape_;
    const LandscapeView& view_;
    Random random_;
    Random sky_;
};

/// What agencies report of what was removed on the ground, with its footprint.
void report_footprints(DisplacementLandscape& landscape) {
    for (std::size_t e = 0; e < landscape.study.eradication.size(); ++e) {
        regions::EradicationEvent& told = landscape.study.eradication[e];
        const double factor = landscape.study.run.removed[e] > 0
                                  ? told.reported->value() / landscape.study.run.removed[e]
                                  : 0;  // the same error as in the panel
        told.reported = geo::Hectares(std::round(100 * factor * landscape.ground.removed[e]) / 100);
        told.reported_sd = geo::Hectares(std::round(8 * factor * landscape.ground.removed[e]) / 100);
        if (!landscape.ground.footprints[e].empty()) told.place = as_polygons(landscape.ground.footprints[e]);
    }
}

}  // namespace

DisplacementLandscape displacement_landscape(const DisplacementParameters& parameters, std::uint64_t seed,
                                             const LandscapeView& view) {
    DisplacementLandscape out{displacement_study(parameters, seed), {}, {}, {}, {}};
    out.ground = frontier_plots(out.study);
    out.study.truth = truth_on_the_ground(out.study, out.ground);
    out.forest = frontier_forest(out.study, out.ground, {});
    report_footprints(out);
    Censuses(out, view).take();
    return out;
}

}  // namespace vereda::simulate
