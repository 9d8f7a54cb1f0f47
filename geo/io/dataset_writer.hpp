/// Writes layers into one GDAL dataset, feature by feature, and checks that they can be read back. Used inside geo/io
/// only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "geo/io/container_writer.hpp"
#include "geo/io/gdal_handle.hpp"

namespace vereda::geo::io {

/// Every call of GDAL is checked; GDAL reports some failed writes to nobody, so close() compares.
class DatasetWriter final : public ContainerWriter {
  public:
    DatasetWriter(std::string path, std::string shown, const Container& container);
    void begin(const LayerToWrite& layer) override;
    void add(const Feature& feature) override;
    void end() override;
    /// Field texts and styles, where a GeoPackage has a place for them.
    void write_extras(const std::vector<LayerToWrite>& layers);
    void close() override;

  private:
    /// What was written into a layer, or what can be read from it.
    struct Content {
        std::int64_t features = 0;
        std::uint64_t digest = 0;
        friend bool operator==(const Content&, const Content&) = default;
    };
    struct LayerWritten {
        std::string name;
        std::vector<FieldType> types;
        std::string geometry_type;
        CrsTransform transform;
        Content content;
    };
    void count(const OGRFeature& feature, const LayerWritten& layer, Content& content) const;
    void require(bool done, const GdalErrors& errors) const;
    [[nodiscard]] OGRLayer& created(const LayerToWrite& layer, const Crs& crs, const GdalErrors& errors);
    void compare() const;

    std::string path_;
    std::string shown_;
    Container container_;
    GdalDataset dataset_;
    OGRLayer* target_ = nullptr;
    bool in_transaction_ = false;
    std::vector<LayerWritten> layers_;
};

}  // namespace vereda::geo::io
