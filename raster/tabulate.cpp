#include "raster/tabulate.hpp"

#include "raster/key_kernel.hpp"
#include "raster/zonal_plan.hpp"
#include "raster/zonal_run.hpp"

namespace vereda::raster {

std::vector<TabulatedArea> tabulate(std::span<const KeyLayer> layers, std::span<const Zone> zones,
                                    const geo::Crs& zones_crs, const ZonalOptions& options) {
    std::vector<Layer> sources;
    std::vector<Classing> classings;
    for (const KeyLayer& layer : layers) {
        sources.push_back({layer.name, layer.source});
        classings.push_back(layer.classing);
    }
    detail::ZonalPlan plan = detail::plan_layers(sources);
    plan.keys = classings;
    const detail::KeyCodes codes(classings);
    const detail::ZoneStates states = detail::run_zonal(plan, zones, zones_crs, options);
    std::vector<TabulatedArea> rows;
    for (std::size_t z = 0; z < zones.size(); ++z) {
        for (const ValueShare& share : states.key_tables[z].sorted()) {
            const auto code = static_cast<std::uint32_t>(share.value);
            TabulatedArea row{z, {}, share.cover, geo::to_hectares(geo::SquareMetres(share.area))};
            for (std::size_t l = 0; l < classings.size(); ++l)
                row.keys.push_back(classings[l].key(codes.class_of(code, l)));
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

}  // namespace vereda::raster
