#include "app/analyses/analysis.hpp"

#include <algorithm>
#include <array>

#include "app/analyses/registry_rows.hpp"
#include "geo/error.hpp"

namespace vereda::app {

using namespace geo;

namespace {

constexpr std::array<std::string_view, 1> reference_samples{"survey_accuracy"};
constexpr std::array<std::string_view, 1> displacement{"displacement"};
constexpr std::array<std::string_view, 1> forest_loss{"loss"};
constexpr std::array<std::string_view, 1> travel_times{"travel_times"};
constexpr std::array<std::string_view, 1> crop_areas{"plot_area"};

constexpr std::array registry{
    Analysis{.name = "survey_accuracy", .execute = read_accuracy},
    Analysis{.name = "plot_area", .needs = reference_samples, .execute = measure_plots},
    Analysis{.name = "area_adjusted", .needs = reference_samples, .execute = adjust_areas},
    Analysis{.name = "tracks", .execute = track_plots},
    Analysis{.name = "permanence", .needs = reference_samples, .execute = read_permanence},
    Analysis{.name = "eradication_check", .needs = reference_samples, .execute = check_eradication},
    Analysis{.name = "boundaries", .needs = reference_samples, .reads_people = true, .execute = cross_boundaries},
    Analysis{.name = "displacement", .execute = study_displacement},
    Analysis{.name = "loss", .needs = displacement, .execute = measure_forest_loss},
    Analysis{.name = "register_duplicates", .reads_people = true, .execute = find_duplicates},
    Analysis{.name = "coverage", .needs = crop_areas, .reads_people = true, .execute = count_coverage},
    Analysis{.name = "travel_times", .reads_people = true, .execute = measure_travel_times},
    Analysis{.name = "reach", .needs = travel_times, .reads_people = true, .execute = measure_reach},
    Analysis{.name = "income_bridge", .reads_people = true, .execute = measure_income_bridge},
    Analysis{.name = "aid_conflicts", .reads_people = true, .execute = find_aid_conflicts},
    Analysis{.name = "readiness", .reads_people = true, .execute = judge_readiness},
    Analysis{.name = "sequence_audit", .needs = crop_areas, .reads_people = true, .execute = audit_sequence},
    Analysis{.name = "small_plots", .reads_people = true, .execute = judge_small_plots},
    Analysis{.name = "welfare", .needs = forest_loss, .reads_people = true, .execute = gather_welfare},
};

}  // namespace

std::span<const Analysis> analyses() {
    return registry;
}

std::vector<const Analysis*> analyses_for(const std::vector<std::string>& names) {
    std::vector<std::string_view> wanted(names.begin(), names.end());
    for (const std::string& name : names) {
        if (std::ranges::find(registry, name, &Analysis::name) == registry.end())
            throw Error(ErrorKind::internal, {"analysis.unknown"_msg, {{"name", name}}});
    }
    std::vector<const Analysis*> chosen;
    for (auto analysis = registry.rbegin(); analysis != registry.rend(); ++analysis) {
        if (!names.empty() && std::ranges::find(wanted, analysis->name) == wanted.end()) continue;
        wanted.insert(wanted.end(), analysis->needs.begin(), analysis->needs.end());
        chosen.push_back(&*analysis);
    }
    std::ranges::reverse(chosen);
    return chosen;
}

}  // namespace vereda::app
