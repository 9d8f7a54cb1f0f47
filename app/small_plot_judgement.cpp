#include "app/small_plot_judgement.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <memory>
#include <sstream>

#include "app/file_word.hpp"
#include "app/messages.hpp"
#include "geo/io/atomic_file.hpp"
#include "livelihoods/rule_what_if.hpp"
#include "regions/look_alike.hpp"
#include "report/union_page.hpp"

namespace vereda::app {

using namespace geo;

void judge_registered_plots(RunContext& run, std::span<const livelihoods::RegisteredPlot> plots) {
    const Study& study = run.study;
    report::RunResults& results = run.results;
    const livelihoods::SmallPlotInputs inputs{plots,       run.people.households, results.zones, results.rule_packs,
                                              study.as_of, run.people.sanctions};
    livelihoods::SmallPlots judged = livelihoods::small_plots(inputs, run.diagnostics());
    if (!study.rule_changes.empty()) {
        const std::vector<livelihoods::RulePack> changed =
            read_rule_packs(study, run.session.share, study.rule_changes);
        livelihoods::SmallPlotInputs other = inputs;
        other.packs = changed;
        Diagnostics told_already;
        results.rule_what_if = livelihoods::rule_what_if(
            judged, livelihoods::small_plots(other, told_already),
            livelihoods::crop_income_per_hectare(run.people.incomes, judged.families, study.as_of));
        results.what_if = fmt::format("{}", fmt::join(study.rule_changes, " "));
    }
    results.registered_plots.assign(plots.begin(), plots.end());
    results.small_plots = std::move(judged.rows);
    results.small_plot_families = std::move(judged.families);
    results.small_plot_quotas = std::move(judged.quotas);
    results.small_plot_needs = std::move(judged.needs);
}

std::vector<Attachment> union_pages(const report::RunResults& results, const Session& session) {
    struct Pages {
        std::vector<livelihoods::FamilyVerdict> families;
        std::vector<report::Catalogue> languages;
    };
    const Language other = session.messages.language() == Language::english ? Language::spanish : Language::english;
    const auto shared = std::make_shared<const Pages>(
        Pages{results.small_plot_families, {session.messages.catalogue(), load_catalogue(session.share, other)}});
    std::map<std::string, std::vector<const livelihoods::FamilyVerdict*>> unions;
    for (const livelihoods::FamilyVerdict& family : shared->families)
        if (!family.union_name.empty()) unions[family.union_name].push_back(&family);
    std::vector<Attachment> pages;
    for (auto& [name, families] : unions) {
        pages.push_back({fmt::format("unions/{:03}-{}-internal.html", pages.size() + 1, file_word(name)),
                         [shared, name = name, of_union = std::move(families)](const std::string& path) {
                             std::ostringstream page;
                             report::write_union_page(page, of_union, name, shared->languages);
                             io::write_file(path, std::move(page).str());
                         }});
    }
    return pages;
}

}  // namespace vereda::app
