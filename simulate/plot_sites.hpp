/// Where a new plot may stand: suitable ground that no plot has ever used.
#pragma once

#include <optional>
#include <vector>

#include "regions/crop.hpp"
#include "simulate/landscape_parameters.hpp"
#include "simulate/random.hpp"
#include "simulate/territory.hpp"

namespace vereda::simulate {

class PlotSites {
  public:
    PlotSites(const CultivationParameters& parameters, const Territory& land, const Surface& tree_cover);

    /// A free place for a plot of this radius (metres), drawn by suitability; nullopt after 200 vain draws.
    [[nodiscard]] std::optional<geo::Point> anywhere(regions::Crop crop, double radius, Random& random) const;
    /// The same within [nearest, farthest] metres of `from`, denser near it.
    struct Around {
        geo::Point from;
        double nearest = 0;
        double farthest = 0;
    };
    [[nodiscard]] std::optional<geo::Point> near(regions::Crop crop, const Around& around, double radius,
                                                 Random& random) const;

    void take(geo::Point centre, double radius);
    /// Whether a plot already taken at `centre` may grow to `radius` without touching another.
    [[nodiscard]] bool may_grow(geo::Point centre, double radius) const;

  private:
    [[nodiscard]] bool free(geo::Point centre, double radius) const;
    [[nodiscard]] const Surface& suitability(regions::Crop crop) const {
        return crop == regions::Crop::coca ? coca_ : poppy_;
    }
    struct Taken {
        geo::Point centre;
        double radius = 0;
    };
    geo::Box extent_;
    Surface coca_;                  ///< 0 to 1
    Surface poppy_;                 ///< 0 to 1
    std::vector<double> coca_sum_;  ///< running sums, for drawing
    std::vector<double> poppy_sum_;
    std::vector<Taken> taken_;
};

}  // namespace vereda::simulate
