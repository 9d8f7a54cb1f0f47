#include "geo/io/layer_writer.hpp"

#include <optional>
#include <utility>

#include "geo/io/atomic_file.hpp"
#include "geo/io/container_writer.hpp"
#include "geo/io/source_path.hpp"

namespace vereda::geo::io {

struct LayerWriter::Building {
    Building(const std::string& path, const Container& container, const LayerToWrite& layer)
        : file(path), writer(write_container(file.path(), path, container, {layer})) {
        writer->begin(layer);
    }
    AtomicFile file;
    std::unique_ptr<ContainerWriter> writer;
};

LayerWriter::LayerWriter(const std::string& path, LayerToWrite layer) : path_(path), layer_(std::move(layer)) {
    const std::string ending = ending_of(path_);
    const std::optional<Container> container = container_of(ending);
    if (!container || ending == ".shp") return;
    building_ = std::make_unique<Building>(path_, *container, layer_);
}

LayerWriter::~LayerWriter() = default;

void LayerWriter::add(Feature feature) {
    if (building_) return building_->writer->add(feature);
    layer_.features.push_back(std::move(feature));
}

void LayerWriter::close() {
    if (!building_) return write_layers(path_, {std::move(layer_)});
    building_->writer->end();
    building_->writer->close();
    building_->file.commit();
}

}  // namespace vereda::geo::io
