/// Error of the area of ground that several outlines bound: crop that was removed, crop that came back.
///
/// To first order an area changes by ∮ δ·n ds along its boundary. Wherever a plot drew a stretch of that boundary, δ is
/// the error of the plot's outline there, linear between its vertices, so that a vertex i pulls by
/// gᵢ = Σ over its edges ∫ (hat of i) n ds over the stretches drawn, and Var = σ² Σ Cᵢⱼ gᵢ·gⱼ with the correlation
/// along the walk of regions/outline_error: a whole outline gives ¼ dᵀCd again (methods §11). Edges that no plot drew
/// (the event's outline, the end of sight) count as exact. An offset that all outlines of a survey share moves every
/// stretch they drew outwards.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <tuple>
#include <vector>

#include "geo/geometry.hpp"
#include "geo/quantity.hpp"
#include "regions/dated_survey.hpp"
#include "regions/sampled_ratio.hpp"

namespace vereda::regions {

struct GroundEdge;

/// Σ weight × area of grounds of one study, and its standard deviation. Pulls of one outline add up before they are
/// squared, so that grounds on both sides of one edge do not err apart.
class GroundError {
  public:
    /// `ground` in the survey's CRS, valid.
    void add(const geo::MultiPolygon& ground, const DatedSurvey& survey, double weight = 1);
    void add(const GroundError& other, double weight = 1);
    /// nullopt where a plot that drew a stretch states no error.
    [[nodiscard]] std::optional<geo::SquareMetres> sd() const;

  private:
    using PlotKey = std::tuple<Crop, int, std::size_t>;  ///< crop and year of the survey, position of the plot
    struct Pulls {
        const Survey* survey = nullptr;
        std::vector<geo::Point> vertices;  ///< of all rings, one after another, without the closing points
    };
    struct Shared {
        const Survey* survey = nullptr;
        double length = 0;  ///< weighted length of stretches drawn, those that cut ground away negative
    };
    static void add_edge(const geo::MultiPolygon& outline, Pulls& pulls, Shared& shared, const GroundEdge& edge);

    std::map<PlotKey, Pulls> pulls_;
    std::map<std::pair<Crop, int>, Shared> shared_;
};

/// An area of ground with its interval by outlines, and with the reference samples' ratios beside it.
class GroundSum {
  public:
    /// `surveys`: all that drew its edges. `counted_by`: the survey whose crop it is, for its ratio.
    void add(const geo::MultiPolygon& ground, geo::Hectares area, std::span<const DatedSurvey* const> surveys,
             const Survey& counted_by, std::span<const SampledRatio> samples);
    void add(const GroundSum& other);
    [[nodiscard]] geo::Hectares area() const { return area_; }
    [[nodiscard]] const GroundError& error() const { return error_; }
    /// nullopt where some outline states no error.
    [[nodiscard]] std::optional<AreaInterval> interval() const;
    /// nullopt also where some part's survey has no sample.
    [[nodiscard]] std::optional<AreaInterval> sampled() const;

  private:
    geo::Hectares area_{0};
    GroundError error_;
    double sampled_m2_ = 0;
    GroundError sampled_error_;
    /// Mapped area × standard error of the ratio, by survey: parts of one survey share their ratio.
    std::map<std::pair<Crop, int>, double> ratio_sd_m2_;
    bool all_sampled_ = true;
};

struct RateInterval {
    double lo = 0;
    double hi = 0;
};

/// 95 % interval, not below 0, of part / whole, both measured with the same outlines (first order). nullopt over
/// nothing and where some outline states no error.
[[nodiscard]] std::optional<RateInterval> rate_interval(const GroundSum& part, const GroundSum& whole);

}  // namespace vereda::regions
