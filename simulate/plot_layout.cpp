#include "simulate/plot_layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "simulate/occupied_ground.hpp"
#include "simulate/outline.hpp"

namespace vereda::simulate {

namespace {

constexpr double mean_plots_per_community = 46;
constexpr int blocks_per_community = 20;

std::string community_name(int row, int column) {
    constexpr std::array<const char*, 12> words = {"Alborada",  "Conjetura", "Horizonte", "Quimera",
                                                   "Esperanza", "Umbral",    "Porvenir",  "Remanso",
                                                   "Cumbre",    "Vaivén",    "Lucero",    "Sosiego"};
    return fmt::format("Sindicato {} {}-{}", words[static_cast<std::size_t>(row * 7 + column) % words.size()], row,
                       column);
}

/// Communities row by row: coca in the north, poppy highlands in the south.
std::vector<Community> tiled(const TrackingParameters& parameters) {
    const int wanted = std::max(1, static_cast<int>(std::ceil(parameters.coca_plots / mean_plots_per_community)));
    const int columns =
        std::max(1, static_cast<int>(std::lround(std::sqrt(wanted * community_depth / community_width))));
    const int coca_rows = (wanted + columns - 1) / columns;
    const int highlands = (parameters.poppy_blocks + blocks_per_community - 1) / blocks_per_community;
    const int rows = coca_rows + (highlands + columns - 1) / columns;
    std::vector<Community> out;
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            Community community;
            community.id = fmt::format("S-{:02}{:02}", row + 1, column + 1);
            community.name = community_name(row + 1, column + 1);
            community.highland = row >= coca_rows;
            const geo::Point west_south{column * community_width, -(row + 1) * community_depth};
            community.land.add(west_south);
            community.land.add(geo::Point{west_south.x + community_width, west_south.y + community_depth});
            out.push_back(std::move(community));
        }
    }
    return out;
}

class Layout {
  public:
    Layout(const TrackingParameters& parameters, std::uint64_t seed)
        : parameters_(parameters), random_(seed, "tracking_layout") {
        out_.communities = tiled(parameters);
        for (const Community& community : out_.communities)
            out_.extent.add(community.land);
    }

    PlotLayout made() {
        std::vector<std::size_t> coca;
        std::vector<std::size_t> highland;
        for (std::size_t i = 0; i < out_.communities.size(); ++i)
            (out_.communities[i].highland ? highland : coca).push_back(i);
        for (std::size_t i = 0; i < coca.size(); ++i) {
            const auto done = static_cast<int>(out_.coca.size());
            const int share = (parameters_.coca_plots - done) / static_cast<int>(coca.size() - i);
            settle_coca(out_.communities[coca[i]], share);
        }
        for (int block = 0; block < parameters_.poppy_blocks; ++block) {
            const auto at = static_cast<std::size_t>(block / blocks_per_community);
            lay_block(out_.communities[highland[at]]);
        }
        return std::move(out_);
    }

  private:
    /// Strips are taken in order along the road, some as clusters; what is left of `wanted` goes to random strips.
    void settle_coca(const Community& community, int wanted) {
        const std::size_t end = out_.coca.size() + static_cast<std::size_t>(std::max(0, wanted));
        for (int strip = 0; strip < 2 * strips_per_side && out_.coca.size() < end; ++strip) {
            if (random_.chance(0.06)) continue;
            constexpr double mean_cluster = 4.5;
            const double clustered = parameters_.clustered_share;
            if (random_.chance(clustered / (clustered + mean_cluster * (1 - clustered)))) {
                const int last = strip < strips_per_side ? strips_per_side : 2 * strips_per_side;
                const int members = std::min(random_.integer(3, 6), last - strip);
                set_cluster(community, strip, members, end);
                strip += members - 1;
            } else {
                set(field_outline(place_on_strip(community, strip, random_), family_plot_area(random_),
                                  random_.normal(0, 0.12), random_));
            }
        }
        for (int tries = 0; out_.coca.size() < end && tries < 400; ++tries) {
            set(field_outline(place_on_strip(community, random_.integer(0, 2 * strips_per_side - 1), random_),
                              family_plot_area(random_), random_.normal(0, 0.12), random_));
        }
    }

    /// Neighbours' plots in one or two rows at about one depth, 20 to 60 m apart or edge to edge.
    void set_cluster(const Community& community, int strip, int members, std::size_t end) {
        geo::Point at = place_on_strip(community, strip, random_);
        const double row_start = at.x;
        const double turn = random_.normal(0, 0.12);
        double half_before = 0;
        for (int i = 0; i < members && out_.coca.size() < end; ++i) {
            const double area = family_plot_area(random_);
            const double half = std::sqrt(area) / 2;
            const bool adjoining = i > 0 && random_.chance(parameters_.adjoining_share / 0.7);
            const double gap = adjoining ? random_.uniform(0.5, 4) : random_.uniform(20, 60);
            if (i > 0) at.x += half_before + gap + half;
            if (i == 3 && random_.chance(0.5)) at = {row_start, at.y + random_.uniform(65, 105)};
            geo::Point centre = at;
            if (!adjoining) centre.y += random_.normal(0, 8);
            if (inside_land(community, centre))
                set(field_outline(centre, area, adjoining ? 0 : turn, random_), adjoining ? 0.2 : clear_gap);
            half_before = half;
        }
    }

