#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "geo/crs.hpp"
#include "geo/error.hpp"
#include "geo/proj_handle.hpp"

#include <fmt/format.h>

namespace vereda::geo {

struct CrsTransform::State {
    ProjContext context;
    ProjObject operation;  ///< null where source and target are the same CRS
    std::optional<Metres> accuracy;
    std::string from;
    std::string to;
};

namespace {

bool finite(Point p) {
    return std::isfinite(p.x) && std::isfinite(p.y);
}

Error outside(Point p, const std::string& from, const std::string& to) {
    return Error(ErrorKind::input,
                 {"crs.outside"_msg,
                  {{"x", fmt::format("{}", p.x)}, {"y", fmt::format("{}", p.y)}, {"from", from}, {"to", to}}});
}

ProjObject best_operation(PJ_CONTEXT* context, const PJ* from, const PJ* to) {
    const char* const strict[] = {"ALLOW_BALLPARK=NO", nullptr};
    ProjObject operation(proj_create_crs_to_crs_from_pj(context, from, to, nullptr, strict));
    if (!operation) operation.reset(proj_create_crs_to_crs_from_pj(context, from, to, nullptr, nullptr));
    if (!operation) return operation;
    return ProjObject(proj_normalize_for_visualization(context, operation.get()));
}

/// What the authority states for the operation PROJ ranks first.
std::optional<Metres> stated_accuracy(PJ_CONTEXT* context, const PJ* from, const PJ* to) {
    PJ_OPERATION_FACTORY_CONTEXT* factory = proj_create_operation_factory_context(context, nullptr);
    if (factory == nullptr) return std::nullopt;
    proj_operation_factory_context_set_grid_availability_use(context, factory,
                                                             PROJ_GRID_AVAILABILITY_DISCARD_OPERATION_IF_MISSING_GRID);
    proj_operation_factory_context_set_spatial_criterion(context, factory, PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION);
    PJ_OBJ_LIST* operations = proj_create_operations(context, from, to, factory);
    std::optional<Metres> accuracy;
    if (operations != nullptr && proj_list_get_count(operations) > 0) {
        const ProjObject first(proj_list_get(context, operations, 0));
        if (first && proj_coordoperation_has_ballpark_transformation(context, first.get()) == 0) {
            const double metres = proj_coordoperation_get_accuracy(context, first.get());
            if (metres >= 0) accuracy = Metres(metres);
            if (proj_get_type(first.get()) == PJ_TYPE_CONVERSION) accuracy = Metres(0);
        }
    }
    proj_list_destroy(operations);
    proj_operation_factory_context_destroy(factory);
    return accuracy;
}

double distance_to_segment(Point p, Point a, Point b) {
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double squared = dx * dx + dy * dy;
    double t = squared > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / squared : 0;
    t = std::clamp(t, 0.0, 1.0);
    return std::hypot(p.x - (a.x + t * dx), p.y - (a.y + t * dy));
}

struct Edge {
    Point from;  ///< in the source CRS
    Point to;
    Point image_from;  ///< in the target CRS
    Point image_to;
};

constexpr int deepest_cut = 20;

/// Appends the images of the cuts between the edge's ends, both ends left out.
void cut_edge(const CrsTransform& transform, const Edge& edge, double tolerance, int depth, std::vector<Point>& cuts) {
    std::array<Point, 3> images;
    for (std::size_t i = 0; i < images.size(); ++i) {
        const double t = static_cast<double>(i + 1) / 4;
        images[i] = {edge.from.x + (edge.to.x - edge.from.x) * t, edge.from.y + (edge.to.y - edge.from.y) * t};
    }
    const Point middle = images[1];
    transform.forward(images);
    const bool close = std::ranges::all_of(
        images, [&](Point p) { return distance_to_segment(p, edge.image_from, edge.image_to) <= tolerance; });
    if (close || depth == deepest_cut) return;
    cut_edge(transform, {edge.from, middle, edge.image_from, images[1]}, tolerance, depth + 1, cuts);
    cuts.push_back(images[1]);
    cut_edge(transform, {middle, edge.to, images[1], edge.image_to}, tolerance, depth + 1, cuts);
}

/// Neighbours walk a shared edge in opposite directions; cutting it in one direction always gives both the same
/// vertices.
bool backwards(Point a, Point b) {
    return b.x < a.x || (b.x == a.x && b.y < a.y);
}

/// Whether no chord between two points of the box departs from its true image by more than `tolerance`. Along an edge
/// (u, v) the departure is at most 1/8 of the greatest |f_xx u² + 2 f_xy uv + f_yy v²|; second differences over the
/// box's corners, sides and middle tell those derivatives, taken four times over for what lies between.
bool surely_straight(const CrsTransform& transform, const Box& box, double tolerance) {
    constexpr double margin = 4;
    const Point middle{(box.min.x + box.max.x) / 2, (box.min.y + box.max.y) / 2};
    const std::array<double, 3> xs{box.min.x, middle.x, box.max.x};
    const std::array<double, 3> ys{box.min.y, middle.y, box.max.y};
    std::array<Point, 9> images;
    for (std::size_t i = 0; i < images.size(); ++i)
        images[i] = {xs[i % 3], ys[i / 3]};
    try {
        transform.forward(images);
    } catch (const Error&) {
        return false;  // a corner lies where the target CRS ends
    }
    const auto bend = [&](std::size_t a, std::size_t b, std::size_t c) {
        return std::hypot(images[a].x - 2 * images[b].x + images[c].x, images[a].y - 2 * images[b].y + images[c].y);
    };
    double across = 0;
    double along = 0;
    for (std::size_t k = 0; k < 3; ++k) {
        across = std::max(across, bend(3 * k, 3 * k + 1, 3 * k + 2));
        along = std::max(along, bend(k, k + 3, k + 6));
    }
    const double twist = std::hypot(images[8].x - images[6].x - images[2].x + images[0].x,
                                    images[8].y - images[6].y - images[2].y + images[0].y) /
                         4;
    return margin * ((across + along) / 2 + twist) <= tolerance;
}

Ring densified(const CrsTransform& transform, const Ring& ring, double tolerance) {
    Ring images = ring;
    transform.forward(images);
    if (ring.size() > 3 && surely_straight(transform, envelope(ring), tolerance)) return images;
    Ring result;
    result.reserve(ring.size());
    std::vector<Point> cuts;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        result.push_back(images[i]);
        if (i + 1 == ring.size()) break;
        cuts.clear();
        if (backwards(ring[i], ring[i + 1])) {
            cut_edge(transform, {ring[i + 1], ring[i], images[i + 1], images[i]}, tolerance, 0, cuts);
            std::ranges::reverse(cuts);
        } else {
            cut_edge(transform, {ring[i], ring[i + 1], images[i], images[i + 1]}, tolerance, 0, cuts);
        }
        result.insert(result.end(), cuts.begin(), cuts.end());
    }
    return result;
}

}  // namespace

