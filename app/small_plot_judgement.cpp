#include "app/small_plot_judgement.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>
#include <sstream>

#include "app/file_word.hpp"
#include "app/messages.hpp"
#include "geo/io/atomic_file.hpp"
#include "livelihoods/rule_what_if.hpp"
#include "report/union_page.hpp"

namespace vereda::app {

using namespace geo;

void judge_registered_plots(RunContext& run, std::span<const livelihoods::RegisteredPlot> plots) {
    const Study& study = run.study;
    report::RunResults& results = run.results;
    const livelihoods::SmallPlotInputs inputs{plots, run.people.households, results.zones, results.rule_packs,
                                              study.as_of};
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
    std::set<std::string> unions;
    for (const livelihoods::FamilyVerdict& family : results.small_plot_families) {
        if (!family.union_name.empty()) unions.insert(family.union_name);
    }
    const Language other = session.messages.language() == Language::english ? Language::spanish : Language::english;
    const std::vector<report::Catalogue> languages{session.messages.catalogue(), load_catalogue(session.share, other)};
    std::vector<Attachment> pages;
    for (const std::string& name : unions) {
        std::ostringstream page;
        report::write_union_page(page, results, name, languages);
        pages.push_back({fmt::format("unions/{:03}-{}-internal.html", pages.size() + 1, file_word(name)),
                         [text = std::move(page).str()](const std::string& path) { io::write_file(path, text); }});
    }
    return pages;
}

}  // namespace vereda::app
