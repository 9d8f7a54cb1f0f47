#include "app/study_check.hpp"

#include <functional>
#include <optional>
#include <set>

#include "app/displacement_inputs.hpp"
#include "app/land_inputs.hpp"
#include "app/people_inputs.hpp"
#include "app/place_inputs.hpp"
#include "app/registered_plot_inputs.hpp"
#include "app/survey_accuracy.hpp"
#include "app/survey_inputs.hpp"
#include "raster/io/gdal_raster_source.hpp"

namespace vereda::app {

using namespace geo;

namespace {

bool stops_the_check(ErrorKind kind) {
    return kind == ErrorKind::interrupted || kind == ErrorKind::terminated || kind == ErrorKind::internal ||
           kind == ErrorKind::resource;
}

bool same(const Error& a, const Error& b) {
    return a.message() == b.message() && a.locus() == b.locus();
}

/// One region as large as the world, for checking the rest of a study whose regions cannot be read.
regions::RegionSet whole_world() {
    const Crs crs = Crs::parse("EPSG:6933");
    // Most of that CRS's plane, in metres: all land but the ice.
    const Box box{{-17.0e6, -7.0e6}, {17.0e6, 7.0e6}};
    Polygon polygon;
    polygon.outer = {{box.min.x, box.min.y},
                     {box.min.x, box.max.y},
                     {box.max.x, box.max.y},
                     {box.max.x, box.min.y},
                     {box.min.x, box.min.y}};
    regions::Region region;
    region.id = "*";
    region.geometry.push_back(std::move(polygon));
    std::vector<regions::Region> regions;
    regions.push_back(std::move(region));
    Diagnostics ignored;
    return {std::move(regions), crs, {}, ignored};
}

class StudyCheck {
  public:
    StudyCheck(std::vector<Error> problems, Session& session) : problems_(std::move(problems)), session_(session) {}

    /// The fault that `read` met and that now stands in the list; nullopt where it met none.
    std::optional<Error> attempt(const std::function<void()>& read) {
        session_.progress.check();
        try {
            read();
            return std::nullopt;
        } catch (const Error& error) {
            if (stops_the_check(error.kind())) throw;
            if (problems_.empty() || !same(problems_.back(), error)) problems_.push_back(error);
            return error;
        }
    }
    [[nodiscard]] std::vector<Error> problems() && { return std::move(problems_); }

  private:
    std::vector<Error> problems_;
    Session& session_;
};

/// Faulty rows told of one register before its check gives up.
constexpr std::size_t row_faults_at_most = 50;

/// Reads one register again and again, each time without the rows already found faulty, until nothing more is wrong.
void check_register(StudyCheck& check, const StudyPeople& one, const regions::RegionSet& regions,
                    Diagnostics& diagnostics) {
    std::set<long> faulty;
    while (faulty.size() < row_faults_at_most) {
        Diagnostics found;
        const std::optional<Error> error =
            check.attempt([&] { static_cast<void>(read_people(one, regions, found, faulty)); });
        const bool row_at_fault = error && error->locus().line > 0 && faulty.insert(error->locus().line).second;
        if (row_at_fault) continue;
        for (Diagnostic& diagnostic : found.sorted())
            diagnostics.add(std::move(diagnostic));
        return;
    }
}

/// Each register alone, so that a fault of one does not hide those of the others.
void check_people(StudyCheck& check, const StudyPeople& people, const regions::RegionSet& regions,
                  Diagnostics& diagnostics) {
    const auto alone = [&](std::optional<StudySource> StudyPeople::*member) {
        if (!(people.*member)) return;
        StudyPeople one;
        one.*member = people.*member;
        if (member == &StudyPeople::context) one.context_totals = people.context_totals;
        check_register(check, one, regions, diagnostics);
    };
    for (const auto member :
         {&StudyPeople::households, &StudyPeople::programmes, &StudyPeople::deliveries, &StudyPeople::incomes,
          &StudyPeople::prices, &StudyPeople::evidence, &StudyPeople::incidents, &StudyPeople::indicators,
          &StudyPeople::context, &StudyPeople::responsibilities, &StudyPeople::sanctions}) {
        alone(member);
    }
}

/// Opens the raster and reads its first cells.
void check_raster(StudyCheck& check, const std::optional<StudyRaster>& raster, bool allow_references,
                  Diagnostics& diagnostics) {
    if (!raster) return;
    check.attempt([&] {
        const auto source = raster::io::open_raster(
            raster->band, {.crs = std::nullopt, .allow_references = allow_references}, diagnostics);
        const raster::BlockShape shape = source->block_shape();
        raster::Block block;
        source->read(raster::intersection(source->grid().whole(), {0, 0, shape.width, shape.height}), block);
    });
}

}  // namespace

std::vector<Error> problems_of(StudyReading reading, bool allow_references, Session& session) {
    const Study& study = reading.study;
    Diagnostics& diagnostics = session.diagnostics;
    StudyCheck check(std::move(reading.problems), session);
    std::optional<regions::RegionSet> regions;
    if (!study.regions.path.empty())
        check.attempt([&] { regions = read_regions(study, session.parallelism, diagnostics); });
    if (!regions) regions = whole_world();
    for (const StudyZones& zones : study.zones) {
        check.attempt([&] { static_cast<void>(read_zones(zones, regions->crs(), diagnostics)); });
    }
    for (const StudyBoundaries& boundaries : study.boundaries) {
        check.attempt([&] { static_cast<void>(read_boundaries(boundaries.source, regions->crs(), diagnostics)); });
    }
    for (const StudySurvey& survey : study.surveys) {
        if (!survey.plots && !survey.classes) continue;
        check.attempt([&] { static_cast<void>(read_survey(survey, *regions, diagnostics)); });
    }
    for (const StudyAccuracy& accuracy : study.accuracy) {
        check.attempt([&] { static_cast<void>(read_survey_accuracy(accuracy, diagnostics)); });
    }
    check_raster(check, study.forest.loss_year, allow_references, diagnostics);
    check_raster(check, study.forest.tree_cover, allow_references, diagnostics);
    check_raster(check, study.forest.biomass, allow_references, diagnostics);
    check_raster(check, study.forest.drivers, allow_references, diagnostics);
    if (study.forest.driver_accuracy)
        check.attempt([&] { static_cast<void>(read_driver_accuracy(*study.forest.driver_accuracy, diagnostics)); });
    if (study.eradication) {
        check.attempt([&] { static_cast<void>(read_eradication(*study.eradication, *regions, diagnostics)); });
    }
    check.attempt([&] { static_cast<void>(read_places(study.places, regions->crs(), diagnostics)); });
    if (study.panel) {
        const regions::Crop crop = study.crops.empty() ? regions::Crop::coca : study.crops.front();
        check.attempt([&] { static_cast<void>(read_panel(*study.panel, crop, diagnostics)); });
    }
    check_people(check, study.people, *regions, diagnostics);
    if (!study.readiness_model.empty())
        check.attempt([&] { static_cast<void>(read_readiness_model(study, session.share)); });
    check.attempt([&] { static_cast<void>(read_rule_packs(study, session.share)); });
    if (study.registered_plots) {
        check.attempt([&] {
            static_cast<void>(
                read_registered_plots(*study.registered_plots, regions->crs(), std::nullopt, diagnostics));
        });
    }
    return std::move(check).problems();
}

}  // namespace vereda::app
