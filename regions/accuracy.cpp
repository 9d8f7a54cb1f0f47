#include "regions/accuracy.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>
#include <set>

#include "geo/error.hpp"

namespace vereda::regions {

using namespace geo;

namespace {

struct Stratum {
    double area = 0;
    long units = 0;
    std::vector<const SampleCount*> counts;
};

using Strata = std::map<std::string, Stratum>;

Strata strata_of(const std::vector<StratumArea>& areas, const std::vector<SampleCount>& counts,
                 const AccuracyOptions& options) {
    Strata strata;
    for (const StratumArea& area : areas) {
        if (!(area.area >= 0) || !std::isfinite(area.area))
            throw Error(ErrorKind::input, {"accuracy.area_negative"_msg, {{"stratum", area.stratum}}});
        if (!strata.emplace(area.stratum, Stratum{area.area, 0, {}}).second)
            throw Error(ErrorKind::input, {"accuracy.stratum_twice"_msg, {{"stratum", area.stratum}}});
    }
    for (const SampleCount& count : counts) {
        const auto stratum = strata.find(count.stratum);
        if (stratum == strata.end())
            throw Error(ErrorKind::input, {"accuracy.stratum_unknown"_msg, {{"stratum", count.stratum}}});
        stratum->second.units += count.units;
        stratum->second.counts.push_back(&count);
    }
    for (const auto& [name, stratum] : strata) {
        if (stratum.area > 0 && stratum.units < 2) {
            throw Error(ErrorKind::input,
                        {"accuracy.too_few"_msg, {{"stratum", name}, {"units", std::to_string(stratum.units)}}});
        }
        if (options.areas_count_units && static_cast<double>(stratum.units) > stratum.area)
            throw Error(ErrorKind::input, {"accuracy.more_units"_msg, {{"stratum", name}}});
    }
    return strata;
}

/// Standard errors on each side. For 95 % it is 1.96, as the sources print it, so that their examples come out to the
/// last digit.
double normal_multiple(double confidence) {
    constexpr double printed = 0.95;
    if (confidence == printed) return 1.96;
    return boost::math::quantile(boost::math::normal(), 0.5 + confidence / 2);
}

/// The estimators over one set of strata.
class Estimator {
  public:
    Estimator(const Strata& strata, const AccuracyOptions& options)
        : strata_(strata), options_(options), z_(normal_multiple(options.confidence)) {
        for (const auto& [name, stratum] : strata)
            total_ += stratum.area;
        if (!(total_ > 0)) throw Error(ErrorKind::input, {"accuracy.no_area"_msg, {}});
    }

    [[nodiscard]] double total() const { return total_; }

    /// The area where `y` holds.
    template <class Y>
    [[nodiscard]] Estimate area(const Y& y) const {
        double value = 0;
        double variance = 0;
        each([&](const Stratum& stratum, double n, double weight) {
            const double share = units_where(stratum, y) / n;
            value += stratum.area * share;
            variance += weight * share * (1 - share) * n / (n - 1);
        });
        return estimate(value, std::sqrt(variance), total_);
    }

    /// The area of `y` over that of `x`; nullopt: no unit has x.
    template <class Y, class X>
    [[nodiscard]] std::optional<Estimate> ratio(const Y& y, const X& x, double most = 1) const {
        double numerator = 0;
        double denominator = 0;
        each([&](const Stratum& stratum, double n, double) {
            numerator += stratum.area * units_where(stratum, y) / n;
            denominator += stratum.area * units_where(stratum, x) / n;
        });
        if (!(denominator > 0)) return std::nullopt;
        const double ratio = numerator / denominator;
        double variance = 0;
        each([&](const Stratum& stratum, double n, double weight) {
            const double ys = units_where(stratum, y) / n;
            const double xs = units_where(stratum, x) / n;
            const double both =
                units_where(stratum, [&](const SampleCount& count) { return y(count) && x(count); }) / n;
            const double bessel = n / (n - 1);
            const double spread = ys * (1 - ys) + ratio * ratio * xs * (1 - xs) - 2 * ratio * (both - ys * xs);
            variance += weight * spread * bessel;
        });
        return estimate(ratio, std::sqrt(std::max(0.0, variance)) / denominator, most);
    }

