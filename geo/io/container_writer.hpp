/// Where layers go, one after the other, feature by feature.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/io/feature_writer.hpp"

namespace vereda::geo::io {

struct Container {
    const char* driver;
    bool several_layers;
    bool exact;    ///< whether coordinates and values read back to the same bits
    bool degrees;  ///< holds EPSG:4326 only
};

/// nullopt for endings that are no containers written here.
[[nodiscard]] std::optional<Container> container_of(std::string_view ending);

class ContainerWriter {
  public:
    ContainerWriter() = default;
    ContainerWriter(const ContainerWriter&) = delete;
    ContainerWriter& operator=(const ContainerWriter&) = delete;
    virtual ~ContainerWriter() = default;
    /// Features that follow belong to this layer, one of those that the writer was made for and in their order;
    /// `layer.features` are not looked at.
    virtual void begin(const LayerToWrite& layer) = 0;
    virtual void add(const Feature& feature) = 0;
    virtual void end() = 0;
    /// Everything to the disk, then opened again and compared with what was added.
    virtual void close() = 0;
};

/// Calls may come from different threads, one at a time. The file is neither synced nor journalled: whoever owns it
/// syncs it before it gets its name. `shown` is the path that errors name.
[[nodiscard]] std::unique_ptr<ContainerWriter> write_container(const std::string& path, const std::string& shown,
                                                               const Container& container,
                                                               const std::vector<LayerToWrite>& layers);

}  // namespace vereda::geo::io
