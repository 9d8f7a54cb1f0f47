#include "regions/ground_error.hpp"

#include <algorithm>
#include <cmath>

#include "regions/outline_error.hpp"

namespace vereda::regions {

/// A stretch of a ground's boundary, with the unit normal that points out of the ground.
struct GroundEdge {
    geo::Point from;
    geo::Point to;
    geo::Point outwards;
    double weight = 1;
};

namespace {

constexpr geo::Metres walk_correlation{60};  // methods §11
constexpr double same_line = 1e-4;           // metres that overlays may move a cut off the edge it was cut from
constexpr geo::Metres beside{0.01};

/// Unit normal out of the polygon on the side of a ring's edge; `clockwise` and `inner` tell where that is.
geo::Point outward_normal(geo::Point from, geo::Point to, bool clockwise, bool inner) {
    const double dx = to.x - from.x;
    const double dy = to.y - from.y;
    const double length = std::hypot(dx, dy);
    // Left of a clockwise outer ring lies the outside.
    const double side = (clockwise != inner ? 1.0 : -1.0) / length;
    return {-dy * side, dx * side};
}

/// visit(ring, whether it is an inner one) over all rings.
template <class Visit>
void for_each_ring(const geo::MultiPolygon& polygons, const Visit& visit) {
    for (const geo::Polygon& polygon : polygons) {
        visit(polygon.outer, false);
        for (const geo::Ring& inner : polygon.inners)
            visit(inner, true);
    }
}

std::size_t vertices_of(const geo::Ring& ring) {
    return ring.size() > 1 && ring.front() == ring.back() ? ring.size() - 1 : ring.size();
}

/// Σ Cᵢⱼ gᵢ·gⱼ over one ring, C falling off along the walk.
double correlated_square(const geo::Ring& ring, std::span<const geo::Point> pulls, geo::Metres correlation) {
    double sum = 0;
    geo::Point earlier{0, 0};
    for (std::size_t i = 0; i < pulls.size(); ++i) {
        if (i > 0) {
            const double step = std::hypot(ring[i].x - ring[i - 1].x, ring[i].y - ring[i - 1].y);
            const double decay = correlation.value() > 0 ? std::exp(-step / correlation.value()) : 0;
            earlier = {earlier.x * decay, earlier.y * decay};
        }
        const geo::Point g = pulls[i];
        sum += g.x * g.x + g.y * g.y + 2 * (g.x * earlier.x + g.y * earlier.y);
        earlier = {earlier.x + g.x, earlier.y + g.y};
    }
    return sum;
}

/// σ of the plot's vertices: stated, or the one that leads to the stated error of its area.
std::optional<double> vertex_sd(const Plot& plot, const Survey& survey, geo::Metres correlation) {
    if (plot.area_sd) {
        const double of_one_metre = area_sd(plot.outline, {geo::Metres(1), correlation}).value();
        return of_one_metre > 0 ? std::optional(plot.area_sd->value() / of_one_metre) : std::nullopt;
    }
    const auto position = plot.position_error ? plot.position_error : survey.position_error;
    return position ? std::optional(position->value()) : std::nullopt;
}

}  // namespace

void GroundError::add_edge(const geo::MultiPolygon& outline, Pulls& pulls, Shared& shared, const GroundEdge& edge) {
    std::size_t first = 0;
    for_each_ring(outline, [&](const geo::Ring& ring, bool inner) {
        const std::size_t count = vertices_of(ring);
        const bool clockwise = geo::signed_area(ring) > 0;
        for (std::size_t i = 0; i < count; ++i) {
            const geo::Point u = ring[i];
            const geo::Point v = ring[i + 1 < count ? i + 1 : 0];
            const double length = std::hypot(v.x - u.x, v.y - u.y);
            if (!(length > 0)) continue;
            const geo::Point along{(v.x - u.x) / length, (v.y - u.y) / length};
            const auto off = [&](geo::Point p) { return std::abs((p.x - u.x) * along.y - (p.y - u.y) * along.x); };
            if (off(edge.from) > same_line || off(edge.to) > same_line) continue;
            const auto at = [&](geo::Point p) {
                return std::clamp(((p.x - u.x) * along.x + (p.y - u.y) * along.y) / length, 0.0, 1.0);
            };
            const auto [begin, end] = std::minmax({at(edge.from), at(edge.to)});
            if (!((end - begin) * length > same_line)) continue;
            const double to_v = (end * end - begin * begin) / 2 * length * edge.weight;
            const double to_u = (end - begin) * length * edge.weight - to_v;
            geo::Point& pull_u = pulls.vertices[first + i];
            pull_u = {pull_u.x + to_u * edge.outwards.x, pull_u.y + to_u * edge.outwards.y};
            geo::Point& pull_v = pulls.vertices[first + (i + 1 < count ? i + 1 : 0)];
            pull_v = {pull_v.x + to_v * edge.outwards.x, pull_v.y + to_v * edge.outwards.y};
            const geo::Point own = outward_normal(u, v, clockwise, inner);
            const bool same_side = own.x * edge.outwards.x + own.y * edge.outwards.y > 0;
            shared.length += (same_side ? 1 : -1) * (to_u + to_v);
        }
        first += count;
    });
}

void GroundError::add(const geo::MultiPolygon& ground, const DatedSurvey& survey, double weight) {
    if (ground.empty()) return;
    const std::pair<Crop, int> key{survey.survey().crop, survey.survey().year};
    Shared& shared = shared_[key];
    shared.survey = &survey.survey();
    for (const std::size_t p : survey.plots_near(geo::Geometry(ground), beside)) {
        const geo::MultiPolygon& outline = survey.survey().plots[p].outline;
        Pulls& pulls = pulls_[{key.first, key.second, p}];
        if (pulls.survey == nullptr) {
            pulls.survey = &survey.survey();
            std::size_t vertices = 0;
            for_each_ring(outline, [&](const geo::Ring& ring, bool) { vertices += vertices_of(ring); });
            pulls.vertices.assign(vertices, {0, 0});
        }
        const geo::Box box = geo::envelope(outline);
        const geo::Box near{{box.min.x - same_line, box.min.y - same_line},
                            {box.max.x + same_line, box.max.y + same_line}};
        for_each_ring(ground, [&](const geo::Ring& ring, bool inner) {
            const bool clockwise = geo::signed_area(ring) > 0;
            for (std::size_t i = 1; i < ring.size(); ++i) {
                geo::Box stretch;
                stretch.add(ring[i - 1]);
                stretch.add(ring[i]);
                if (ring[i - 1] == ring[i] || !near.intersects(stretch)) continue;
                add_edge(outline, pulls, shared,
                         {ring[i - 1], ring[i], outward_normal(ring[i - 1], ring[i], clockwise, inner), weight});
            }
        });
    }
}

void GroundError::add(const GroundError& other, double weight) {
    for (const auto& [key, theirs] : other.pulls_) {
        Pulls& own = pulls_[key];
        own.survey = theirs.survey;
        own.vertices.resize(theirs.vertices.size(), {0, 0});
        for (std::size_t i = 0; i < own.vertices.size(); ++i) {
            own.vertices[i].x += weight * theirs.vertices[i].x;
            own.vertices[i].y += weight * theirs.vertices[i].y;
        }
    }
    for (const auto& [key, theirs] : other.shared_) {
        Shared& own = shared_[key];
        own.survey = theirs.survey;
        own.length += weight * theirs.length;
    }
}

std::optional<geo::SquareMetres> GroundError::sd() const {
    double variance = 0;
    for (const auto& [key, pulls] : pulls_) {
        const Plot& plot = pulls.survey->plots[std::get<2>(key)];
        const geo::Metres correlation = measured_apart(plot.measured_by) ? geo::Metres(0) : walk_correlation;
        double squares = 0;
        std::size_t first = 0;
        for_each_ring(plot.outline, [&](const geo::Ring& ring, bool) {
            const std::size_t count = vertices_of(ring);
            squares += correlated_square(ring, std::span(pulls.vertices).subspan(first, count), correlation);
            first += count;
        });
        if (!(squares > 0)) continue;
        const auto sigma = vertex_sd(plot, *pulls.survey, correlation);
        if (!sigma) return std::nullopt;
        variance += *sigma * *sigma * squares;
    }
    for (const auto& [key, shared] : shared_) {
        if (!shared.survey->outline_bias_sd) continue;
        const double sd = shared.survey->outline_bias_sd->value() * shared.length;
        variance += sd * sd;
    }
    return geo::SquareMetres(std::sqrt(variance));
}

void GroundSum::add(const geo::MultiPolygon& ground, geo::Hectares area, std::span<const DatedSurvey* const> surveys,
                    const Survey& counted_by, std::span<const SampledRatio> samples) {
    area_ += area;
    const auto sample = ratio_of(samples, counted_by.crop, counted_by.year);
    all_sampled_ = all_sampled_ && sample.has_value();
    for (const DatedSurvey* survey : surveys) {
        if (survey == nullptr) continue;
        error_.add(ground, *survey);
        if (sample) sampled_error_.add(ground, *survey, sample->ratio);
    }
    if (!sample) return;
    const double square_metres = geo::to_square_metres(area).value();
    sampled_m2_ += sample->ratio * square_metres;
    ratio_sd_m2_[{counted_by.crop, counted_by.year}] += sample->se * square_metres;
}

void GroundSum::add(const GroundSum& other) {
    area_ += other.area_;
    error_.add(other.error_);
    sampled_m2_ += other.sampled_m2_;
    sampled_error_.add(other.sampled_error_);
    for (const auto& [survey, sd] : other.ratio_sd_m2_)
        ratio_sd_m2_[survey] += sd;
    all_sampled_ = all_sampled_ && other.all_sampled_;
}

std::optional<AreaInterval> GroundSum::interval() const {
    const auto sd = error_.sd();
    if (!sd) return std::nullopt;
    return interval_of({geo::to_square_metres(area_), *sd});
}

std::optional<AreaInterval> GroundSum::sampled() const {
    const auto sd = sampled_error_.sd();
    if (!all_sampled_ || ratio_sd_m2_.empty() || !sd) return std::nullopt;
    double variance = sd->value() * sd->value();
    for (const auto& [survey, own] : ratio_sd_m2_)
        variance += own * own;
    return interval_of({geo::SquareMetres(sampled_m2_), geo::SquareMetres(std::sqrt(variance))});
}

std::optional<RateInterval> rate_interval(const GroundSum& part, const GroundSum& whole) {
    const double of = geo::to_square_metres(whole.area()).value();
    if (!(of > 0)) return std::nullopt;
    const double rate = part.area() / whole.area();
    GroundError error = part.error();
    error.add(whole.error(), -rate);
    const auto sd = error.sd();
    if (!sd) return std::nullopt;
    const AreaInterval interval = interval_of({geo::to_square_metres(part.area()), *sd});
    return RateInterval{interval.lo / whole.area(), interval.hi / whole.area()};
}

}  // namespace vereda::regions