    static bool inside_land(const Community& community, geo::Point p) {
        return p.x > community.land.min.x + 60 && p.x < community.land.max.x - 60 && p.y > community.land.min.y + 60 &&
               p.y < community.land.max.y - 60;
    }

    void set(geo::Ring outline, double gap = clear_gap) {
        if (!ground_.is_free(outline, gap)) return;
        ground_.put(next_key_++, outline);
        out_.coca.push_back(std::move(outline));
    }

    /// Four to nine fields of 0.08 to 0.3 ha in rows, with ridges of 2 to 4 m between them.
    void lay_block(const Community& community) {
        const int columns = random_.integer(2, 3);
        const int rows = random_.integer(2, 3);
        const double width = random_.uniform(28, 55);
        const double height = random_.uniform(28, 55);
        const double turn = random_.uniform(-0.5, 0.5);
        for (int tries = 0; tries < 200; ++tries) {
            const geo::Point centre{random_.uniform(community.land.min.x + 150, community.land.max.x - 150),
                                    random_.uniform(community.land.min.y + 150, community.land.max.y - 150)};
            std::vector<geo::Ring> fields;
            bool free = true;
            for (int i = 0; i < columns * rows; ++i) {
                const double gap = random_.uniform(2, 4);
                const double x = (i % columns - (columns - 1) / 2.0) * (width + 4);
                const double y = (i / columns - (rows - 1) / 2.0) * (height + 4);
                const geo::Point middle{centre.x + x * std::cos(turn) - y * std::sin(turn),
                                        centre.y + x * std::sin(turn) + y * std::cos(turn)};
                geo::Ring field = rectangle(middle, width - gap + 2, height - gap + 2, turn);
                free = free && ground_.is_free(field, 30);
                fields.push_back(std::move(field));
            }
            if (!free) continue;
            for (const geo::Ring& field : fields)
                ground_.put(next_key_++, field);
            out_.poppy_blocks.push_back(std::move(fields));
            return;
        }
    }

    static geo::Ring rectangle(geo::Point centre, double width, double height, double turn) {
        geo::Ring ring;
        for (const auto& [x, y] : {std::pair{-1, 1}, {1, 1}, {1, -1}, {-1, -1}, {-1, 1}}) {
            const double along = x * width / 2;
            const double across = y * height / 2;
            ring.push_back(to_centimetres({centre.x + along * std::cos(turn) - across * std::sin(turn),
                                           centre.y + along * std::sin(turn) + across * std::cos(turn)}));
        }
        return ring;
    }

    const TrackingParameters& parameters_;
    Random random_;
    PlotLayout out_;
    OccupiedGround ground_;
    int next_key_ = 0;
};

}  // namespace

PlotLayout plot_layout(const TrackingParameters& parameters, std::uint64_t seed) {
    return Layout(parameters, seed).made();
}

geo::Ring field_outline(geo::Point centre, double area, double turn, Random& random) {
    const double aspect = std::exp(std::abs(random.normal(0, 0.18)));
    const int per_side = random.chance(0.5) ? 1 : 2;  // whether sides have a vertex in their middle
    geo::Ring ring;
    constexpr std::array<geo::Point, 4> corners{geo::Point{-1, 1}, {1, 1}, {1, -1}, {-1, -1}};
    for (std::size_t side = 0; side < 4; ++side) {
        const geo::Point from = corners[side];
        const geo::Point to = corners[(side + 1) % 4];
        for (int i = 0; i < per_side; ++i) {
            const double t = static_cast<double>(i) / per_side;
            const double x = (from.x + t * (to.x - from.x)) * std::sqrt(aspect) * (1 + random.normal(0, 0.05));
            const double y = (from.y + t * (to.y - from.y)) / std::sqrt(aspect) * (1 + random.normal(0, 0.05));
            ring.push_back({x * std::cos(turn) - y * std::sin(turn), x * std::sin(turn) + y * std::cos(turn)});
        }
    }
    ring.push_back(ring.front());
    const double scale = std::sqrt(area / geo::signed_area(ring));
    for (geo::Point& p : ring)
        p = to_centimetres({centre.x + scale * p.x, centre.y + scale * p.y});
    return ring;
}

double family_plot_area(Random& random) {
    return std::clamp(1600 * std::exp(random.normal(0, 0.35)), 500.0, 6000.0);
}

geo::Point place_on_strip(const Community& community, int strip, Random& random) {
    const bool north = strip < strips_per_side;
    const double middle = community.land.min.x + (strip % strips_per_side + 0.5) * strip_width;
    const double road = (community.land.min.y + community.land.max.y) / 2;
    const double deepest = community_depth / 2 - 80;
    double depth = 0;
    do {
        depth = 70 - 700 * std::log(1 - random.uniform());
    } while (depth > deepest);
    return {middle + random.uniform(-12, 12), north ? road + depth : road - depth};
}

}  // namespace vereda::simulate
