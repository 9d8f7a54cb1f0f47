#include "regions/area_adjusted.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include "geo/topology.hpp"
#include "regions/control_actions.hpp"
#include "regions/crop_pieces.hpp"
#include "regions/interval_note.hpp"

namespace vereda::regions {
namespace {

using geo::operator""_msg;

constexpr double kNormal95 = 1.959963984540054;  ///< two-sided 95 % point of the standard normal distribution

/// What happened to a figure, for its note; in the order of the words.
enum Flag : unsigned {
    undated = 1U << 0,
    no_growth = 1U << 1,
    wider = 1U << 2,
    rate_used = 1U << 3,
    no_trend = 1U << 4,
    never_seen = 1U << 5,
    no_effectiveness = 1U << 6,
    no_outline = 1U << 7,
    order_unknown = 1U << 8,
};
constexpr std::array<std::pair<Flag, std::string_view>, 9> kFlagWords{{{undated, note::no_image_date},
                                                                       {no_growth, note::no_growth_rate},
                                                                       {wider, note::wider_rate},
                                                                       {rate_used, note::growth_error},
                                                                       {no_trend, note::no_trend},
                                                                       {never_seen, note::never_seen},
                                                                       {no_effectiveness, note::no_effectiveness},
                                                                       {no_outline, note::no_outline},
                                                                       {order_unknown, note::order_unknown}}};

/// Change since the survey before, where any unit of the region's chain shows one.
struct Rate {
    std::optional<double> ratio;
    std::optional<double> growth;  ///< per year
    bool wider_ratio = false;
    bool wider_growth = false;
};

/// What one piece of crop adds to one region in one year.
struct Contribution {
    std::size_t year = 0;  ///< position in the series
    std::size_t region = 0;
    double raw = 0;
    double date = 0;
    double gap = 0;
    double control = 0;
    double undated = 0;
    unsigned flags = 0;
    std::vector<PlotShare> plots;  ///< share of the plot's own error that it carries

    [[nodiscard]] double final_area() const { return raw + date + gap - control; }
};

/// One unit in one year.
struct Sum {
    long plots = 0;
    double raw = 0;
    double date = 0;
    double gap = 0;
    double control = 0;
    double gap_left = 0;  ///< of gap, after control
    double undated = 0;
    double variance_m4 = 0;
    bool error_known = true;
    std::map<std::size_t, double> shared_m2;  ///< by the survey whose plots they are
    double unknown_m2 = 0;                    ///< that unobserved land may hold besides gap_left
    double seen_m2 = 0;
    double land_m2 = 0;
    unsigned flags = 0;
};

geo::Date cutoff_of(int year, std::chrono::month_day cutoff) {
    const std::chrono::year_month_day day = std::chrono::year(year) / cutoff;
    return day.ok() ? geo::Date(day) : geo::Date(std::chrono::year(year) / cutoff.month() / std::chrono::last);
}

/// The years of one crop.
class Series {
  public:
    Series(const RegionSet& regions, const AreaUnits& units, std::span<const Survey* const> surveys,
           const ControlActions& actions, const AdjustmentOptions& options, geo::Parallelism parallelism,
           geo::Progress* progress)
        : regions_(regions),
          units_(units),
          actions_(actions),
          options_(options),
          series_(crop_pieces(regions, units, surveys, parallelism, progress)),
          sums_(units.units().size(), std::vector<Sum>(series_.size())) {
        find_rates();
        add_crop(parallelism);
        add_land(parallelism);
    }
    void add_rows(std::vector<AdjustedAreaRow>& rows) const;

  private:
    void find_rates();
    [[nodiscard]] Rate rate_of(std::size_t region, std::size_t year) const;
    [[nodiscard]] std::vector<Contribution> contributions(std::size_t survey, std::size_t patch) const;
    [[nodiscard]] Contribution own_year(std::size_t survey, const CropPiece& piece, double& factor) const;
    void carry(std::size_t survey, const CropPiece& piece, double factor, std::vector<Contribution>& parts) const;
    void add_crop(geo::Parallelism parallelism);
    void add(std::size_t survey, const std::vector<Contribution>& parts);
    void add_land(geo::Parallelism parallelism);
    [[nodiscard]] std::vector<bool> land_never_seen(std::size_t region) const;
    [[nodiscard]] AdjustedAreaRow row_of(std::size_t unit, std::size_t year) const;
    void add_interval(AdjustedAreaRow& row, const Sum& sum) const;

