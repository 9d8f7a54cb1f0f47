/// Writes layers into one GDAL dataset, feature by feature, and checks that they can be read back. Used inside geo/io
/// only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/io/feature_writer.hpp"
#include "geo/io/gdal_handle.hpp"

namespace vereda::geo::io {

struct Container {
    const char* driver;
    bool several_layers;
    bool exact;    ///< whether coordinates and values read back to the same bits
    bool degrees;  ///< holds EPSG:4326 only
};

/// nullopt for endings that GDAL does not write here.
[[nodiscard]] std::optional<Container> container_of(std::string_view ending);

[[nodiscard]] Error read_back_differs(const std::string& path);
[[nodiscard]] Error not_written(const std::string& path, const std::string& reason);

/// Every call of GDAL is checked. Calls may come from different threads, one at a time. The file is neither synced nor
/// journalled on disk: whoever owns it syncs it before it gets its name.
class DatasetWriter {
  public:
    /// `shown` is the path that errors name.
    DatasetWriter(std::string path, std::string shown, const Container& container);
    /// Features that follow belong to this layer; `layer.features` are not looked at.
    void begin(const LayerToWrite& layer);
    void add(const Feature& feature);
    void end();
    /// Field texts and styles where the container has a place for them, then everything to the disk. GDAL reports some
    /// failed writes to nobody, so the file is opened again and compared with what was written.
    void close(const std::vector<LayerToWrite>& layers);

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