CrsTransform::CrsTransform(const Crs& from, const Crs& to) : state_(std::make_unique<State>()) {
    state_->from = from.label();
    state_->to = to.label();
    if (from == to) {
        state_->accuracy = Metres(0);
        return;
    }
    state_->context = new_proj_context();
    PJ_CONTEXT* context = state_->context.get();
    const ProjObject source = proj_crs(context, from.wkt());
    const ProjObject target = proj_crs(context, to.wkt());
    state_->operation = best_operation(context, source.get(), target.get());
    if (!state_->operation) {
        throw Error(ErrorKind::input, {"crs.no_operation"_msg, {{"from", from.label()}, {"to", to.label()}}});
    }
    state_->accuracy = stated_accuracy(context, source.get(), target.get());
}

CrsTransform::CrsTransform(CrsTransform&&) noexcept = default;
CrsTransform& CrsTransform::operator=(CrsTransform&&) noexcept = default;
CrsTransform::~CrsTransform() = default;

bool CrsTransform::is_identity() const {
    return state_->operation == nullptr;
}
std::optional<Metres> CrsTransform::accuracy() const {
    return state_->accuracy;
}

void CrsTransform::forward(std::span<Point> points) const {
    constexpr std::size_t batch = 256;
    std::array<Point, batch> originals;
    for (std::size_t start = 0; start < points.size(); start += batch) {
        const std::span<Point> part = points.subspan(start, std::min(batch, points.size() - start));
        std::ranges::copy(part, originals.begin());
        if (state_->operation) {
            proj_errno_reset(state_->operation.get());
            proj_trans_generic(state_->operation.get(), PJ_FWD, &part.front().x, sizeof(Point), part.size(),
                               &part.front().y, sizeof(Point), part.size(), nullptr, 0, 0, nullptr, 0, 0);
        }
        for (std::size_t i = 0; i < part.size(); ++i) {
            if (!finite(part[i]) || !finite(originals[i])) throw outside(originals[i], state_->from, state_->to);
        }
    }
}

