/// GDAL behind one owner per handle, with its errors kept instead of printed. Used inside */io only.
#pragma once

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <memory>
#include <string>
#include <vector>

#include "geo/error.hpp"

namespace vereda::geo::io {

/// Registers the drivers and fixes GDAL's settings, once per process: no network, no Python in VRTs, no listing of
/// folders, a fixed clock for file stamps (same input, same bytes), SQLite files synced on commit. Every function of
/// */io calls it.
void start_gdal();

struct GdalDatasetCloser {
    void operator()(GDALDataset* dataset) const noexcept { GDALClose(dataset); }
};
using GdalDataset = std::unique_ptr<GDALDataset, GdalDatasetCloser>;

struct OgrFeatureDeleter {
    void operator()(OGRFeature* feature) const noexcept { OGRFeature::DestroyFeature(feature); }
};
using OgrFeature = std::unique_ptr<OGRFeature, OgrFeatureDeleter>;

struct OgrGeometryDeleter {
    void operator()(OGRGeometry* geometry) const noexcept { OGRGeometryFactory::destroyGeometry(geometry); }
};
using OgrGeometry = std::unique_ptr<OGRGeometry, OgrGeometryDeleter>;

/// Collects what GDAL reports on the calling thread while it lives; nothing is printed and nothing is thrown through
/// GDAL's C callbacks. Nest freely; create and destroy on the same thread.
class GdalErrors {
  public:
    GdalErrors();
    GdalErrors(const GdalErrors&) = delete;
    GdalErrors& operator=(const GdalErrors&) = delete;
    ~GdalErrors();

    [[nodiscard]] bool failed() const { return !failures_.empty(); }
    /// Text of the first failure, else of the first warning, else empty; control characters become spaces.
    [[nodiscard]] std::string text() const;
    [[nodiscard]] const std::vector<std::string>& warnings() const { return warnings_; }
    /// Whether a failure speaks of a full disk or of missing rights rather than of the data.
    [[nodiscard]] bool out_of_space() const;
    void clear();

  private:
    static void CPL_STDCALL keep(CPLErr kind, CPLErrorNum number, const char* text) noexcept;
    std::vector<std::string> failures_;
    std::vector<std::string> warnings_;
};

/// A GDAL setting for the calling thread, put back at the end of the scope.
class GdalSetting {
  public:
    GdalSetting(const char* name, const char* value);
    GdalSetting(const GdalSetting&) = delete;
    GdalSetting& operator=(const GdalSetting&) = delete;
    ~GdalSetting();

  private:
    const char* name_;
    std::string previous_;
    bool had_previous_;
};

/// Opens with exactly the named drivers, read-only. `flags` are GDAL_OF_VECTOR or GDAL_OF_RASTER. Null with `errors`
/// filled where none of them can.
[[nodiscard]] GdalDataset open_with(const std::string& path, unsigned flags, const std::vector<std::string>& drivers,
                                    const std::vector<std::string>& open_options);

}  // namespace vereda::geo::io
