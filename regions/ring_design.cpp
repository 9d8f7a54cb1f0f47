#include "regions/ring_design.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <tuple>

#include "regions/unit_history.hpp"

namespace vereda::regions {

namespace {

/// A panel with gaps may see the outcome this much later than asked.
constexpr int kLatestOutcome = 2;
constexpr std::size_t kUnitsPerColumn = 15;
/// A column that keeps less than this share of its length after projection says nothing of its own.
constexpr double kCollinear = 1e-9;
constexpr int kRecentYears = 3;

/// Own hectares removed from a unit in the years (after, until].
double own_removed(std::span<const std::vector<std::pair<int, double>>> own, std::size_t unit, int after, int until) {
    double sum = 0;
    for (const auto& [year, hectares] : own[unit])
        if (year > after && year <= until) sum += hectares;
    return sum;
}

std::vector<std::vector<std::pair<int, double>>> own_removals(std::size_t units, std::span<const Removal> removals) {
    std::vector<std::vector<std::pair<int, double>>> own(units);
    for (const Removal& removal : removals)
        for (const std::size_t unit : removal.targets)
            own[unit].emplace_back(removal.year, removal.hectares / static_cast<double>(removal.targets.size()));
    return own;
}

/// Mean of a covariate over the panel years 0..base that have it.
std::optional<double> mean_until(const PanelCovariate& covariate, std::size_t unit, std::size_t base) {
    double sum = 0;
    int seen = 0;
    for (std::size_t y = 0; y <= base; ++y)
        if (const auto& value = covariate.values[unit][y]) {
            sum += *value;
            ++seen;
        }
    return seen > 0 ? std::optional(sum / seen) : std::nullopt;
}

std::optional<double> any_value(const PanelCovariate& covariate, std::size_t unit) {
    for (const auto& value : covariate.values[unit])
        if (value) return value;
    return std::nullopt;
}

/// Unknown values take the mean of the known ones: they then say nothing.
void fill_unknown(std::vector<std::optional<double>>& values) {
    double sum = 0;
    int seen = 0;
    for (const auto& value : values)
        if (value) {
            sum += *value;
            ++seen;
        }
    for (auto& value : values)
        if (!value) value = seen > 0 ? sum / seen : 0;
}

/// Columns of one slot before any projection, column by column, and the mean crop of its rows.
class SlotColumns {
  public:
    SlotColumns(const CropPanel& panel, const RingSlot& slot, std::span<const std::size_t> units)
        : panel_(panel), slot_(slot), units_(units), history_(history_until(panel, slot.base)) {}

    [[nodiscard]] const UnitHistory& history() const { return history_; }
    [[nodiscard]] std::vector<double> mean_crop() const {
        std::vector<double> column;
        for (const std::size_t u : units_)
            column.push_back(*history_.mean[u]);
        return column;
    }

    [[nodiscard]] std::vector<std::vector<double>> columns(std::span<const std::vector<std::size_t>> neighbours,
                                                           std::span<const std::vector<std::pair<int, double>>> own) {
        const std::vector<double> around = neighbourhood_means(history_.mean, neighbours);
        const std::vector<double> around_departure = neighbourhood_means(history_.departure, neighbours);
        const int base_year = panel_.years[slot_.base];
        add([&](std::size_t u) { return *history_.departure[u]; });
        add([&](std::size_t u) { return around[u]; });
        add([&](std::size_t u) { return around_departure[u]; });
        add([&](std::size_t u) { return own_removed(own, u, base_year - kRecentYears, base_year); });
        add([&](std::size_t u) { return own_removed(own, u, base_year - 1000, base_year - kRecentYears); });
        add([&](std::size_t u) { return panel_.units[u].is_protected ? 1.0 : 0.0; });
        add([&](std::size_t u) { return panel_.units[u].indigenous ? 1.0 : 0.0; });
        for (const PanelCovariate& covariate : panel_.covariates)
            add_covariate(covariate);
        return std::move(columns_);
    }

