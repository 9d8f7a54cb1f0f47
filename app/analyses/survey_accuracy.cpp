#include "app/survey_accuracy.hpp"

#include "app/analyses/registry_rows.hpp"

namespace vereda::app {

using namespace geo;

void read_accuracy(RunContext& run) {
    if (run.study.accuracy.empty()) return run.skip("survey_accuracy", "skipped.no_reference_sample"_msg);
    for (const StudyAccuracy& accuracy : run.study.accuracy) {
        const report::SurveyAccuracy found = read_survey_accuracy(accuracy, run.diagnostics());
        run.results.samples.push_back({found.year, found.crop, found.ratio.value, found.ratio.se});
        run.results.survey_accuracy.push_back(found);
    }
}

}  // namespace vereda::app
