#include "regions/plot_tracks.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <random>

#include "regions/lineage.hpp"
#include "tests/regions/shapes.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::tests;
using regions::TrackEvent;

namespace {

/// Some neighbours that stand through all years, so that no case is alone.
std::vector<regions::Plot> neighbours() {
    std::vector<regions::Plot> plots;
    for (int i = 0; i < 12; ++i)
        plots.push_back(plot("n" + std::to_string(i), rectangle(i * 100.0, 1000, i * 100.0 + 40, 1040 + i)));
    return plots;
}

/// A series of surveys from 2010 on; each year holds the neighbours and what the case adds.
class Series {
  public:
    Series& year(std::vector<regions::Plot> plots, std::optional<geo::MultiPolygon> observed = std::nullopt) {
        for (regions::Plot& own : neighbours())
            plots.push_back(std::move(own));
        surveys_.push_back(
            survey(2010 + static_cast<int>(surveys_.size()), std::move(plots), diagnostics_, std::move(observed)));
        surveys_.back().position_error = geo::Metres(5);
        return *this;
    }
    Series& event(std::string id, const char* date, regions::EradicationKind kind, geo::Geometry place,
                  regions::Answer verified = regions::Answer::yes) {
        regions::EradicationEvent event;
        event.id = std::move(id);
        event.date = *geo::parse_date(date, geo::DateOrder::iso_only);
        event.kind = kind;
        event.place = std::move(place);
        event.verified = verified;
        events_.push_back(std::move(event));
        return *this;
    }
    [[nodiscard]] regions::PlotTracks tracks(const regions::TrackingOptions& options = {}) {
        return regions::plot_tracks(surveys_, events_, options, diagnostics_);
    }
    /// "2010 appeared, 2011 persisted, …" of the track that begins with this plot in that year.
    [[nodiscard]] std::string story(const std::string& plot, int year = 2010) {
        std::string told;
        for (const regions::TrackRow& row : tracks().rows) {
            if (row.track_id != "coca-" + std::to_string(year) + "-" + plot) continue;
            told +=
                (told.empty() ? "" : ", ") + std::to_string(row.year) + " " + std::string(regions::name_of(row.event));
        }
        return told;
    }
    std::vector<regions::Survey> surveys_;

  private:
    std::vector<regions::EradicationEvent> events_;
    geo::Diagnostics diagnostics_;
};

regions::Plot cato(std::string id, double east = 0, double north = 0) {
    return plot(std::move(id), rectangle(500 + east, 500 + north, 540 + east, 540 + north));
}

/// All the land but the ground around the case.
geo::MultiPolygon cloud_over_the_case() {
    return rectangle(-500, 800, 3000, 2000);
}

geo::MultiPolygon operation() {
    return rectangle(480, 480, 560, 560);
}

}  // namespace

TEST_CASE("a plot that is seen again a few metres off persists", "[tracks]") {
    Series series;
    series.year({cato("a")}).year({cato("b", 4, -3)}).year({cato("c", -5, 2)});
    REQUIRE(series.story("a") == "2010 appeared, 2011 persisted, 2012 persisted");
    const auto tracks = series.tracks();
    REQUIRE(tracks.review.empty());
    for (const auto& row : tracks.rows)
        if (row.event == TrackEvent::persisted) REQUIRE(*row.link_score > 0.99);
}

TEST_CASE("a plot under a cloud is lost to view, not gone, and returns", "[tracks]") {
    Series series;
    series.year({cato("a")}).year({}, cloud_over_the_case()).year({}, cloud_over_the_case()).year({cato("d", 3, 3)});
    REQUIRE(series.story("a") == "2010 appeared, 2011 lost_to_view, 2012 not_observed, 2013 returned");
}

