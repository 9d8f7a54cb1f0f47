#include "report/public_edition.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "geo/crs.hpp"
#include "geo/topology.hpp"
#include "report/loss_tables.hpp"
#include "report/plot_tables.hpp"
#include "report/public_coverage.hpp"
#include "report/suppression.hpp"
#include "report/table_declarations.hpp"
#include "report/tables.hpp"

namespace vereda::report {

namespace {

std::set<std::string> regions_with_enough_families(const RunResults& results) {
    std::set<std::string> ids;
    for (const auto& [id, families] : results.families_by_region) {
        if (families >= families_at_least) ids.insert(id);
    }
    return ids;
}

/// Regions whose loss rows may be shown: in no year were one to nine plots seen in them, crops together.
std::set<std::string> regions_without_few_plots(const RunResults& results, std::set<std::string> published) {
    std::map<std::pair<std::string, int>, long> plots;
    for (const auto& row : results.plot_area)
        plots[{row.region_id, row.year}] += row.plots.value_or(0);
    for (const auto& [key, count] : plots) {
        if (count > 0 && count < families_at_least) published.erase(key.first);
    }
    return published;
}

void blank_what_stays_inside(Table& table) {
    const auto columns = table.declaration->columns;
    for (auto& row : table.rows) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (columns[i].privacy != Privacy::open) row[i] = {};
        }
    }
}

/// Keeps the rows for which keep(row) holds and counts the others.
template <class Keep>
void keep_rows(Table& table, Disclosure& disclosure, Keep keep) {
    disclosure.withheld_rows +=
        static_cast<long>(std::erase_if(table.rows, [&](const auto& row) { return !keep(row); }));
    disclosure.published_rows = static_cast<long>(table.rows.size());
}

void keep_publishable_rows(Table& table, const RunResults& results, const std::set<std::string>& published,
                           Disclosure& disclosure) {
    const std::size_t region = table.declaration->position("region_id");
    const bool follows_from_plots = table.declaration == &loss_table || table.declaration == &permanence_regions_table;
    const std::set<std::string> allowed =
        follows_from_plots ? regions_without_few_plots(results, published) : published;
    const bool is_plot_area = table.declaration == &plot_area_table;
    const std::size_t plots = is_plot_area ? table.declaration->position("plots") : 0;
    keep_rows(table, disclosure, [&](const std::vector<geo::Value>& row) {
        const auto* id = std::get_if<std::string>(&row[region]);
        if (id == nullptr || !allowed.contains(*id)) return false;
        const auto* count = is_plot_area ? std::get_if<std::int64_t>(&row[plots]) : nullptr;
        return count == nullptr || *count >= families_at_least;
    });
}

/// Holdings by size: classes of fewer than ten holdings, and as many more as keep them from being the rest of the
/// region's crop, which is public.
void keep_publishable_holdings(Table& table, const std::set<std::string>& published, Disclosure& disclosure) {
    const TableDeclaration& columns = *table.declaration;
    const std::size_t region = columns.position("region_id");
    const std::size_t year = columns.position("year");
    const std::size_t crop = columns.position("crop");
    const std::size_t holdings = columns.position("holdings");
    std::map<std::vector<std::string>, std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const auto& row = table.rows[i];
        groups[{geo::to_text(row[region]), geo::to_text(row[year]), geo::to_text(row[crop])}].push_back(i);
    }
    std::vector<bool> stays(table.rows.size());
    for (const auto& [key, rows] : groups) {
        if (!published.contains(key[0])) continue;
        std::vector<long> counts;
        std::vector<bool> keep;
        for (const std::size_t i : rows) {
            counts.push_back(static_cast<long>(std::get<std::int64_t>(table.rows[i][holdings])));
            keep.push_back(counts.back() >= families_at_least);
        }
        withhold_complements(counts, keep, true, families_at_least);
        for (std::size_t k = 0; k < rows.size(); ++k)
            stays[rows[k]] = keep[k];
    }
    std::size_t next = 0;
    keep_rows(table, disclosure, [&](const auto&) { return stays[next++]; });
}

double on_step(double degrees) {
    return std::round(degrees / outline_step_degrees) / std::round(1 / outline_step_degrees);
}

geo::Ring rounded(const geo::Ring& ring) {
    geo::Ring result;
    for (const geo::Point& p : ring) {
        const geo::Point q{on_step(p.x), on_step(p.y)};
        if (result.empty() || !(result.back() == q)) result.push_back(q);
    }
    return result.size() < 4 ? geo::Ring() : result;
}

geo::MultiPolygon rounded(const geo::MultiPolygon& polygons) {
    geo::MultiPolygon result;
    for (const geo::Polygon& polygon : polygons) {
        geo::Polygon coarse{rounded(polygon.outer), {}};
        if (coarse.outer.empty()) continue;
        for (const geo::Ring& inner : polygon.inners) {
            if (geo::Ring ring = rounded(inner); !ring.empty()) coarse.inners.push_back(std::move(ring));
        }
        result.push_back(std::move(coarse));
    }
    geo::MultiPolygon valid = geo::repair(result).polygons;
    // Repair may put a vertex where two rounded edges cross: off the step, so it is rounded once more.
    for (geo::Polygon& polygon : valid) {
        for (geo::Point& p : polygon.outer)
            p = {on_step(p.x), on_step(p.y)};
        for (geo::Ring& inner : polygon.inners) {
            for (geo::Point& p : inner)
                p = {on_step(p.x), on_step(p.y)};
        }
    }
    return valid;
}

std::vector<PublicRegion> public_regions(const RunResults& results) {
    std::vector<PublicRegion> regions;
    if (!results.regions) return regions;
    const geo::CrsTransform to_degrees(results.regions->crs(), geo::Crs::wgs84());
    for (const auto& region : results.regions->regions()) {
        const geo::Geometry moved = to_degrees.forward(geo::Geometry(region.geometry));
        regions.push_back({region.id, region.name, region.parent, rounded(std::get<geo::MultiPolygon>(moved))});
    }
    return regions;
}

/// On an indicator that the readiness model scores.
bool raters_disagree(const RunResults& results) {
    if (!results.readiness_model) return false;
    const auto& scored = results.readiness_model->indicators;
    return std::ranges::any_of(results.rater_agreement, [&](const livelihoods::RaterAgreement& row) {
        return row.agreement == livelihoods::Agreement::disagree &&
               std::ranges::find(scored, row.indicator, &livelihoods::Indicator::id) != scored.end();
    });
}

}  // namespace

PublicEdition public_edition(const RunResults& results, const Catalogue& words) {
    PublicEdition edition;
    edition.study_name = results.study.name;
    edition.vereda_version = results.provenance.vereda_version;
    edition.years = results.study.years;
    edition.crops = results.study.crops;
    edition.regions = public_regions(results);
    const std::set<std::string> published = regions_with_enough_families(results);
    for (Table& table : tables_of(results, words)) {
        if (table.declaration->audience != Audience::public_safe) continue;
        Disclosure disclosure{std::string(table.declaration->name), 0, 0, 0};
        if (table.declaration == &readiness_table && raters_disagree(results)) {
            keep_rows(table, disclosure, [](const auto&) { return false; });
        } else if (table.declaration == &coverage_table) {
            table = public_coverage(results, published, disclosure);
        } else if (table.declaration == &holdings_table) {
            keep_publishable_holdings(table, published, disclosure);
        } else {
            keep_publishable_rows(table, results, published, disclosure);
        }
        blank_what_stays_inside(table);
        edition.disclosure.push_back(std::move(disclosure));
        edition.tables.push_back(std::move(table));
    }
    return edition;
}

}  // namespace vereda::report
