/// What the analyses of one run share: the study, what was read of it, and what was found so far.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/people_inputs.hpp"
#include "app/session.hpp"
#include "app/study.hpp"
#include "livelihoods/facts.hpp"
#include "raster/raster_source.hpp"
#include "report/results.hpp"

namespace vereda::app {

class TravelTimes;

struct PipelineSettings {
    unsigned long seed = 1;
    bool allow_references = false;
    unsigned long long memory = 1ULL << 30;  ///< bytes
    std::vector<std::string> analyses = {};  ///< by name; empty: all that the study has data for
    bool attachments = true;                 ///< false: one table is wanted, none of the files beside it
};

/// A file of the output that is neither table, layer nor page: a raster, a lineage graph, a verdict. Internal.
struct Attachment {
    std::string path;                                    ///< below the output folder: "rasters/travel_time.tif"
    std::function<void(const std::string& path)> write;  ///< writes the whole file, once, while outputs are written
};

struct RunContext {
    const Study& study;
    const PipelineSettings& settings;
    Session& session;
    PeopleInputs people = {};
    report::RunResults results = {};
    std::vector<Attachment> attachments = {};
    std::vector<std::shared_ptr<const TravelTimes>> travel = {};  ///< see app/travel_times.hpp

    void skip(std::string analysis, geo::MessageId reason) {
        results.skipped.push_back({std::move(analysis), {reason, {}}});
    }
    [[nodiscard]] geo::Diagnostics& diagnostics() { return session.diagnostics; }
    [[nodiscard]] std::vector<std::string> region_ids() const;
    [[nodiscard]] livelihoods::Registers registers() const;
    [[nodiscard]] std::unique_ptr<raster::RasterSource> opened(const StudyRaster& raster);
};

}  // namespace vereda::app