  private:
    /// work(stratum, n, A_h² (1 − f_h) / n_h) for the strata that have area.
    template <class Work>
    void each(const Work& work) const {
        for (const auto& [name, stratum] : strata_) {
            if (!(stratum.area > 0)) continue;
            const auto n = static_cast<double>(stratum.units);
            const double unseen = options_.areas_count_units ? 1 - n / stratum.area : 1;
            work(stratum, n, stratum.area * stratum.area * unseen / n);
        }
    }

    template <class Holds>
    [[nodiscard]] static double units_where(const Stratum& stratum, const Holds& holds) {
        long units = 0;
        for (const SampleCount* count : stratum.counts) {
            if (holds(*count)) units += count->units;
        }
        return static_cast<double>(units);
    }

    [[nodiscard]] Estimate estimate(double value, double se, double most) const {
        return {value, se, std::max(0.0, value - z_ * se), std::min(most, value + z_ * se)};
    }

    const Strata& strata_;
    const AccuracyOptions& options_;
    double z_;
    double total_ = 0;
};

long units_of(const Strata& strata, const auto& holds) {
    long units = 0;
    for (const auto& [name, stratum] : strata) {
        for (const SampleCount* count : stratum.counts)
            units += holds(*count) ? count->units : 0;
    }
    return units;
}

ClassEstimate estimate_class(const std::string& name, const Strata& strata, const Estimator& estimator,
                             const AccuracyOptions& options) {
    const auto mapped = [&](const SampleCount& count) { return count.map == name; };
    const auto real = [&](const SampleCount& count) { return count.reference == name; };
    const auto both = [&](const SampleCount& count) { return count.map == name && count.reference == name; };
    ClassEstimate result;
    result.name = name;
    result.area = estimator.area(real);
    result.users = estimator.ratio(both, mapped);
    result.producers = estimator.ratio(both, real);
    result.map_units = units_of(strata, mapped);
    result.reference_units = units_of(strata, real);
    if (options.strata_are_classes) {
        const auto stratum = strata.find(name);
        result.mapped_area = stratum == strata.end() ? 0 : stratum->second.area;
    }
    return result;
}

std::vector<SampleCount> mapped_counts(std::vector<SampleCount> counts, const AccuracyOptions& options) {
    if (options.strata_are_classes) {
        for (SampleCount& count : counts)
            count.map = count.stratum;
    }
    return counts;
}

}  // namespace

Estimate map_ratio(const std::string& name, const std::vector<StratumArea>& areas,
                   const std::vector<SampleCount>& counts, const AccuracyOptions& options) {
    const std::vector<SampleCount> units = mapped_counts(counts, options);
    const Strata strata = strata_of(areas, units, options);
    const auto ratio = Estimator(strata, options)
                           .ratio([&](const SampleCount& count) { return count.reference == name; },
                                  [&](const SampleCount& count) { return count.map == name; },
                                  std::numeric_limits<double>::infinity());
    if (!ratio) throw Error(ErrorKind::input, {"accuracy.class_not_mapped"_msg, {{"class", name}}});
    return *ratio;
}

AccuracyEstimate estimate_accuracy(const std::vector<StratumArea>& areas, const std::vector<SampleCount>& counts,
                                   const AccuracyOptions& options) {
    const std::vector<SampleCount> units = mapped_counts(counts, options);
    std::set<std::string> names;
    for (const SampleCount& count : units)
        names.insert({count.map, count.reference});
    const Strata strata = strata_of(areas, units, options);
    const Estimator estimator(strata, options);
    AccuracyEstimate result;
    for (const std::string& name : names)
        result.classes.push_back(estimate_class(name, strata, estimator, options));
    const auto right = [](const SampleCount& count) { return count.map == count.reference; };
    const auto any = [](const SampleCount&) { return true; };
    result.overall = estimator.ratio(right, any).value();
    result.total_area = estimator.total();
    result.units = units_of(strata, any);
    return result;
}

}  // namespace vereda::regions
