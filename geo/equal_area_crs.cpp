#include <cmath>

#include <fmt/format.h>

#include "geo/crs.hpp"
#include "geo/error.hpp"
#include "geo/proj_handle.hpp"

namespace vereda::geo {

namespace {

Error failed(const Crs& crs) {
    return Error(ErrorKind::input, {"crs.no_equal_area"_msg, {{"crs", crs.label()}}});
}

ProjObject geographic_base(PJ_CONTEXT* context, const Crs& crs) {
    const ProjObject object = proj_crs(context, crs.wkt());
    const ProjObject source(proj_get_type(object.get()) == PJ_TYPE_BOUND_CRS
                                ? proj_get_source_crs(context, object.get())
                                : proj_clone(context, object.get()));
    const ProjObject geodetic(source ? proj_crs_get_geodetic_crs(context, source.get()) : nullptr);
    if (!geodetic) throw failed(crs);
    ProjObject flat(proj_crs_demote_to_2D(context, nullptr, geodetic.get()));
    if (!flat) throw failed(crs);
    return flat;
}

std::string wkt_of(PJ_CONTEXT* context, const PJ* object, const Crs& crs) {
    const char* const options[] = {"MULTILINE=NO", nullptr};
    const char* wkt = proj_as_wkt(context, object, PJ_WKT2_2019, options);
    if (wkt == nullptr) throw failed(crs);
    return wkt;
}

/// A hundredth of a degree: enough for the centre of a study, and short to read in the CRS's name.
double rounded(double degrees) {
    return std::round(degrees * 100) / 100;
}

}  // namespace

Crs equal_area_crs(const Crs& crs, const Box& extent) {
    PJ_CONTEXT* context = thread_proj_context();
    const ProjObject base = geographic_base(context, crs);
    const Crs base_crs = Crs::parse(wkt_of(context, base.get(), crs));
    const Point centre = CrsTransform(crs, base_crs)
                             .forward(Point{(extent.min.x + extent.max.x) / 2, (extent.min.y + extent.max.y) / 2});
    const double to_degrees = base_crs.unit_factor() * 180 / 3.14159265358979323846;
    const double longitude = rounded(centre.x * to_degrees);
    const double latitude = rounded(centre.y * to_degrees);
    const ProjObject conversion(proj_create_conversion_lambert_azimuthal_equal_area(
        context, latitude, longitude, 0, 0, "degree", 0.0174532925199433, "metre", 1));
    const ProjObject axes(proj_create_cartesian_2D_cs(context, PJ_CART2D_EASTING_NORTHING, "metre", 1));
    if (!conversion || !axes) throw failed(crs);
    const std::string name = fmt::format("Equal area, centred on {:.2f}, {:.2f}", longitude, latitude);
    const ProjObject projected(
        proj_create_projected_crs(context, name.c_str(), base.get(), conversion.get(), axes.get()));
    if (!projected) throw failed(crs);
    return Crs::parse(wkt_of(context, projected.get(), crs));
}

}  // namespace vereda::geo