    const RegionSet& regions_;
    const AreaUnits& units_;
    const ControlActions& actions_;
    const AdjustmentOptions& options_;
    std::vector<SurveyPieces> series_;
    std::vector<std::vector<Rate>> rates_;  ///< by region, by year
    std::vector<std::vector<Sum>> sums_;    ///< by unit, by year
};

Rate Series::rate_of(std::size_t region, std::size_t year) const {
    Rate rate;
    if (year == 0) return rate;
    const SurveyPieces& now = series_[year];
    const SurveyPieces& before = series_[year - 1];
    for (const std::size_t unit : units_.of_region(region)) {
        const double earlier = before.with_next[unit];
        const double later = now.with_before[unit];
        if (!rate.ratio && earlier > 0) {
            rate.ratio = later / earlier;
            rate.wider_ratio = unit != region;
        }
        if (!rate.growth) {
            rate.growth = growth_rate(earlier, later, now.year() - before.year());
            rate.wider_growth = rate.growth && unit != region;
        }
    }
    return rate;
}

void Series::find_rates() {
    rates_.resize(regions_.regions().size());
    for (std::size_t r = 0; r < rates_.size(); ++r) {
        for (std::size_t year = 0; year < series_.size(); ++year) {
            rates_[r].push_back(rate_of(r, year));
            if (options_.growth_rate) {
                rates_[r].back().growth = options_.growth_rate;
                rates_[r].back().wider_growth = false;
            }
        }
    }
}

/// The piece in its own survey's year; `factor` is what the age of its image makes of a hectare.
Contribution Series::own_year(std::size_t survey, const CropPiece& piece, double& factor) const {
    const Rate& rate = rates_[piece.region][survey];
    const geo::Date cutoff = cutoff_of(series_[survey].year(), options_.cutoff);
    Contribution part;
    part.year = survey;
    part.region = piece.region;
    part.raw = piece.area_m2;
    if (!piece.date) {
        part.undated = piece.area_m2;
        part.flags |= undated;
        if (actions_.touches(piece.geometry, series_[survey].year())) part.flags |= order_unknown;
    } else {
        const int days = geo::days_between(*piece.date, cutoff);
        if (rate.growth) {
            factor = date_factor(*rate.growth, days);
            if (factor != 1) part.flags |= rate_used;
            if (factor != 1 && rate.wider_growth) part.flags |= wider;
        } else if (days != 0) {
            part.flags |= no_growth;
        }
        const auto taken = actions_.taken_off(piece.geometry, *piece.date, cutoff);
        part.control = taken.planar_area * piece.scale * factor;
        if (taken.effectiveness_unknown) part.flags |= no_effectiveness;
    }
    part.date = part.raw * (factor - 1);
    return part;
}

/// The piece in the years after, while no later survey sees its ground.
void Series::carry(std::size_t survey, const CropPiece& piece, double factor, std::vector<Contribution>& parts) const {
    geo::MultiPolygon rest = piece.geometry;
    double ratio = factor;
    unsigned flags = rate_used;
    const geo::Date since = piece.date.value_or(cutoff_of(series_[survey].year(), options_.cutoff));
    for (std::size_t year = survey + 1; year < series_.size(); ++year) {
        if (series_[year].dated.saw_everything()) return;
        rest = series_[year].dated.unseen_in(rest);
        const double area = geo::planar_area(rest) * piece.scale;
        if (!(area > rounding_share * piece.area_m2)) return;
        const Rate& rate = rates_[piece.region][year];
        ratio *= rate.ratio.value_or(1);
        if (!rate.ratio) flags |= no_trend;
        if (rate.wider_ratio) flags |= wider;
        const auto taken = actions_.taken_off(rest, since, cutoff_of(series_[year].year(), options_.cutoff));
        Contribution part;
        part.year = year;
        part.region = piece.region;
        part.gap = area * ratio;
        part.control = taken.planar_area * piece.scale * ratio;
        part.flags = flags | (taken.effectiveness_unknown ? no_effectiveness : 0U);
        parts.push_back(std::move(part));
    }
}

std::vector<Contribution> Series::contributions(std::size_t survey, std::size_t patch) const {
    std::vector<Contribution> parts;
    for (const CropPiece& piece : series_[survey].patches[patch]) {
        const std::size_t first = parts.size();
        double factor = 1;
        parts.push_back(own_year(survey, piece, factor));
        carry(survey, piece, factor, parts);
        for (std::size_t i = first; i < parts.size(); ++i) {
            parts[i].plots = piece.plots;
            for (PlotShare& plot : parts[i].plots)
                plot.share *= parts[i].final_area() / piece.area_m2;
        }
    }
    return parts;
}

/// Parts of one patch: what a plot brings to a unit is summed over the unit's regions first, for its error is one.
void Series::add(std::size_t survey, const std::vector<Contribution>& parts) {
    std::map<std::tuple<std::size_t, std::size_t, std::size_t>, double> shares;  // unit, year, plot
    for (const Contribution& part : parts) {
        for (const std::size_t unit : units_.of_region(part.region)) {
            Sum& sum = sums_[unit][part.year];
            sum.raw += part.raw;
            sum.date += part.date;
            sum.gap += part.gap;
            sum.control += part.control;
            if (part.gap > 0) sum.gap_left += part.gap - part.control;
            sum.undated += part.undated;
            sum.flags |= part.flags;
            for (const auto& [plot, share] : part.plots)
                shares[{unit, part.year, plot}] += share;
        }
    }
    for (const auto& [key, share] : shares) {
        const auto& [unit, year, plot] = key;
        Sum& sum = sums_[unit][year];
        const PlotError& error = series_[survey].errors[plot];
        if (year == survey) ++sum.plots;
        sum.shared_m2[survey] += share * error.shared.value();
        if (error.own)
            sum.variance_m4 += share * error.own->value() * share * error.own->value();
        else
            sum.error_known = false;
    }
}

void Series::add_crop(geo::Parallelism parallelism) {
    for (std::size_t s = 0; s < series_.size(); ++s) {
        geo::parallel_ordered<std::vector<Contribution>>(
            series_[s].patches.size(), parallelism, [&](std::size_t p) { return contributions(s, p); },
            [&](std::size_t, std::vector<Contribution>&& parts) { add(s, parts); });
    }
}

/// By year, whether some land of the region was in no survey up to it.
std::vector<bool> Series::land_never_seen(std::size_t region) const {
    std::vector<bool> result;
    geo::MultiPolygon rest = regions_.regions()[region].geometry;
    const double least = rounding_share * geo::planar_area(rest);
    for (const SurveyPieces& survey : series_) {
        if (!rest.empty()) rest = survey.dated.unseen_in(rest);
        result.push_back(geo::planar_area(rest) > least);
    }
    return result;
}

void Series::add_land(geo::Parallelism parallelism) {
    const std::size_t count = regions_.regions().size();
    const auto unseen = [&](std::size_t r) { return land_never_seen(r); };
    geo::parallel_ordered<std::vector<bool>>(count, parallelism, unseen, [&](std::size_t r, std::vector<bool>&& never) {
        const Region& region = regions_.regions()[r];
        const double land = geo::to_square_metres(region.area).value();
        double densest = 0;
        for (std::size_t year = 0; year < series_.size(); ++year) {
            const double seen = series_[year].seen_m2[r];
            if (seen > rounding_share * land) densest = std::max(densest, std::min(1.0, sums_[r][year].raw / seen));
        }
        for (std::size_t year = 0; year < series_.size(); ++year) {
            const double seen = series_[year].seen_m2[r] > rounding_share * land ? series_[year].seen_m2[r] : 0;
            const double gap_left = sums_[r][year].gap_left;
            const geo::Date cutoff = cutoff_of(series_[year].year(), options_.cutoff);
            const bool told = actions_.without_outline(region.id, series_[year].dated.day(), cutoff);
            for (const std::size_t unit : units_.of_region(r)) {
                Sum& sum = sums_[unit][year];
                sum.land_m2 += land;
                sum.seen_m2 += std::min(seen, land);
                sum.unknown_m2 += std::max(0.0, densest * std::max(0.0, land - seen) - gap_left);
                if (never[year]) sum.flags |= never_seen;
                if (told) sum.flags |= no_outline;
            }
        }
    });
}

void Series::add_interval(AdjustedAreaRow& row, const Sum& sum) const {
    double shared = 0;
    for (const auto& [survey, sd] : sum.shared_m2)
        shared = std::hypot(shared, sd);
    row.shared_sd = geo::to_hectares(geo::SquareMetres(shared));
    if (!sum.error_known) return;
    const double own = std::sqrt(sum.variance_m4);
    const double final_m2 = static_cast<double>(row.ledger.control_adjusted());
    const double half = kNormal95 * std::hypot(own, shared);
    row.own_sd = geo::to_hectares(geo::SquareMetres(own));
    row.final_lo = geo::to_hectares(geo::SquareMetres(std::max(0.0, final_m2 - sum.gap_left - half)));
    row.final_hi = geo::to_hectares(geo::SquareMetres(final_m2 + sum.unknown_m2 + half));
    const auto sample = ratio_of(options_.samples, row.crop, row.year);
    if (!sample) return;
    const AreaInterval sampled =
        sampled_interval({geo::SquareMetres(final_m2), geo::SquareMetres(std::hypot(own, shared)),
                          geo::SquareMetres(sum.gap_left), geo::SquareMetres(sum.unknown_m2)},
                         *sample);
    row.sampled = sampled.area;
    row.sampled_lo = sampled.lo;
    row.sampled_hi = sampled.hi;
}

AdjustmentLedger ledger_of(const Sum& sum) {
    const auto rounded = [](double square_metres) { return static_cast<std::int64_t>(std::llround(square_metres)); };
    AdjustmentLedger ledger;
    ledger.raw_m2 = rounded(sum.raw);
    ledger.date_m2 = rounded(sum.raw + sum.date) - ledger.raw_m2;
    ledger.gap_m2 = rounded(sum.raw + sum.date + sum.gap) - ledger.date_adjusted();
    ledger.control_m2 = ledger.gap_adjusted() - rounded(sum.raw + sum.date + sum.gap - sum.control);
    return ledger;
}

AdjustedAreaRow Series::row_of(std::size_t unit, std::size_t year) const {
    const Sum& sum = sums_[unit][year];
    AdjustedAreaRow row;
    row.unit = units_.units()[unit];
    row.year = series_[year].year();
    row.crop = series_[year].survey().crop;
    row.observed_share = sum.land_m2 > 0 ? sum.seen_m2 / sum.land_m2 : 0;
    if (row.observed_share > 1 - rounding_share) row.observed_share = 1;
    row.ledger = ledger_of(sum);
    row.undated = geo::to_hectares(geo::SquareMetres(sum.undated));
    if (unit < rates_.size()) {
        row.growth_rate = rates_[unit][year].growth;
        row.gap_ratio = rates_[unit][year].ratio;
    }
    const bool observed = sum.seen_m2 > 0;
    if (observed) {
        row.plots = sum.plots;
        row.raw = hectares_of(row.ledger.raw_m2);
        row.date_adjusted = hectares_of(row.ledger.date_adjusted());
    }
    if (observed || sum.gap > 0) {
        row.gap_adjusted = hectares_of(row.ledger.gap_adjusted());
        row.control_adjusted = hectares_of(row.ledger.control_adjusted());
        row.final_area = row.control_adjusted;
        add_interval(row, sum);
    }
    row.note = note_of({observed ? "" : note::not_observed, sum.error_known ? "" : note::no_outline_error,
                        row.final_area ? note::of_sample(row.sampled.has_value()) : ""});
    for (const auto& [flag, word] : kFlagWords) {
        if ((sum.flags & flag) != 0) row.note = note_of({row.note, word});
    }
    return row;
}

void Series::add_rows(std::vector<AdjustedAreaRow>& rows) const {
    for (std::size_t unit = 0; unit < sums_.size(); ++unit) {
        for (std::size_t year = 0; year < series_.size(); ++year)
            rows.push_back(row_of(unit, year));
    }
}

}  // namespace

std::vector<AdjustedAreaRow> adjusted_areas(const RegionSet& regions, std::span<const Survey> surveys,
                                            std::span<const EradicationEvent> events, const AdjustmentOptions& options,
                                            geo::Parallelism parallelism, geo::Progress* progress) {
    if (progress != nullptr)
        progress->start_stage({"stage.area_adjusted"_msg, {}}, static_cast<std::int64_t>(surveys.size()));
    std::map<Crop, std::vector<const Survey*>> by_crop;
    for (const Survey& survey : surveys)
        by_crop[survey.crop].push_back(&survey);
    const AreaUnits units(regions);
    const ControlActions actions(events, options.effectiveness);
    std::vector<AdjustedAreaRow> rows;
    for (const auto& [crop, series] : by_crop)
        Series(regions, units, series, actions, options, parallelism, progress).add_rows(rows);
    std::ranges::stable_sort(rows, {}, [](const AdjustedAreaRow& row) {
        return std::tuple(row.unit.level, row.unit.id, row.crop, row.year);
    });
    return rows;
}

}  // namespace vereda::regions