TEST_CASE("a plot is abandoned after three observed years, however many were not observed between", "[tracks]") {
    Series series;
    series.year({cato("a")}).year({}).year({}, cloud_over_the_case()).year({}).year({}, cloud_over_the_case());
    REQUIRE(series.story("a") == "2010 appeared, 2011 absent, 2012 not_observed, 2013 removed, 2014 not_observed");
    series.year({});
    REQUIRE(series.story("a") ==
            "2010 appeared, 2011 absent, 2012 not_observed, 2013 absent, 2014 not_observed, 2015 abandoned");
}

TEST_CASE("a plot that only clouds hid is never abandoned", "[tracks]") {
    Series series;
    series.year({cato("a")});
    for (int i = 0; i < 6; ++i)
        series.year({}, cloud_over_the_case());
    for (const auto& row : series.tracks().rows) {
        REQUIRE(row.event != TrackEvent::abandoned);
        REQUIRE(row.event != TrackEvent::removed);
        REQUIRE(row.event != TrackEvent::absent);
    }
}

TEST_CASE("a removal is explained by the event that reached the plot, and replanting counts from it", "[tracks]") {
    Series series;
    series.year({cato("a")}).year({}).year({}).year({cato("d", 2, 2)});
    series.event("E7", "2011-05-20", regions::EradicationKind::manual_forced, operation());
    REQUIRE(series.story("a") == "2010 appeared, 2011 removed, 2013 replanted");
    for (const auto& row : series.tracks().rows) {
        if (row.track_id != "coca-2010-a") continue;
        if (row.event == TrackEvent::removed) {
            REQUIRE(row.eradication_event == "E7");
            REQUIRE(*row.eradication_kind == regions::EradicationKind::manual_forced);
            REQUIRE(row.area->value() == 0);
        }
        // Without an image date the survey's last day counts: 2011-05-20 to 2013-12-31.
        if (row.event == TrackEvent::replanted) {
            REQUIRE(*row.months == 31);
            REQUIRE(row.age_min == 0);
            REQUIRE(*row.age_max == 2);
        }
    }
}

TEST_CASE("pruning is no removal and no absence", "[tracks]") {
    Series series;
    series.year({cato("a")}).year({}).year({cato("c")});
    series.event("P1", "2011-08-01", regions::EradicationKind::pruned_or_renewed, operation());
    REQUIRE(series.story("a") == "2010 appeared, 2011 pruned_or_renewed, 2012 returned");
}

TEST_CASE("an event elsewhere or after the image explains nothing", "[tracks]") {
    Series series;
    series.year({cato("a")}).year({}).year({});
    series.event("far", "2011-05-20", regions::EradicationKind::aerial, rectangle(900, 480, 990, 560));
    series.event("late", "2013-05-20", regions::EradicationKind::aerial, operation());
    REQUIRE(series.story("a") == "2010 appeared, 2011 absent, 2012 removed");
    for (const auto& row : series.tracks().rows)
        REQUIRE(row.eradication_event.empty());
}

TEST_CASE("a plot grows and shrinks only beyond the error of its area", "[tracks]") {
    Series series;
    // σ = 5 m, ℓ = 60 m: the SD of a 40 m square is near 300 m²; 1,600 to 1,900 m² says nothing, to 4,000 m² does.
    series.year({cato("a")})
        .year({plot("b", rectangle(500, 500, 540, 547))})
        .year({plot("c", rectangle(500, 500, 563, 563))})
        .year({plot("d", rectangle(500, 500, 535, 535))});
    REQUIRE(series.story("a") == "2010 appeared, 2011 persisted, 2012 grew, 2013 shrank");
}

TEST_CASE("a plot that was cut by a cloud has not shrunk", "[tracks]") {
    Series series;
    series.year({plot("a", rectangle(500, 500, 600, 600))})
        .year({plot("b", rectangle(500, 500, 540, 600))}, geo::MultiPolygon(rectangle(-500, 0, 540, 2000)))
        .year({plot("c", rectangle(500, 500, 600, 600))});
    REQUIRE(series.story("a") == "2010 appeared, 2011 persisted, 2012 persisted");
}

