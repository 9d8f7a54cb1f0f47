#include "regions/area_parts.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "geo/topology.hpp"
#include "regions/ground_split.hpp"
#include "regions/interval_note.hpp"
#include "regions/zone_split.hpp"

namespace vereda::regions {
namespace {

using geo::operator""_msg;

struct RegionShare {
    std::string region_id;
    geo::MultiPolygon ground;
    double planar_area = 0;
};

/// A partition: what one region has taken is not left for the next.
std::vector<RegionShare> by_region(const Plot& plot, double whole, const RegionSet& regions) {
    std::vector<RegionShare> shares;
    geo::MultiPolygon rest = plot.outline;
    double left = whole;
    for (const std::size_t r : regions.near(geo::envelope(plot.outline))) {
        if (rest.empty()) break;
        const Region& region = regions.regions()[r];
        if (regions.covers(r, rest)) {
            shares.push_back({region.id, std::move(rest), left});
            return shares;
        }
        geo::MultiPolygon inside = geo::intersection(rest, region.geometry);
        const double area = geo::planar_area(inside);
        if (!(area > rounding_share * whole)) continue;
        shares.push_back({region.id, std::move(inside), area});
        rest = geo::difference(rest, region.geometry);
        left -= area;
    }
    if (left > rounding_share * whole) shares.push_back({"", std::move(rest), left});
    return shares;
}

PlotError share_of(const PlotError& error, double share) {
    return {error.own ? std::optional(*error.own * share) : std::nullopt, error.shared * share};
}

std::vector<PlotPartRow> parts_of(const Plot& plot, const Survey& survey, const RegionSet& regions,
                                  const ZoneLand& zones) {
    std::vector<PlotPartRow> rows;
    const double whole = geo::planar_area(plot.outline);
    if (!(whole > 0)) return rows;
    const double scale = plot.area.value() / whole;
    const PlotError error = plot_error(plot, survey);
    for (const RegionShare& share : by_region(plot, whole, regions)) {
        for (const ZonePart& part : zones.split(share.ground, share.planar_area)) {
            rows.push_back({plot.id, survey.year, survey.crop, share.region_id, part.zones,
                            geo::SquareMetres(part.planar_area * scale), plot.household_id,
                            share_of(error, part.planar_area / whole)});
        }
    }
    return rows;
}

/// Whose holding a part belongs to.
struct Holder {
    std::string id;
    bool unnamed = false;
    friend auto operator<=>(const Holder&, const Holder&) = default;
};

Holder holder_of(const PlotPartRow& part) {
    return part.household_id.empty() ? Holder{part.plot_id, true} : Holder{part.household_id, false};
}

using SurveyKey = std::pair<Crop, int>;

/// Area of parts and its error: parts of one plot err together, plots on their own, all with what their survey shares.
class PartSum {
  public:
    void add(const PlotPartRow& part) {
        area_ += part.area.value();
        shared_ += part.error.shared.value();
        if (part.error.own)
            own_[part.plot_id] += part.error.own->value();
        else
            known_ = false;
    }

    /// Fills interval, sampled and note of a row that has crop and year.
    template <class Row>
    void tell(Row& row, const PartIntervals& intervals, std::string_view more = {}) const {
        if (known_) {
            double variance = shared_ * shared_;
            for (const auto& [plot, sd] : own_)
                variance += sd * sd;
            const MappedArea mapped{geo::SquareMetres(area_), geo::SquareMetres(std::sqrt(variance))};
            row.interval = interval_of(mapped);
            if (const auto sample = ratio_of(intervals.samples, row.crop, row.year))
                row.sampled = sampled_interval(mapped, *sample);
        }
        const bool in_part = std::ranges::any_of(intervals.surveys, [&](const Survey& survey) {
            return survey.crop == row.crop && survey.year == row.year && survey.observed;
        });
        row.note = note_of({known_ ? "" : note::no_outline_error, note::of_sample(row.sampled.has_value()),
                            in_part ? note::unobserved_left_out : "", more});
    }

