#include <algorithm>
#include <cmath>

#include "report/chart_frame.hpp"
#include "report/labels.hpp"
#include "report/page_frame.hpp"
#include "report/sections.hpp"
#include "report/small_plot_words.hpp"

namespace vereda::report {

using geo::operator""_msg;

namespace {

using livelihoods::SmallPlotVerdict;

constexpr std::size_t drawn_at_most = 240;

constexpr SmallPlotVerdict verdicts[] = {SmallPlotVerdict::compliant, SmallPlotVerdict::within_error,
                                         SmallPlotVerdict::exceeds, SmallPlotVerdict::not_testable,
                                         SmallPlotVerdict::no_rule};

long count_of(const VerdictCount& count, SmallPlotVerdict verdict) {
    switch (verdict) {
        case SmallPlotVerdict::compliant:
            return count.compliant;
        case SmallPlotVerdict::within_error:
            return count.within_error;
        case SmallPlotVerdict::exceeds:
            return count.exceeds;
        case SmallPlotVerdict::no_rule:
            return count.no_rule;
        case SmallPlotVerdict::not_testable:
            return count.not_testable;
    }
    return 0;
}

std::string verdict_class(SmallPlotVerdict verdict) {
    return "v-" + std::string(livelihoods::name_of(verdict));
}

void write_bars(std::ostream& out, const PageContext& page) {
    const double total = static_cast<double>(std::max(page.figures.verdicts.total(), 1L));
    out << "<figure>\n<figcaption>" << page.html("small_plots.bars"_msg) << "</figcaption>\n<ul class=\"bars\">\n";
    for (const SmallPlotVerdict verdict : verdicts) {
        const double share = static_cast<double>(count_of(page.figures.verdicts, verdict)) / total;
        out << "<li><span class=\"bar-name\">" << escaped(verdict_word(verdict, page.words))
            << "</span><span class=\"track\" aria-hidden=\"true\"><span class=\"" << verdict_class(verdict)
            << "\" style=\"width:" << svg_number(share * 100) << "%\"></span></span><span class=\"bar-text\">"
            << page.numbers.integer(count_of(page.figures.verdicts, verdict)) << " · " << page.numbers.percent(share)
            << "</span></li>\n";
    }
    out << "</ul>\n<p class=\"key\">" << page.html("small_plots.bars.key"_msg) << "</p>\n</figure>\n";
}

struct Dot {
    double share;  ///< of the limit
    double half;   ///< 1.96 SD, as a share of the limit
    SmallPlotVerdict verdict;
};

/// Tested families by size; where there are more than can be drawn, evenly picked along the order of size.
std::vector<Dot> dots_of(const RunResults& results) {
    std::vector<Dot> dots;
    for (const livelihoods::FamilyVerdict& family : results.small_plot_families) {
        if (!family.limit || !family.area.sd || family.limit->value() <= 0) continue;
        dots.push_back(
            {family.area.area / *family.limit, 1.96 * (*family.area.sd / *family.limit), family.area.verdict});
    }
    std::ranges::stable_sort(dots, {}, &Dot::share);
    if (dots.size() <= drawn_at_most) return dots;
    std::vector<Dot> picked;
    for (std::size_t i = 0; i < drawn_at_most; ++i)
        picked.push_back(dots[i * (dots.size() - 1) / (drawn_at_most - 1)]);
    return picked;
}

void write_dots(std::ostream& out, const PageContext& page) {
    const std::vector<Dot> dots = dots_of(page.results);
    if (dots.empty()) return;
    double highest = 1.2;
    for (const Dot& dot : dots)
        highest = std::max(highest, std::min(dot.share + dot.half, 4.0));
    const auto y = [&](double share) { return 250 - 220 * std::clamp(share / highest, 0.0, 1.0); };
    const std::string id = page.anchor("limit");
    out << "<figure>\n<figcaption>" << page.html("small_plots.dots"_msg)
        << "</figcaption>\n<svg class=\"chart\" viewBox=\"0 0 480 "
        << "290\" role=\"img\" aria-labelledby=\"" << id << "-t " << id << "-d\">\n<title id=\"" << id << "-t\">"
        << page.html("small_plots.dots"_msg) << "</title>\n<desc id=\"" << id << "-d\">"
        << page.html("small_plots.dots.about"_msg, {{"families", page.numbers.integer(static_cast<long>(dots.size()))}})
        << "</desc>\n";
    for (double share = 0; share <= highest; share += 0.5) {
        out << "<path class=\"grid\" d=\"M58 " << svg_number(y(share)) << "H470\"/><text class=\"tick\" x=\"50\" y=\""
            << svg_number(y(share) + 5) << "\">" << page.numbers.number(share * 100, 0) << "%</text>";
    }
    out << "\n<path class=\"limit-line\" d=\"M58 " << svg_number(y(1))
        << "H470\"/><text class=\"limit-text\" x=\"66\" y=\"" << svg_number(y(1) - 7) << "\">"
        << page.html("small_plots.limit"_msg) << "</text>\n";
    const double step = 404.0 / static_cast<double>(dots.size());
    for (std::size_t i = 0; i < dots.size(); ++i) {
        const std::string x = svg_number(62 + step * (static_cast<double>(i) + 0.5));
        out << "<g class=\"" << verdict_class(dots[i].verdict) << "\"><path d=\"M" << x << ' '
            << svg_number(y(dots[i].share - dots[i].half)) << 'V' << svg_number(y(dots[i].share + dots[i].half))
            << "\"/><circle cx=\"" << x << "\" cy=\"" << svg_number(y(dots[i].share)) << "\" r=\""
            << svg_number(std::clamp(step * 0.7, 1.6, 4.0)) << "\"/></g>";
    }
    out << "\n<text class=\"axis-unit\" x=\"58\" y=\"278\">" << page.html("small_plots.dots.axis"_msg)
        << "</text></svg>\n<p class=\"key\">" << page.html("small_plots.dots.key"_msg) << "</p>\n</figure>\n";
}

void write_packs(std::ostream& out, const PageContext& page) {
    HtmlTable table{page.html("small_plots.packs"_msg),
                    {page.html("head.pack"_msg), page.html("head.jurisdiction"_msg), page.html("head.version"_msg),
                     page.html("head.limit"_msg), page.html("head.source"_msg)},
                    {},
                    "prose"};
    for (const auto& pack : page.results.rule_packs) {
        table.rows.push_back(
            {escaped(pack.title.empty() ? pack.name : pack.title), escaped(pack.jurisdiction), escaped(pack.version),
             pack.max_area ? page.numbers.square_metres(*pack.max_area) : page.html("value.no_rule"_msg),
             escaped(pack.source)});
    }
    if (!table.rows.empty()) write_table(out, table);
}

/// One family for each verdict that was given, told so that its own union could follow it.
void write_examples(std::ostream& out, const PageContext& page) {
    for (const SmallPlotVerdict verdict : {SmallPlotVerdict::exceeds, SmallPlotVerdict::within_error,
                                           SmallPlotVerdict::compliant, SmallPlotVerdict::not_testable}) {
        const auto& families = page.results.small_plot_families;
        const auto family = std::ranges::find_if(
            families, [&](const livelihoods::FamilyVerdict& candidate) { return candidate.area.verdict == verdict; });
        if (family == families.end()) continue;
        std::string body = "<ul>";
        for (const std::string& sentence : explained(*family, page.words))
            body += "<li>" + escaped(sentence) + "</li>";
        write_details(out,
                      page.html("small_plots.example"_msg,
                                {{"family", family->household_id}, {"verdict", verdict_word(verdict, page.words)}}),
                      body + "</ul>");
    }
}

void write_quotas(std::ostream& out, const PageContext& page) {
    HtmlTable table{page.html("small_plots.quotas"_msg),
                    {page.html("head.pack"_msg), page.html("head.zone"_msg), page.html("head.plots"_msg),
                     page.html("head.area"_msg), page.html("head.cap"_msg), page.html("head.remaining"_msg)},
                    {},
                    "prose"};
    for (const livelihoods::ZoneQuota& quota : page.results.small_plot_quotas) {
        table.rows.push_back(
            {escaped(quota.pack),
             quota.kind ? escaped(zone_word(*quota.kind, page.words)) : page.html("small_plots.no_zone"_msg),
             page.numbers.integer(quota.plots), page.numbers.hectares(quota.area, quota.lo, quota.hi),
             quota.cap ? page.numbers.hectares(*quota.cap) : page.html("value.no_rule"_msg),
             quota.remaining ? page.numbers.hectares(*quota.remaining, quota.remaining_lo, quota.remaining_hi)
                             : page.html("value.no_rule"_msg)});
    }
    table.source = "small_plot_quotas";
    if (!table.rows.empty()) write_table(out, table);
}

void write_needs(std::ostream& out, const PageContext& page) {
    for (const livelihoods::NeedBalance& need : page.results.small_plot_needs) {
        out << "<p>"
            << page.html("small_plots.need"_msg, {{"pack", need.pack},
                                                  {"villages", page.numbers.integer(need.villages)},
                                                  {"area", page.numbers.hectares(need.grown.area)},
                                                  {"need_lo", page.numbers.hectares(need.need_lo)},
                                                  {"need_hi", page.numbers.hectares(need.need_hi)},
                                                  {"surplus_lo", page.numbers.hectares(need.surplus_lo)},
                                                  {"surplus_hi", page.numbers.hectares(need.surplus_hi)}})
            << "</p>\n";
    }
}

void write_what_if(std::ostream& out, const PageContext& page) {
    const auto hectares_or_none = [&](std::optional<geo::Hectares> area) {
        return area ? page.numbers.hectares(*area) : page.html("value.no_rule"_msg);
    };
    const auto money = [&](std::optional<double> amount) {
        return amount ? page.numbers.money(*amount, page.results.study.currency) : page.html("value.unknown"_msg);
    };
    for (const livelihoods::RuleWhatIf& change : page.results.rule_what_if) {
        HtmlTable table{
            page.html("what_if.caption"_msg, {{"pack", change.pack}, {"change", page.results.what_if}}),
            {page.html("what_if.measure"_msg), page.html("what_if.before"_msg), page.html("what_if.after"_msg)},
            {},
            ""};
        table.rows = {
            {page.html("what_if.families"_msg), page.numbers.integer(change.fit_before),
             page.numbers.integer(change.fit_after)},
            {page.html("what_if.area"_msg), page.numbers.hectares(change.area_before),
             page.numbers.hectares(change.area_after)},
            {page.html("what_if.excess"_msg), page.numbers.hectares(change.excess_before),
             page.numbers.hectares(change.excess_after)},
            {page.html("what_if.income"_msg), money(change.income_before), money(change.income_after)},
            {page.html("what_if.remaining"_msg), hectares_or_none(change.remaining_before),
             hectares_or_none(change.remaining_after)},
        };
        table.source = "rule_what_if";
        write_table(out, table);
        out << "<p>"
            << page.html("what_if.moves"_msg,
                         {{"enter", page.numbers.integer(change.enter)}, {"leave", page.numbers.integer(change.leave)}})
            << "</p>\n";
    }
}

}  // namespace

void write_small_plots_section(std::ostream& out, const PageContext& page) {
    write_section_start(out, page, "small_plots", "section.small_plots"_msg);
    if (!page.results.small_plots.empty()) {
        out << "<p class=\"promise\">" << page.html("small_plots.no_force"_msg) << "</p>\n<div class=\"figures\">\n";
        write_bars(out, page);
        write_dots(out, page);
        out << "</div>\n";
        write_examples(out, page);
        write_quotas(out, page);
        write_needs(out, page);
        write_what_if(out, page);
        write_packs(out, page);
    }
    write_section_end(out, page, "small_plots");
}

}  // namespace vereda::report