TEST_CASE("a plot shifted by most of its width has moved", "[tracks]") {
    Series series;
    series.year({cato("a")}).year({cato("b", 24, 0)});
    REQUIRE(series.story("a") == "2010 appeared, 2011 moved");
}

TEST_CASE("halves of a plot are a split; the larger keeps the track", "[tracks]") {
    Series series;
    series.year({plot("a", rectangle(500, 500, 580, 540))})
        .year({plot("b1", rectangle(500, 500, 528, 540)), plot("b2", rectangle(531, 500, 580, 540))})
        .year({plot("c1", rectangle(500, 500, 528, 540)), plot("c2", rectangle(531, 500, 580, 540))});
    REQUIRE(series.story("a") == "2010 appeared, 2011 split, 2012 persisted");
    REQUIRE(series.story("b1", 2011) == "2011 split, 2012 persisted");
    for (const auto& row : series.tracks().rows)
        if (row.event == TrackEvent::split) REQUIRE(row.from_plots == std::vector<std::string>{"2010:a"});
}

TEST_CASE("a small part that is drawn astray by an error of place is still a part", "[tracks]") {
    Series series;
    series
        .year({plot("a", rectangle(500, 500, 540, 540))})
        // 6 of its 16 m lie inside the plot that it was cut from; 10 m astray with an error of 5 m on either side.
        .year({plot("b1", rectangle(500, 500, 540, 522)), plot("b2", rectangle(500, 534, 540, 550))});
    REQUIRE(series.story("a") == "2010 appeared, 2011 split");
    REQUIRE(series.story("b2", 2011) == "2011 split");
}

TEST_CASE("plots that are joined merge into the larger one's track", "[tracks]") {
    Series series;
    series.year({plot("a1", rectangle(500, 500, 528, 540)), plot("a2", rectangle(531, 500, 580, 540))})
        .year({plot("b", rectangle(500, 500, 580, 540))});
    REQUIRE(series.story("a2") == "2010 appeared, 2011 merged");
    REQUIRE(series.story("a1") == "2010 appeared, 2011 merged");
    for (const auto& row : series.tracks().rows) {
        if (row.track_id == "coca-2010-a1" && row.year == 2011) {
            REQUIRE(row.into_track == "coca-2010-a2");
            REQUIRE(row.plot_id.empty());
            REQUIRE_FALSE(row.area.has_value());
        }
        if (row.track_id == "coca-2010-a2" && row.year == 2011)
            REQUIRE(row.from_plots == std::vector<std::string>{"2010:a2", "2010:a1"});
    }
}

TEST_CASE("two like plots half way between two earlier ones are left to review", "[tracks]") {
    Series series;
    series.year({cato("a1"), cato("a2", 0, 60)}).year({cato("b", 0, 30)});
    const auto tracks = series.tracks();
    REQUIRE_FALSE(tracks.review.empty());
    for (const auto& row : tracks.review) {
        REQUIRE(row.plot_id == "b");
        REQUIRE(row.link_score < 0.8);
        REQUIRE_FALSE(row.alternatives.empty());
    }
    for (const auto& row : tracks.rows)
        if (row.plot_id == "b") REQUIRE(row.event == TrackEvent::appeared);
}

TEST_CASE("age is open where the ground was never observed without the plot", "[tracks]") {
    Series series;
    series.year({cato("old")})
        .year({cato("old2"), plot("new", rectangle(700, 500, 740, 540))})
        .year({cato("old3"), plot("new2", rectangle(700, 500, 740, 540))});
    for (const auto& row : series.tracks().rows) {
        if (row.year != 2012) continue;
        if (row.track_id == "coca-2010-old") {
            REQUIRE(row.age_min == 2);
            REQUIRE_FALSE(row.age_max.has_value());
            REQUIRE(*row.in_harvest);
        }
        if (row.track_id == "coca-2011-new") {
            REQUIRE(row.age_min == 1);
            REQUIRE(*row.age_max == 2);
        }
    }
}

