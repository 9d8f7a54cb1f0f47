#include "app/survey_accuracy.hpp"

#include <algorithm>

#include "geo/error.hpp"
#include "geo/io/feature_reader.hpp"
#include "livelihoods/column_binding.hpp"

namespace vereda::app {

using namespace geo;

namespace {

TextTable table_of(const StudySource& source, Diagnostics& diagnostics) {
    return io::read_table(source.path, source.options, diagnostics);
}

report::SurveyAccuracy estimated(const StudyAccuracy& accuracy, const std::vector<regions::StratumArea>& areas,
                                 const std::vector<regions::SampleCount>& counts) {
    const regions::AccuracyOptions options{.strata_are_classes = accuracy.matrix || accuracy.columns.map.empty()};
    const regions::AccuracyEstimate estimate = regions::estimate_accuracy(areas, counts, options);
    report::SurveyAccuracy result;
    result.crop = accuracy.crop;
    result.year = accuracy.year;
    result.crop_class = accuracy.crop_class;
    result.ratio = regions::map_ratio(accuracy.crop_class, areas, counts, options);
    const auto crop = std::ranges::find(estimate.classes, accuracy.crop_class, &regions::ClassEstimate::name);
    if (crop != estimate.classes.end()) {
        result.users = crop->users;
        result.producers = crop->producers;
    }
    result.overall = estimate.overall;
    result.units = estimate.units;
    return result;
}

}  // namespace

report::SurveyAccuracy read_survey_accuracy(const StudyAccuracy& accuracy, Diagnostics& diagnostics) {
    const StudySource& source = accuracy.matrix ? *accuracy.matrix : *accuracy.sample;
    try {
        const auto areas = read_areas(table_of(accuracy.areas, diagnostics));
        const TextTable written = table_of(source, diagnostics);
        return estimated(accuracy, areas,
                         accuracy.matrix ? read_matrix(written) : read_sample(written, accuracy.columns));
    } catch (Error& error) {
        if (error.kind() == ErrorKind::input) error.in_file(source.path);
        throw;
    }
}

}  // namespace vereda::app
