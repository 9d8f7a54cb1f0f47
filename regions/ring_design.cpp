#include "regions/ring_design.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

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

std::vector<double> known_or_zero(std::span<const std::optional<double>> values) {
    std::vector<double> result;
    for (const auto& value : values)
        result.push_back(value.value_or(0));
    return result;
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
        unit_mean_.push_back(known_or_zero(of_slot.history().mean));
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

/// Doses added up by unit, year and main column.
class RingDesign::DoseSums {
  public:
    DoseSums(const RingDesign& design, std::span<const Dose> doses, int mains)
        : design_(design), mains_(static_cast<std::size_t>(mains)) {
        int low = design.slots_.front().year - 1;
        int high = design.slots_.back().year;
        for (const Dose& dose : doses) {
            low = std::min(low, dose.year);
            high = std::max(high, dose.year);
        }
        first_ = low;
        years_ = static_cast<std::size_t>(high - low) + 1;
        slot_of_year_.assign(years_, kNone);
        for (std::size_t s = 0; s < design.slots_.size(); ++s)
            slot_of_year_[static_cast<std::size_t>(design.slots_[s].year - low)] = s;
        before_.assign(design.units_ * (years_ + 1), 0);
        dosed_.assign(design.units_, 0);
        const std::size_t cells = design.slots_.size() * design.units_;
        own_.assign(cells * mains_, 0);
        by_crop_.assign(cells, 0);
        by_distance_.assign(cells, 0);
        for (std::size_t d = 0; d < doses.size();) {
            std::size_t last = d;
            while (last < doses.size() && doses[last].ring == doses[d].ring)
                ++last;
            add_ring(doses.subspan(d, last - d));
            d = last;
        }
        for (std::size_t u = 0; u < design.units_; ++u)
            for (std::size_t y = 0; dosed_[u] && y < years_; ++y)
                before_[u * (years_ + 1) + y + 1] += before_[u * (years_ + 1) + y];
    }

    /// Whether the unit got any dose in any year.
    [[nodiscard]] bool dosed(std::size_t unit) const { return dosed_[unit] != 0; }

    /// The row's mains + kOtherDoses values, times the root of its weight.
    void fill(std::size_t row, double* values) const {
        const std::size_t u = design_.unit_of_[row];
        const std::size_t s = design_.slot_of_[row];
        const std::size_t cell = s * design_.units_ + u;
        const int year = design_.slots_[s].year;
        const int outcome = design_.outcome_years_[s];
        double* next = values;
        for (std::size_t m = 0; m < mains_; ++m)
            *next++ = own_[cell * mains_ + m];
        *next++ = between(u, year - 1, year - 1);
        *next++ = between(u, first_, year - 2);
        *next++ = between(u, year + 1, year + 1);
        *next++ = between(u, year + 2, outcome);
        *next++ = between(u, outcome + 1, outcome + design_.settings_.anticipation);
        *next++ = by_crop_[cell];
        *next++ = by_distance_[cell];
        for (double* value = values; value != next; ++value)
            *value *= design_.root_weight_[row];
    }

  private:
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

    /// Doses of one ring, or one band of it: all of one year.
    void add_ring(std::span<const Dose> ring) {
        const auto at = static_cast<std::size_t>(ring.front().year - first_);
        const std::size_t slot = slot_of_year_[at];
        double crop = 0;
        if (slot != kNone)
            for (const Dose& dose : ring)
                crop += design_.unit_mean_[slot][dose.unit];
        const auto units = static_cast<double>(ring.size());
        for (const Dose& dose : ring) {
            dosed_[dose.unit] = 1;
            if (!dose.only_main) before_[dose.unit * (years_ + 1) + at + 1] += dose.hectares;
            if (slot == kNone) continue;
            const std::size_t cell = slot * design_.units_ + dose.unit;
            own_[cell * mains_ + static_cast<std::size_t>(dose.main)] += dose.hectares;
            // The unit's mean crop over that of its ring, less 1; 0 in rings without crop.
            if (crop > 0) by_crop_[cell] += dose.hectares * (design_.unit_mean_[slot][dose.unit] * units / crop - 1);
            by_distance_[cell] += dose.hectares * dose.distance;
        }
    }

    /// Both years included.
    [[nodiscard]] double between(std::size_t unit, int from, int to) const {
        if (from > to) return 0;
        const auto clamp = [&](int year) {
            return static_cast<std::size_t>(std::clamp(year - first_, 0, static_cast<int>(years_)));
        };
        const double* sums = &before_[unit * (years_ + 1)];
        return sums[clamp(to + 1)] - sums[clamp(from)];
    }

    const RingDesign& design_;
    std::size_t mains_ = 1;
    int first_ = 0;
    std::size_t years_ = 0;
    std::vector<std::size_t> slot_of_year_;
    std::vector<double> before_;  ///< [unit][y]: doses of the years before first_ + y
    std::vector<char> dosed_;
    std::vector<double> own_;  ///< [slot][unit][main]
    std::vector<double> by_crop_;
    std::vector<double> by_distance_;
};

std::vector<double> RingDesign::dose_columns(std::span<const Dose> doses, int mains) const {
    const auto k = static_cast<std::size_t>(mains + kOtherDoses);
    std::vector<double> values(rows() * k, 0);
    if (doses.empty() || slots_.empty()) return values;
    const DoseSums sums(*this, doses, mains);
    for (std::size_t r = 0; r < rows(); ++r)
        if (sums.dosed(unit_of_[r])) sums.fill(r, &values[r * k]);
    return values;
}

void RingDesign::project_doses(std::span<const Dose> doses, std::vector<double>& gram,
                               std::vector<double>& with_outcome) const {
    constexpr int k = 1 + kOtherDoses;
    using Row = Eigen::Matrix<double, k, 1>;
    using Square = Eigen::Matrix<double, k, k>;
    Square squares = Square::Zero();
    Row right = Row::Zero();
    Row values;
    Row level;
    Row slope;
    const auto q = static_cast<std::size_t>(basis_columns_);
    Eigen::Matrix<double, k, Eigen::Dynamic> products(k, basis_columns_);
    std::size_t group = 0;
    if (doses.empty() || slots_.empty()) {
        gram.assign(k * k, 0);
        with_outcome.assign(k, 0);
        return;
    }
    const DoseSums sums(*this, doses, 1);
    for (const Block& block : blocks_) {
        products.setZero();
        for (; group < groups_.size() && groups_[group].first_row < block.first_row + block.rows; ++group) {
            level.setZero();
            slope.setZero();
            const std::size_t end = groups_[group].first_row + groups_[group].rows;
            for (std::size_t r = groups_[group].first_row; r < end; ++r) {
                if (!sums.dosed(unit_of_[r])) continue;
                sums.fill(r, values.data());
                right += outcome_[r] * values;
                level += level_[r] * values;
                slope += slope_[r] * values;
                for (int a = 0; a < k; ++a)
                    squares.col(a) += values[a] * values;
                const double* basis = &basis_[r * q];
                for (int d = 0; d < basis_columns_; ++d)
                    products.col(d) += basis[d] * values;
            }
            squares.noalias() -= level * level.transpose();
            squares.noalias() -= slope * slope.transpose();
        }
        squares.noalias() -= products * products.transpose();
    }
    gram.assign(squares.data(), squares.data() + k * k);
    with_outcome.assign(right.data(), right.data() + k);
}

}  // namespace vereda::regions