namespace {

/// 400 plots 60 to 90 m apart through three surveys: each outline shaken by 3 m, each survey shifted as a whole.
std::vector<regions::Survey> shaken(bool reversed, double shift) {
    geo::Diagnostics diagnostics;
    std::mt19937 random(41);
    std::normal_distribution<double> noise(0, 3);
    std::uniform_real_distribution<double> side(25, 50);
    std::vector<regions::Survey> result;
    std::vector<geo::Point> size;
    for (int i = 0; i < 400; ++i)
        size.push_back({side(random), side(random)});
    for (int year = 0; year < 3; ++year) {
        std::vector<regions::Plot> plots;
        for (int i = 0; i < 400; ++i) {
            const double x = (i % 20) * 75.0 + noise(random) + year * shift;
            const double y = std::floor(i / 20.0) * 75.0 + noise(random) - year * shift;
            plots.push_back(plot(
                "p" + std::to_string(i) + "y" + std::to_string(year),
                rectangle(x, y, x + size[static_cast<std::size_t>(i)].x, y + size[static_cast<std::size_t>(i)].y)));
        }
        if (reversed) std::ranges::reverse(plots);
        result.push_back(survey(2010 + year, std::move(plots), diagnostics));
        result.back().position_error = geo::Metres(5);
    }
    return result;
}

std::string told(const regions::PlotTracks& tracks) {
    std::string text;
    for (const auto& row : tracks.rows)
        text += row.track_id + " " + std::to_string(row.year) + " " + row.plot_id + " " +
                std::string(regions::name_of(row.event)) + " " + std::to_string(row.link_score.value_or(0)) + "\n";
    return text;
}

}  // namespace

TEST_CASE("a survey set down 17 m off as a whole costs no link", "[tracks]") {
    geo::Diagnostics diagnostics;
    const std::vector<regions::Survey> landscape = shaken(false, 12);
    const auto tracks = regions::plot_tracks(landscape, {}, {}, diagnostics);
    REQUIRE(tracks.review.empty());
    REQUIRE(tracks.links.size() == 800);
    for (const auto& row : tracks.rows)
        REQUIRE(row.plot_id.substr(0, row.plot_id.find('y')) == row.track_id.substr(10, row.track_id.find('y') - 10));
    REQUIRE(tracks.fits[2].fit.shift.x == Approx(24).margin(1));
    REQUIRE(tracks.fits[2].fit.shift.y == Approx(-24).margin(1));
}

TEST_CASE("tracks depend neither on threads nor on the order of features", "[tracks]") {
    geo::Diagnostics diagnostics;
    const std::vector<regions::Survey> forward = shaken(false, 4);
    const std::vector<regions::Survey> backward = shaken(true, 4);
    regions::TrackingOptions one;
    one.identity.parallelism = {1};
    regions::TrackingOptions two;
    two.identity.parallelism = {2};
    const std::string first = told(regions::plot_tracks(forward, {}, one, diagnostics));
    REQUIRE(first == told(regions::plot_tracks(forward, {}, two, diagnostics)));
    REQUIRE(first == told(regions::plot_tracks(backward, {}, two, diagnostics)));
}

TEST_CASE("a later survey leaves the ids and links of earlier years as they were", "[tracks]") {
    geo::Diagnostics diagnostics;
    const std::vector<regions::Survey> landscape = shaken(false, 4);
    const auto all = regions::plot_tracks(landscape, {}, {}, diagnostics);
    const auto two = regions::plot_tracks(std::span(landscape).first(2), {}, {}, diagnostics);
    std::map<std::pair<int, std::string>, std::string> track_of;
    for (const auto& row : all.rows)
        track_of[{row.year, row.plot_id}] = row.track_id;
    for (const auto& row : two.rows)
        REQUIRE(track_of.at({row.year, row.plot_id}) == row.track_id);
}