  private:
    template <class Value>
    void add(const Value& value) {
        std::vector<double> column;
        for (const std::size_t u : units_)
            column.push_back(value(u));
        columns_.push_back(std::move(column));
    }
    void add_covariate(const PanelCovariate& covariate) {
        std::vector<std::optional<double>> values;
        for (const std::size_t u : units_) {
            if (covariate.constant) {
                values.push_back(any_value(covariate, u));
                continue;
            }
            const auto before = mean_until(covariate, u, slot_.base);
            const auto after = covariate.values[u][slot_.outcome];
            values.push_back(before && after ? std::optional(*after - *before) : std::nullopt);
        }
        fill_unknown(values);
        std::vector<double> plain;
        std::vector<double> by_crop;
        for (std::size_t i = 0; i < values.size(); ++i) {
            plain.push_back(*values[i]);
            by_crop.push_back(*values[i] * *history_.mean[units_[i]]);
        }
        columns_.push_back(std::move(plain));
        if (!covariate.constant) columns_.push_back(std::move(by_crop));
    }

    const CropPanel& panel_;
    const RingSlot& slot_;
    std::span<const std::size_t> units_;
    UnitHistory history_;
    std::vector<std::vector<double>> columns_;
};

}  // namespace

RingDesign::RingDesign(const CropPanel& panel, const UnitIndex& index, std::span<const Removal> removals,
                       const RingSettings& settings)
    : settings_(settings), units_(panel.units.size()) {
    choose_slots(panel, removals);
    add_rows(panel, removals);
    const auto neighbours = neighbours_of(panel, index, settings.belt);
    const auto own = own_removals(units_, removals);
    for (const RingSlot& slot : slots_) {
        const std::span<const std::size_t> units(unit_of_.data() + slot.first_row, slot.rows);
        SlotColumns of_slot(panel, slot, units);
        std::ranges::copy(of_slot.mean_crop(), std::back_inserter(mean_crop_));
        unit_mean_.push_back(of_slot.history().mean);
        const auto columns = of_slot.columns(neighbours, own);
        basis_columns_ = static_cast<int>(columns.size());
        for (std::size_t i = 0; i < slot.rows; ++i)
            for (const std::vector<double>& column : columns)
                columns_.push_back(column[i]);
    }
    for (std::size_t r = 0; r < rows(); ++r)
        crop_after_.push_back(*panel.crop_ha[unit_of_[r]][slots_[slot_of_[r]].outcome]);
    root_weight_.assign(rows(), 1);
    group_rows();
    const auto q = static_cast<std::size_t>(basis_columns_);
    const bool by_slot = std::ranges::all_of(slots_, [&](const RingSlot& s) { return s.rows >= kUnitsPerColumn * q; });
    if (by_slot) {
        for (const RingSlot& slot : slots_)
            blocks_.push_back({slot.first_row, slot.rows});
    } else {
        blocks_.push_back({0, rows()});
    }
    prepare();
}

RingDesign RingDesign::weighted(std::span<const double> weights) const {
    RingDesign copy = *this;
    for (std::size_t r = 0; r < rows(); ++r)
        copy.root_weight_[r] = std::sqrt(weights[r]);
    copy.prepare();
    return copy;
}

void RingDesign::prepare() {
    const auto q = static_cast<std::size_t>(basis_columns_);
    group_vectors();
    basis_ = columns_;
    for (std::size_t r = 0; r < rows(); ++r)
        for (std::size_t c = 0; c < q; ++c)
            basis_[r * q + c] *= root_weight_[r];
    orthogonalise();
    outcome_ = crop_after_;
    for (std::size_t r = 0; r < rows(); ++r)
        outcome_[r] *= root_weight_[r];
    residualise(outcome_, 1);
}

void RingDesign::choose_slots(const CropPanel& panel, std::span<const Removal> removals) {
    std::vector<int> years;
    for (const Removal& removal : removals)
        years.push_back(removal.year);
    std::ranges::sort(years);
    years.erase(std::unique(years.begin(), years.end()), years.end());
    for (const int year : years) {
        const auto after_base = std::ranges::upper_bound(panel.years, year - 1 - settings_.anticipation);
        const auto outcome = std::ranges::lower_bound(panel.years, year + settings_.lag);
        const bool whole = after_base != panel.years.begin() && outcome != panel.years.end() &&
                           *outcome <= year + settings_.lag + kLatestOutcome;
        if (!whole) continue;
        slots_.push_back({year, static_cast<std::size_t>(after_base - panel.years.begin()) - 1,
                          static_cast<std::size_t>(outcome - panel.years.begin()), 0, 0});
        outcome_years_.push_back(*outcome);
    }
}

void RingDesign::add_rows(const CropPanel& panel, std::span<const Removal> removals) {
    std::vector<std::size_t> by_region(units_);
    std::iota(by_region.begin(), by_region.end(), std::size_t{0});
    std::ranges::stable_sort(by_region, {}, [&](std::size_t u) { return area_of(u); });
    for (std::size_t s = 0; s < slots_.size(); ++s) {
        RingSlot& slot = slots_[s];
        slot.first_row = unit_of_.size();
        std::vector<bool> hit(units_, false);
        for (const Removal& removal : removals)
            if (removal.year > panel.years[slot.base] && removal.year <= panel.years[slot.outcome])
                for (const std::size_t unit : removal.targets)
                    hit[unit] = true;
        for (const std::size_t u : by_region) {
            const auto& crop = panel.crop_ha[u];
            const bool known = std::any_of(crop.begin(), crop.begin() + static_cast<std::ptrdiff_t>(slot.base) + 1,
                                           [](const auto& value) { return value.has_value(); });
            if (hit[u] || !known || !crop[slot.outcome]) continue;
            unit_of_.push_back(u);
            slot_of_.push_back(s);
        }
        slot.rows = unit_of_.size() - slot.first_row;
    }
}

std::size_t RingDesign::area_of(std::size_t unit) const {
    return settings_.area_of_unit.empty() ? 0 : settings_.area_of_unit[unit];
}

void RingDesign::group_rows() {
    for (const RingSlot& slot : slots_) {
        std::size_t first = slot.first_row;
        const std::size_t end = slot.first_row + slot.rows;
        while (first < end) {
            std::size_t last = first + 1;
            const auto same = [&](std::size_t r) { return area_of(unit_of_[r]) == area_of(unit_of_[first]); };
            while (last < end && same(last))
                ++last;
            groups_.push_back({first, last - first});
            first = last;
        }
    }
}

void RingDesign::group_vectors() {
    level_.assign(rows(), 0);
    slope_.assign(rows(), 0);
    for (const Block& group : groups_) {
        const std::size_t end = group.first_row + group.rows;
        double weights = 0;
        double mean = 0;
        for (std::size_t r = group.first_row; r < end; ++r) {
            const double weight = root_weight_[r] * root_weight_[r];
            weights += weight;
            mean += weight * mean_crop_[r];
        }
        mean /= weights;
        double square = 0;
        double whole = 0;
        for (std::size_t r = group.first_row; r < end; ++r) {
            level_[r] = root_weight_[r] / std::sqrt(weights);
            slope_[r] = root_weight_[r] * (mean_crop_[r] - mean);
            square += slope_[r] * slope_[r];
            whole += root_weight_[r] * root_weight_[r] * mean_crop_[r] * mean_crop_[r];
        }
        const double factor = square > kCollinear * whole ? 1 / std::sqrt(square) : 0;
        for (std::size_t r = group.first_row; r < end; ++r)
            slope_[r] *= factor;
    }
}

void RingDesign::group_project(std::span<double> values, int columns) const {
    const auto k = static_cast<std::size_t>(columns);
    std::vector<double> level(k);
    std::vector<double> slope(k);
    for (const Block& group : groups_) {
        std::ranges::fill(level, 0.0);
        std::ranges::fill(slope, 0.0);
        for (std::size_t r = group.first_row; r < group.first_row + group.rows; ++r)
            for (std::size_t c = 0; c < k; ++c) {
                level[c] += level_[r] * values[r * k + c];
                slope[c] += slope_[r] * values[r * k + c];
            }
        for (std::size_t r = group.first_row; r < group.first_row + group.rows; ++r)
            for (std::size_t c = 0; c < k; ++c)
                values[r * k + c] -= level_[r] * level[c] + slope_[r] * slope[c];
    }
}

/// Modified Gram-Schmidt within each block, twice, after the groups' projection.
void RingDesign::orthogonalise() {
    std::vector<double>& values = basis_;
    const auto q = static_cast<std::size_t>(basis_columns_);
    std::vector<double> before(blocks_.size() * q, 0);
    const auto squares = [&](const Block& block, std::size_t c) {
        double sum = 0;
        for (std::size_t r = block.first_row; r < block.first_row + block.rows; ++r)
            sum += values[r * q + c] * values[r * q + c];
        return sum;
    };
    for (std::size_t b = 0; b < blocks_.size(); ++b)
        for (std::size_t c = 0; c < q; ++c)
            before[b * q + c] = squares(blocks_[b], c);
    group_project(values, basis_columns_);
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
        const Block& block = blocks_[b];
        for (std::size_t c = 0; c < q; ++c) {
            for (int pass = 0; pass < 2; ++pass)
                for (std::size_t d = 0; d < c; ++d) {
                    double product = 0;
                    for (std::size_t r = block.first_row; r < block.first_row + block.rows; ++r)
                        product += values[r * q + c] * values[r * q + d];
                    for (std::size_t r = block.first_row; r < block.first_row + block.rows; ++r)
                        values[r * q + c] -= product * values[r * q + d];
                }
            const double left = squares(block, c);
            const double factor = left > kCollinear * before[b * q + c] && left > 0 ? 1 / std::sqrt(left) : 0;
            for (std::size_t r = block.first_row; r < block.first_row + block.rows; ++r)
                values[r * q + c] *= factor;
        }
    }
}

