#include "regions/unit_history.hpp"

namespace vereda::regions {

UnitHistory history_until(const CropPanel& panel, std::size_t base) {
    UnitHistory history;
    history.mean.resize(panel.units.size());
    history.departure.resize(panel.units.size());
    for (std::size_t u = 0; u < panel.units.size(); ++u) {
        double sum = 0;
        int seen = 0;
        double last = 0;
        for (std::size_t y = 0; y <= base; ++y) {
            if (!panel.crop_ha[u][y]) continue;
            last = *panel.crop_ha[u][y];
            sum += last;
            ++seen;
        }
        if (seen == 0) continue;
        history.mean[u] = sum / seen;
        history.departure[u] = last - sum / seen;
    }
    return history;
}

std::vector<double> neighbourhood_means(std::span<const std::optional<double>> values,
                                        std::span<const std::vector<std::size_t>> neighbours) {
    std::vector<double> means(values.size(), 0);
    for (std::size_t u = 0; u < values.size(); ++u) {
        double sum = 0;
        int seen = 0;
        for (const std::size_t neighbour : neighbours[u]) {
            if (!values[neighbour]) continue;
            sum += *values[neighbour];
            ++seen;
        }
        means[u] = seen > 0 ? sum / seen : values[u] ? *values[u] : 0;
    }
    return means;
}

std::vector<std::vector<std::size_t>> neighbours_of(const CropPanel& panel, const UnitIndex& index,
                                                    geo::Metres radius) {
    std::vector<std::vector<std::size_t>> result(panel.units.size());
    for (std::size_t u = 0; u < panel.units.size(); ++u)
        for (const NearUnit& near : index.within(panel.units[u].place, radius))
            if (near.unit != u) result[u].push_back(near.unit);
    return result;
}

}  // namespace vereda::regions
