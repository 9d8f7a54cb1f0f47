/// How likely it is that two outlines of different years show the same plot.
///
/// A link's weight is the logarithm of a likelihood ratio: the known plot still stands and the new outline is its, over
/// the known plot is gone (or was missed) and the new outline is a new plot's. "Its" has three ways: unchanged (same
/// place, size and form within error), moved (same size and form, farther off), changed (grown or cut down: other size
/// and form, at least half of the smaller one shared). An outline that ends where sight ended shows a part of its plot:
/// there "changed" is what to expect, and has a share of its own. New plots come with the local density of plots times
/// the share of new ones, with any size and form that the survey shows. docs/methods.md has the formulas.
///
/// What the data can tell is estimated from them: shares of plots that end, begin, return, change and move, and how far
/// errors of place, size and form are from those that the stated position error leads to. Each has a prior worth a few
/// plots, so that small surveys rest on the stated error (d).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "geo/geometry.hpp"
#include "geo/parallel.hpp"

namespace vereda::regions {

/// What was known of a plot when the survey came.
enum class LastSeen : std::uint8_t { last_year, absent_once, absent_longer };

struct KnownPlot {
    double place_variance = 0;    ///< of its place by the stated errors, square metres, an axis
    double outline_variance = 0;  ///< stated error of its last outline, squared
    double area = 0;              ///< square metres
    double observed_share = 1;    ///< of its ground, in the new survey
    double density = 0;           ///< plots of the new survey per square metre around it
    double beside = 0;            ///< square metres around it within reach, its own ground left out
    int surveys_back = 1;         ///< its last sighting, 1: the survey before
    bool in_part = false;         ///< its outline was cut off, or the new survey sees its ground in part only
    LastSeen state = LastSeen::last_year;
};

struct SeenPlot {
    double outline_variance = 0;  ///< stated error, squared
    double area = 0;              ///< square metres
    double stretch = 0;           ///< see plot_shape.hpp
    double diagonal = 0;
    double density = 0;      ///< plots per square metre around it
    int surveys_unseen = 1;  ///< surveys since its ground was last observed, 1: it was observed in the one before
    bool in_part = false;    ///< it ends where the survey's sight ended
};

/// A known plot and an outline that may be its.
struct PlotPair {
    std::uint32_t known = 0;
    std::uint32_t seen = 0;
    double dx = 0;  ///< centre of the new outline less the place where the known plot is expected, metres
    double dy = 0;
    double form = 0;    ///< squared difference of stretch and diagonal
    double shared = 0;  ///< area of both outlines, square metres
};

/// Shares of the three ways in which an outline can be a known plot's.
struct LinkWays {
    double unchanged = 0;
    double moved = 0;
    double changed = 0;
    [[nodiscard]] double sum() const { return unchanged + moved + changed; }
};

class LinkModel {
  public:
    /// `may_move`: false for fields of annual crops; an outline beside one is another field.
    LinkModel(std::span<const KnownPlot> known, std::span<const SeenPlot> seen, bool may_move = true);

    /// Estimates what the data can tell from candidate pairs, each known plot with all outlines in reach.
    void fit(std::span<const PlotPair> pairs, geo::Parallelism parallelism = {});

    [[nodiscard]] double weight(const PlotPair& pair) const;
    /// Of their sum, 1.
    [[nodiscard]] LinkWays ways(const PlotPair& pair) const;
    /// The known plot becomes several outlines; `dx`, `dy`: their common centre less the known plot's expected place.
    [[nodiscard]] double split_weight(std::uint32_t known, std::span<const std::uint32_t> seen, double dx,
                                      double dy) const;
    /// Several known plots become one outline; `dx`, `dy`: its centre less their common expected place.
    [[nodiscard]] double merge_weight(std::span<const std::uint32_t> known, std::uint32_t seen, double dx,
                                      double dy) const;

    /// Whether half of the smaller plot, `part_area` square metres, may lie inside the other one but for an error of
    /// place: of so small a part that it lies astray, less is asked.
    [[nodiscard]] bool may_be_part(const PlotPair& pair, double part_area) const;

    /// Variance of the offset of an unchanged plot, an axis, square metres.
    [[nodiscard]] double offset_variance(const KnownPlot& known, const SeenPlot& seen) const;
    /// Estimated error of place over the stated one.
    [[nodiscard]] double place_scale() const;
    [[nodiscard]] double ended_share() const { return ended_; }
    [[nodiscard]] double new_share() const { return new_; }

  private:
    /// Which share of changed outlines holds: of outlines seen whole (0), or cut off on either side (1).
    [[nodiscard]] std::size_t sight(const PlotPair& pair) const {
        return known_[pair.known].in_part || seen_[pair.seen].in_part ? 1 : 0;
    }
    struct Densities {
        LinkWays ways;       ///< likelihoods over that of a new plot
        double offset2 = 0;  ///< squared offset over its stated variance, both axes
        double size2 = 0;    ///< squared logarithm of the ratio of areas over its stated variance
        double form2 = 0;    ///< squared difference of form over its stated variance, both axes
    };
    [[nodiscard]] Densities densities(const PlotPair& pair) const;
    [[nodiscard]] double log_new(std::uint32_t seen) const;
    [[nodiscard]] double depth2(const PlotPair& pair) const;
    /// Of outlines that do not share ground to seem to share as much as the pair does, by errors of place alone.
    [[nodiscard]] double touching(const PlotPair& pair) const;
    /// Log odds that the plot stands and is seen against its being gone, hidden or overlooked. With the
    /// probability `covered` its ground is another outline's: there it can be neither hidden nor overlooked.
    [[nodiscard]] double log_standing(std::uint32_t known, double covered) const;
    void fit_shares(std::span<const PlotPair> pairs, std::span<const double> probability);
    [[nodiscard]] std::vector<double> rough_probabilities(std::span<const PlotPair> pairs,
                                                          std::vector<Densities>& densities,
                                                          geo::Parallelism parallelism) const;

    std::span<const KnownPlot> known_;
    std::span<const SeenPlot> seen_;
    double ended_;
    double new_;
    std::array<double, 3> returned_;
    std::array<double, 2> changed_;  ///< by sight
    double moved_;
    bool may_move_;
    std::vector<double> depth2_;  ///< of each outline on the known plot it shares most with, squared metres
    double neighbourly_ = 1;      ///< density of new plots beside known ones over that of the surroundings
    double place_factor_ = 1;     ///< variance over the stated one
    double size_factor_ = 1;
    double form_factor_ = 1;
    double size_mean_ = 0;  ///< of the logarithm of the areas seen
    double size_sd_ = 1;
    double stretch_mean_ = 0;
    double diagonal_mean_ = 0;
    double form_variance_ = 1;
};

}  // namespace vereda::regions