void RingDesign::residualise(std::span<double> values, int columns) const {
    group_project(values, columns);
    const auto k = static_cast<std::size_t>(columns);
    const auto q = static_cast<std::size_t>(basis_columns_);
    std::vector<double> products(q * k);
    for (const Block& block : blocks_) {
        std::ranges::fill(products, 0.0);
        for (std::size_t r = block.first_row; r < block.first_row + block.rows; ++r)
            for (std::size_t d = 0; d < q; ++d)
                for (std::size_t c = 0; c < k; ++c)
                    products[d * k + c] += basis_[r * q + d] * values[r * k + c];
        for (std::size_t r = block.first_row; r < block.first_row + block.rows; ++r)
            for (std::size_t d = 0; d < q; ++d)
                for (std::size_t c = 0; c < k; ++c)
                    values[r * k + c] -= basis_[r * q + d] * products[d * k + c];
    }
}

void RingDesign::project(std::span<const double> values, int columns, std::vector<double>& gram,
                         std::vector<double>& with_outcome) const {
    const auto k = static_cast<std::size_t>(columns);
    const auto q = static_cast<std::size_t>(basis_columns_);
    gram.assign(k * k, 0);
    with_outcome.assign(k, 0);
    std::vector<double> products(std::max<std::size_t>(q, 2) * k);
    const auto take_out = [&](std::size_t vectors) {
        for (std::size_t d = 0; d < vectors; ++d)
            for (std::size_t a = 0; a < k; ++a)
                for (std::size_t b = 0; b < k; ++b)
                    gram[a * k + b] -= products[d * k + a] * products[d * k + b];
    };
    const auto any = [&](std::size_t r) {
        return std::any_of(&values[r * k], &values[r * k] + k, [](double v) { return v != 0; });
    };
    for (const Block& group : groups_) {
        std::ranges::fill(products, 0.0);
        for (std::size_t r = group.first_row; r < group.first_row + group.rows; ++r) {
            if (!any(r)) continue;
            for (std::size_t a = 0; a < k; ++a) {
                const double value = values[r * k + a];
                with_outcome[a] += value * outcome_[r];
                products[a] += level_[r] * value;
                products[k + a] += slope_[r] * value;
                for (std::size_t b = 0; b < k; ++b)
                    gram[a * k + b] += value * values[r * k + b];
            }
        }
        take_out(2);
    }
    for (const Block& block : blocks_) {
        std::ranges::fill(products, 0.0);
        for (std::size_t r = block.first_row; r < block.first_row + block.rows; ++r) {
            if (!any(r)) continue;
            for (std::size_t d = 0; d < q; ++d)
                for (std::size_t a = 0; a < k; ++a)
                    products[d * k + a] += basis_[r * q + d] * values[r * k + a];
        }
        take_out(q);
    }
}