  private:
    double area_ = 0;
    double shared_ = 0;
    std::map<std::string_view, double> own_;
    bool known_ = true;
};

}  // namespace

std::vector<PlotPartRow> plot_parts(const RegionSet& regions, std::span<const Zone> zones,
                                    std::span<const Survey> surveys, geo::Parallelism parallelism,
                                    geo::Progress* progress) {
    if (progress != nullptr) {
        std::size_t plots = 0;
        for (const Survey& survey : surveys)
            plots += survey.plots.size();
        progress->start_stage({"stage.plot_parts"_msg, {}}, static_cast<std::int64_t>(plots));
    }
    std::vector<PlotPartRow> rows;
    for (const Survey& survey : surveys) {
        using namespace std::chrono;
        const ZoneLand land(zones, geo::Date(year(survey.year) / December / 31));
        geo::parallel_ordered<std::vector<PlotPartRow>>(
            survey.plots.size(), parallelism,
            [&](std::size_t i) { return parts_of(survey.plots[i], survey, regions, land); },
            [&](std::size_t, std::vector<PlotPartRow>&& parts) { std::ranges::move(parts, std::back_inserter(rows)); },
            progress);
    }
    std::ranges::stable_sort(rows, {}, [](const PlotPartRow& row) {
        return std::tie(row.crop, row.year, row.plot_id, row.region_id, row.zones);
    });
    return rows;
}

std::vector<ZoneAreaRow> areas_by_zone(std::span<const PlotPartRow> parts, const PartIntervals& intervals) {
    struct Sum {
        std::set<std::string_view> plots;
        double area = 0;
        PartSum parts;
    };
    std::map<std::tuple<std::string, Crop, int, std::string>, Sum> sums;
    for (const PlotPartRow& part : parts) {
        Sum& sum = sums[{part.region_id, part.crop, part.year, part.zones}];
        sum.plots.insert(part.plot_id);
        sum.area += part.area.value();
        sum.parts.add(part);
    }
    std::vector<ZoneAreaRow> rows;
    for (const auto& [key, sum] : sums) {
        const auto& [region, crop, year, zones] = key;
        rows.push_back({region, year, crop, zones, static_cast<long>(sum.plots.size()),
                        geo::to_hectares(geo::SquareMetres(sum.area))});
        sum.parts.tell(rows.back(), intervals);
    }
    return rows;
}

std::vector<HoldingRow> holdings_by_size(std::span<const PlotPartRow> parts, const std::vector<double>& classes_ha,
                                         const PartIntervals& intervals) {
    std::map<std::pair<SurveyKey, Holder>, double> sizes;
    struct Ground {
        double area = 0;
        std::vector<const PlotPartRow*> parts;
    };
    std::map<std::tuple<std::string, SurveyKey, Holder>, Ground> grounds;
    for (const PlotPartRow& part : parts) {
        const SurveyKey survey(part.crop, part.year);
        const Holder holder = holder_of(part);
        sizes[{survey, holder}] += part.area.value();
        Ground& ground = grounds[{part.region_id, survey, holder}];
        ground.area += part.area.value();
        ground.parts.push_back(&part);
    }
    std::map<std::pair<std::string, SurveyKey>, std::vector<HoldingRow>> regions;
    std::map<std::pair<std::string, SurveyKey>, std::vector<PartSum>> sums;
    for (const auto& [key, ground] : grounds) {
        const auto& [region, survey, holder] = key;
        std::vector<HoldingRow>& rows = regions[{region, survey}];
        if (rows.empty()) {
            for (std::size_t c = 0; c <= classes_ha.size(); ++c) {
                HoldingRow row;
                row.region_id = region;
                row.crop = survey.first;
                row.year = survey.second;
                row.from = geo::Hectares(c == 0 ? 0 : classes_ha[c - 1]);
                if (c < classes_ha.size()) row.to = geo::Hectares(classes_ha[c]);
                rows.push_back(std::move(row));
            }
        }
        const double size = geo::to_hectares(geo::SquareMetres(sizes.at({survey, holder}))).value();
        const auto place = std::ranges::lower_bound(classes_ha, size) - classes_ha.begin();
        HoldingRow& row = rows[static_cast<std::size_t>(place)];
        ++row.holdings;
        row.unnamed += holder.unnamed ? 1 : 0;
        row.area += geo::to_hectares(geo::SquareMetres(ground.area));
        std::vector<PartSum>& classes = sums[{region, survey}];
        classes.resize(rows.size());
        for (const PlotPartRow* part : ground.parts)
            classes[static_cast<std::size_t>(place)].add(*part);
    }
    std::vector<HoldingRow> all;
    for (auto& [key, rows] : regions) {
        long holdings = 0;
        double area = 0;
        for (const HoldingRow& row : rows) {
            holdings += row.holdings;
            area += row.area.value();
        }
        std::size_t place = 0;
        for (HoldingRow& row : rows) {
            sums.at(key)[place++].tell(row, intervals, note::class_left_out);
            row.holdings_share = static_cast<double>(row.holdings) / static_cast<double>(holdings);
            row.area_share = area > 0 ? row.area.value() / area : 0;
            all.push_back(std::move(row));
        }
    }
    return all;
}

}  // namespace vereda::regions
