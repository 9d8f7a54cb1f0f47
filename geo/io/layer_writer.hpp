/// Writes one vector layer feature by feature, so that it need not fit into memory.
#pragma once

#include <memory>
#include <string>

#include "geo/io/feature_writer.hpp"

namespace vereda::geo::io {

/// As write_layers() for one layer, in the same bytes: built beside the final name, reopened and compared, synced and
/// renamed by close(); without close() nothing is left. Memory stays bounded for .gpkg, .sqlite, .fgb and .kml; the
/// other formats are held until close(). Calls may come from different threads, one at a time.
class LayerWriter {
  public:
    /// `layer` has no features. Throws what write_layers() throws.
    LayerWriter(const std::string& path, LayerToWrite layer);
    LayerWriter(const LayerWriter&) = delete;
    LayerWriter& operator=(const LayerWriter&) = delete;
    ~LayerWriter();
    void add(Feature feature);
    void close();

  private:
    struct Building;
    std::string path_;
    LayerToWrite layer_;                  ///< with the features, where they are held
    std::unique_ptr<Building> building_;  ///< null where they are held
};

}  // namespace vereda::geo::io
