#include "simulate/survey_view.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <tuple>

#include "geo/topology.hpp"
#include "simulate/outline.hpp"
#include "simulate/random.hpp"

namespace vereda::simulate {

namespace {

geo::MultiPolygon rectangle(const geo::Box& box) {
    return as_polygons({{box.min.x, box.min.y},
                        {box.min.x, box.max.y},
                        {box.max.x, box.max.y},
                        {box.max.x, box.min.y},
                        {box.min.x, box.min.y}});
}

class Surveyor {
  public:
    Surveyor(const LandscapeParameters& parameters, const Territory& land, const Cultivation& cultivation,
             const Society& people, std::uint64_t seed)
        : parameters_(parameters),
          land_(land),
          cultivation_(cultivation),
          people_(people),
          random_(seed, "survey"),
          extent_(rectangle(land.frame.extent())) {}

    SurveyView view() {
        for (std::size_t i = 0; i < parameters_.survey.cloud_share.size(); ++i)
            look(i);
        return std::move(out_);
    }

  private:
    void look(std::size_t index) {
        SurveyYear survey;
        survey.year = parameters_.cultivation.first_survey + static_cast<int>(index);
        const geo::MultiPolygon clouds = draw_clouds(index);
        survey.observed = clouds.empty() ? extent_ : geo::difference(extent_, clouds);
        const geo::PreparedPolygons hidden(clouds);
        const geo::Point shift{random_.normal(0, parameters_.survey.shift_sd.value()),
                               random_.normal(0, parameters_.survey.shift_sd.value())};
        for (const TruePlot& plot : cultivation_.plots) {
            const auto at = std::find_if(plot.years.begin(), plot.years.end(),
                                         [&](const PlotYear& year) { return year.year == survey.year; });
            if (at == plot.years.end()) continue;
            Sighting sighting{plot.id, survey.year, area_of(at->outline), "", ""};
            see(plot, at->outline, shift, clouds, hidden, sighting);
            out_.sightings.push_back(std::move(sighting));
        }
        number(survey);
        out_.years.push_back(std::move(survey));
    }

    /// Numbers run from north to south within a crop and year, so that they tell nothing about a plot's past.
    void number(SurveyYear& survey) {
        std::sort(drafts_.begin(), drafts_.end(), [](const Draft& a, const Draft& b) {
            const geo::Point p = a.plot.outline.front().outer.front();
            const geo::Point q = b.plot.outline.front().outer.front();
            return std::tuple(a.plot.crop, -p.y, p.x) < std::tuple(b.plot.crop, -q.y, q.x);
        });
        int coca = 0;
        int poppy = 0;
        for (Draft& draft : drafts_) {
            const bool is_coca = draft.plot.crop == regions::Crop::coca;
            std::string digits = std::to_string(is_coca ? ++coca : ++poppy);
            digits.insert(0, digits.size() < 4 ? 4 - digits.size() : 0, '0');
            draft.plot.id = (is_coca ? "C" : "A") + std::to_string(survey.year) + "-" + digits;
            out_.sightings[draft.sighting].plot_id = draft.plot.id;
            survey.plots.push_back(std::move(draft.plot));
        }
        std::sort(survey.plots.begin(), survey.plots.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
        drafts_.clear();
    }

    void see(const TruePlot& plot, const geo::Ring& ring, geo::Point shift, const geo::MultiPolygon& clouds,
             const geo::PreparedPolygons& hidden, Sighting& sighting) {
        const double missed = parameters_.survey.missed_share * (sighting.area.value() < 0.2 ? 1.0 : 0.1);
        const bool overlooked = random_.chance(missed);
        geo::MultiPolygon drawn = digitised(ring, plot.centre, shift);
        if (!clouds.empty() && hidden.intersects(drawn)) drawn = geo::difference(drawn, clouds);
        const double hectares = geo::planar_area(drawn) / 10'000;
        if (hectares < parameters_.cultivation.smallest.value() * 0.8) {
            sighting.why_missing = "cloud";
            return;
        }
        if (overlooked) {
            sighting.why_missing = "missed";
            return;
        }
        SurveyPlot seen;
        seen.crop = plot.crop;
        seen.outline = std::move(drawn);
        const int owner = people_.owner[static_cast<std::size_t>(plot.id - 1)];
        if (owner >= 0 && plot.id % 3 != 0) seen.household_id = people_.households[static_cast<std::size_t>(owner)].id;
        seen.image_date = std::chrono::sys_days{std::chrono::year{sighting.year} / 12 / 31} -
                          std::chrono::days{random_.integer(0, 110)};
        seen.confidence = std::round(100 * std::min(0.99, 0.72 + 0.2 * std::sqrt(sighting.area.value()) +
                                                              random_.uniform(-0.1, 0.1))) /
                          100;
        seen.position_error_m = parameters_.survey.shift_sd.value() + 1.5;
        drafts_.push_back({std::move(seen), out_.sightings.size()});
    }

    /// The interpreter's outline: every radius a little off, the whole moved by the images' shift. Stays star-shaped.
    [[nodiscard]] geo::MultiPolygon digitised(const geo::Ring& ring, geo::Point centre, geo::Point shift) {
        geo::Ring out;
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
            const double dx = ring[i].x - centre.x;
            const double dy = ring[i].y - centre.y;
            const double radius = std::hypot(dx, dy);
            const double factor = std::max(0.6, 1 + random_.normal(0, parameters_.survey.outline_sd.value()) / radius);
            out.push_back(to_centimetres({centre.x + factor * dx + shift.x, centre.y + factor * dy + shift.y}));
        }
        out.push_back(out.front());
        return as_polygons(std::move(out));
    }