/// Mean crop of each dose's unit over that of its ring, less 1; 0 in rings without crop.
std::vector<double> RingDesign::relative_crop(std::span<const Dose> doses) const {
    std::vector<double> relative(doses.size(), 0);
    for (std::size_t first = 0; first < doses.size();) {
        std::size_t last = first;
        while (last < doses.size() && doses[last].ring == doses[first].ring)
            ++last;
        const auto slot = std::ranges::find(slots_, doses[first].year, &RingSlot::year);
        if (slot != slots_.end()) {
            const auto& mean = unit_mean_[static_cast<std::size_t>(slot - slots_.begin())];
            double sum = 0;
            for (std::size_t d = first; d < last; ++d)
                sum += mean[doses[d].unit].value_or(0);
            for (std::size_t d = first; d < last && sum > 0; ++d)
                relative[d] = mean[doses[d].unit].value_or(0) * static_cast<double>(last - first) / sum - 1;
        }
        first = last;
    }
    return relative;
}

std::vector<double> RingDesign::dose_columns(std::span<const Dose> doses, int mains) const {
    const auto k = static_cast<std::size_t>(mains + kOtherDoses);
    std::vector<double> values(rows() * k, 0);
    if (doses.empty() || slots_.empty()) return values;
    const auto [low, high] = std::ranges::minmax(doses, {}, &Dose::year);
    const int first = std::min(low.year, slots_.front().year - 1);
    const auto years = static_cast<std::size_t>(std::max(high.year, slots_.back().year) - first + 1);
    const auto at = [&](int year) { return static_cast<std::size_t>(year - first); };
    // sum[unit][y]: doses of the years before first + y
    std::vector<double> sum(units_ * (years + 1), 0);
    std::vector<double> own(slots_.size() * units_ * static_cast<std::size_t>(mains), 0);
    std::map<int, std::size_t> slot_by_year;
    for (std::size_t s = 0; s < slots_.size(); ++s)
        slot_by_year[slots_[s].year] = s;
    std::vector<double> by_crop(slots_.size() * units_, 0);
    std::vector<double> by_distance(slots_.size() * units_, 0);
    const std::vector<double> relative = relative_crop(doses);
    for (std::size_t d = 0; d < doses.size(); ++d) {
        const Dose& dose = doses[d];
        if (!dose.only_main) sum[dose.unit * (years + 1) + at(dose.year) + 1] += dose.hectares;
        const auto found = slot_by_year.find(dose.year);
        if (found == slot_by_year.end()) continue;
        const std::size_t cell = found->second * units_ + dose.unit;
        own[cell * static_cast<std::size_t>(mains) + static_cast<std::size_t>(dose.main)] += dose.hectares;
        by_crop[cell] += dose.hectares * relative[d];
        by_distance[cell] += dose.hectares * dose.distance;
    }
    for (std::size_t u = 0; u < units_; ++u)
        for (std::size_t y = 0; y < years; ++y)
            sum[u * (years + 1) + y + 1] += sum[u * (years + 1) + y];
    const auto between = [&](std::size_t unit, int from, int to) {  // both years included
        const auto clamp = [&](int year) {
            return static_cast<std::size_t>(std::clamp(year - first, 0, static_cast<int>(years)));
        };
        return from > to ? 0.0 : sum[unit * (years + 1) + clamp(to + 1)] - sum[unit * (years + 1) + clamp(from)];
    };
    for (std::size_t r = 0; r < rows(); ++r) {
        const std::size_t u = unit_of_[r];
        const std::size_t s = slot_of_[r];
        const int year = slots_[s].year;
        const int outcome = outcome_years_[s];
        double* row = &values[r * k];
        for (int m = 0; m < mains; ++m)
            *row++ = own[(s * units_ + u) * static_cast<std::size_t>(mains) + static_cast<std::size_t>(m)];
        *row++ = between(u, year - 1, year - 1);
        *row++ = between(u, first, year - 2);
        *row++ = between(u, year + 1, year + 1);
        *row++ = between(u, year + 2, outcome);
        *row++ = between(u, outcome + 1, outcome + settings_.anticipation);
        *row++ = by_crop[s * units_ + u];
        *row++ = by_distance[s * units_ + u];
        for (std::size_t c = 0; c < k; ++c)
            values[r * k + c] *= root_weight_[r];
    }
    return values;
}

}  // namespace vereda::regions
