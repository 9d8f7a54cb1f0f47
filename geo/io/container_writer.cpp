#include "geo/io/container_writer.hpp"

#include "geo/io/dataset_writer.hpp"
#include "geo/io/geopackage_writer.hpp"

namespace vereda::geo::io {

std::optional<Container> container_of(std::string_view ending) {
    if (ending == ".gpkg") return Container{"GPKG", true, true, false};
    if (ending == ".sqlite") return Container{"SQLite", true, true, false};
    if (ending == ".fgb") return Container{"FlatGeobuf", false, true, false};
    if (ending == ".shp") return Container{"ESRI Shapefile", false, false, false};
    if (ending == ".kml") return Container{"KML", true, false, true};
    return std::nullopt;
}

std::unique_ptr<ContainerWriter> write_container(const std::string& path, const std::string& shown,
                                                 const Container& container, const std::vector<LayerToWrite>& layers) {
    if (std::string_view(container.driver) == "GPKG") return std::make_unique<GeopackageWriter>(path, shown, layers);
    return std::make_unique<DatasetWriter>(path, shown, container);
}

}  // namespace vereda::geo::io