TEST_CASE("the lineage accounts for every square metre between surveys", "[tracks]") {
    Series series;
    series
        .year({plot("a", rectangle(500, 500, 580, 540)), cato("x", 300), plot("m1", rectangle(700, 300, 728, 340)),
               plot("m2", rectangle(731, 300, 780, 340))})
        .year({plot("b1", rectangle(500, 500, 528, 540)), plot("b2", rectangle(531, 500, 580, 540)),
               plot("m", rectangle(700, 300, 780, 340)), cato("new", -300)});
    const auto tracks = series.tracks();
    const regions::Lineage lineage = regions::lineage_of(tracks, series.surveys_);
    std::vector<double> in(lineage.nodes.size(), 0);
    std::vector<double> out(lineage.nodes.size(), 0);
    int splits = 0;
    int mergers = 0;
    for (const auto& edge : lineage.edges) {
        in[edge.to] += edge.area.value();
        out[edge.from] += edge.area.value();
        splits += edge.form == regions::LinkForm::split ? 1 : 0;
        mergers += edge.form == regions::LinkForm::merged ? 1 : 0;
    }
    REQUIRE(splits == 2);
    REQUIRE(mergers == 2);
    double before = 0;
    double after = 0;
    double lost = 0;
    double gained = 0;
    for (std::size_t i = 0; i < lineage.nodes.size(); ++i) {
        const auto& node = lineage.nodes[i];
        REQUIRE(node.area.value() == Approx(in[i] + node.gained.value()).epsilon(1e-9));
        REQUIRE(node.area.value() == Approx(out[i] + node.lost.value()).epsilon(1e-9));
        REQUIRE(node.gained.value() > -1e-12);
        REQUIRE(node.lost.value() > -1e-12);
        (node.year == 2010 ? before : after) += node.area.value();
        if (node.year == 2010) lost += node.lost.value();
        if (node.year == 2011) gained += node.gained.value();
    }
    REQUIRE(after == Approx(before - lost + gained).epsilon(1e-9));
}

TEST_CASE("poppy fields that lie fallow in a block that still bears poppy have rotated", "[tracks]") {
    geo::Diagnostics diagnostics;
    std::vector<regions::Survey> surveys;
    const auto field = [](const std::string& id, int place) {
        return plot(id, rectangle(place * 50.0, 0, place * 50.0 + 40, 40));
    };
    surveys.push_back(survey(2010, {field("a", 0), field("b", 1)}, diagnostics));
    surveys.push_back(survey(2011, {field("a", 0), field("c", 2)}, diagnostics));
    surveys.push_back(survey(2012, {field("b", 1), field("c", 2)}, diagnostics));
    for (regions::Survey& s : surveys) {
        s.crop = regions::Crop::poppy;
        s.position_error = geo::Metres(3);
    }
    const auto tracks = regions::plot_tracks(surveys, {}, {}, diagnostics);
    std::string story;
    for (const auto& row : tracks.rows) {
        REQUIRE(row.block_id == "poppy-block-2010-a");
        if (row.track_id == "poppy-2010-b") story += std::string(regions::name_of(row.event)) + " ";
    }
    REQUIRE(story == "appeared rotated returned ");
    REQUIRE(tracks.blocks.size() == 3);
    for (const auto& row : tracks.blocks) {
        REQUIRE(row.fields == 2);
        REQUIRE(row.area.value() == Approx(0.32).epsilon(1e-3));
        REQUIRE(row.block_area.value() == Approx(0.48).epsilon(1e-3));
    }
    REQUIRE_FALSE(tracks.blocks[0].repeated.has_value());
    REQUIRE(tracks.blocks[1].repeated->value() == Approx(0.16).epsilon(1e-3));
    REQUIRE(tracks.blocks[2].repeated->value() == Approx(0.16).epsilon(1e-3));
}