Point CrsTransform::forward(Point point) const {
    forward(std::span<Point>(&point, 1));
    return point;
}

Point CrsTransform::inverse(Point point) const {
    if (!state_->operation) return point;
    proj_errno_reset(state_->operation.get());
    const PJ_COORD image = proj_trans(state_->operation.get(), PJ_INV, proj_coord(point.x, point.y, 0, HUGE_VAL));
    const Point result{image.xy.x, image.xy.y};
    if (!finite(result)) throw outside(point, state_->to, state_->from);
    return result;
}

MultiPolygon CrsTransform::forward_densified(const MultiPolygon& polygons, double tolerance) const {
    if (is_identity()) return polygons;
    MultiPolygon result;
    result.reserve(polygons.size());
    for (const Polygon& polygon : polygons) {
        Polygon& image = result.emplace_back();
        image.outer = densified(*this, polygon.outer, tolerance);
        for (const Ring& inner : polygon.inners)
            image.inners.push_back(densified(*this, inner, tolerance));
    }
    return result;
}

Geometry CrsTransform::forward(const Geometry& geometry) const {
    Geometry result = geometry;
    if (auto* points = std::get_if<Points>(&result)) {
        forward(points->parts);
    } else if (auto* lines = std::get_if<Lines>(&result)) {
        for (LineString& line : lines->parts)
            forward(line);
    } else if (auto* polygons = std::get_if<MultiPolygon>(&result)) {
        for (Polygon& polygon : *polygons) {
            forward(polygon.outer);
            for (Ring& inner : polygon.inners)
                forward(inner);
        }
    }
    return result;
}

Box CrsTransform::forward(const Box& box) const {
    if (box.empty() || is_identity()) return box;
    constexpr int steps = 20;
    const auto sample = [&](int column, int row) {
        return Point{box.min.x + box.width() * column / steps, box.min.y + box.height() * row / steps};
    };
    std::array<std::array<Point, steps + 1>, steps + 1> images;
    Box result;
    for (int row = 0; row <= steps; ++row) {
        for (int column = 0; column <= steps; ++column) {
            PJ_COORD c = proj_coord(sample(column, row).x, sample(column, row).y, 0, HUGE_VAL);
            proj_errno_reset(state_->operation.get());
            c = proj_trans(state_->operation.get(), PJ_FWD, c);
            images[row][column] = {c.xy.x, c.xy.y};
            if (finite(images[row][column])) result.add(images[row][column]);
        }
    }
    if (result.empty()) throw outside(sample(steps / 2, steps / 2), state_->from, state_->to);
    // Between two samples an edge bulges by about an eighth of its second difference: the whole of it is a safe margin.
    Point bulge;
    const auto widen = [&](Point a, Point b, Point c) {
        if (!finite(a) || !finite(b) || !finite(c)) return;
        bulge.x = std::max(bulge.x, std::abs(a.x - 2 * b.x + c.x));
        bulge.y = std::max(bulge.y, std::abs(a.y - 2 * b.y + c.y));
    };
    for (int i = 1; i < steps; ++i) {
        for (const int edge : {0, steps}) {
            widen(images[edge][i - 1], images[edge][i], images[edge][i + 1]);
            widen(images[i - 1][edge], images[i][edge], images[i + 1][edge]);
        }
    }
    return {{result.min.x - bulge.x, result.min.y - bulge.y}, {result.max.x + bulge.x, result.max.y + bulge.y}};
}

}  // namespace vereda::geo