    [[nodiscard]] geo::MultiPolygon draw_clouds(std::size_t index) {
        const std::vector<double>& shares = parameters_.survey.cloud_share;
        const double wanted = shares[index] * geo::planar_area(extent_);
        std::vector<geo::MultiPolygon> clouds;
        if (wanted <= 0) return {};
        if (shares[index] == *std::max_element(shares.begin(), shares.end())) clouds.push_back(over_one_vereda());
        geo::MultiPolygon all = clouds.empty() ? geo::MultiPolygon{} : geo::intersection(clouds.front(), extent_);
        const geo::Box box = land_.frame.extent();
        while (geo::planar_area(all) < wanted) {
            const geo::Point centre{random_.uniform(box.min.x, box.max.x), random_.uniform(box.min.y, box.max.y)};
            const double area = std::min(wanted, 1e6 * std::exp(random_.normal(1.0, 0.8)));
            const OutlineShape shape{30, 0.3, random_.uniform(1, 2.5), random_.uniform(0, std::numbers::pi)};
            clouds.push_back(as_polygons(outline(centre, geo::SquareMetres(area), shape, random_)));
            all = geo::intersection(geo::union_of(clouds), extent_);
        }
        return all;
    }

    [[nodiscard]] geo::MultiPolygon over_one_vereda() {
        const auto smallest = std::min_element(land_.veredas.begin(), land_.veredas.end(),
                                               [](const Vereda& a, const Vereda& b) { return a.area < b.area; });
        return geo::buffer(smallest->geometry, 120);
    }

    const LandscapeParameters& parameters_;
    const Territory& land_;
    const Cultivation& cultivation_;
    const Society& people_;
    Random random_;
    geo::MultiPolygon extent_;
    SurveyView out_;
    struct Draft {
        SurveyPlot plot;
        std::size_t sighting;
    };
    std::vector<Draft> drafts_;  ///< of the year in work
};

}  // namespace

SurveyView surveyed(const LandscapeParameters& parameters, const Territory& land, const Cultivation& cultivation,
                    const Society& people, std::uint64_t seed) {
    return Surveyor(parameters, land, cultivation, people, seed).view();
}

}  // namespace vereda::simulate
