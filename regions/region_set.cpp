#include "regions/region_set.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "geo/error.hpp"
#include "geo/geodesic.hpp"
#include "regions/look_alike.hpp"

namespace vereda::regions {
namespace {

using geo::operator""_msg;

constexpr double kOverlapShare = 1e-6;

geo::Locus at(geo::Locus source, const std::string& id) {
    source.feature = id;
    return source;
}

void refuse_unusable_ids(const std::vector<Region>& sorted, const geo::Locus& source) {
    if (sorted.empty()) throw geo::Error(geo::ErrorKind::input, {"regions.none"_msg, {}}, source);
    if (sorted.front().id.empty()) throw geo::Error(geo::ErrorKind::input, {"regions.id_missing"_msg, {}}, source);
    const auto twin =
        std::adjacent_find(sorted.begin(), sorted.end(), [](const Region& a, const Region& b) { return a.id == b.id; });
    if (twin != sorted.end())
        throw geo::Error(geo::ErrorKind::input, {"regions.id_duplicate"_msg, {{"id", twin->id}}}, at(source, twin->id));
}

void warn_of_look_alikes(const std::vector<Region>& sorted, const geo::Locus& source, geo::Diagnostics& diagnostics) {
    std::map<std::string, std::string> first_with_key;
    for (const Region& region : sorted) {
        const auto [earlier, inserted] = first_with_key.emplace(look_alike_key(region.id), region.id);
        if (!inserted)
            diagnostics.add({geo::Severity::warning,
                             {"regions.id_look_alike"_msg, {{"id", region.id}, {"other", earlier->second}}},
                             at(source, region.id)});
    }
}

void repair_and_measure(Region& region, const geo::Crs& crs, const geo::Locus& source, geo::Diagnostics& diagnostics) {
    geo::Repair repair;
    try {
        repair = geo::repair(region.geometry);
    } catch (geo::Error& error) {
        error.at_feature(region.id).in_layer(source.layer).in_file(source.file);
        throw;
    }
    region.geometry = std::move(repair.polygons);
    region.area =
        region.geometry.empty() ? geo::Hectares(0) : geo::to_hectares(geo::ellipsoidal_area(region.geometry, crs));
    if (repair.problem)
        diagnostics.add({geo::Severity::warning,
                         {"regions.repaired"_msg, {{"id", region.id}, {"reason", repair.problem->reason}}},
                         at(source, region.id),
                         geo::SquareMetres(repair.area_changed)});
    if (region.geometry.empty())
        diagnostics.add({geo::Severity::warning, {"regions.no_area"_msg, {{"id", region.id}}}, at(source, region.id)});
}

std::vector<geo::Box> boxes_of(const std::vector<Region>& regions) {
    std::vector<geo::Box> boxes;
    boxes.reserve(regions.size());
    for (const Region& region : regions)
        boxes.push_back(geo::envelope(region.geometry));
    return boxes;
}

void warn_of_overlaps(const std::vector<Region>& regions, const geo::SpatialIndex& index, const geo::Locus& source,
                      geo::Diagnostics& diagnostics) {
    for (std::size_t i = 0; i < regions.size(); ++i) {
        for (const std::size_t j : index.query(geo::envelope(regions[i].geometry))) {
            if (j <= i) continue;
            const double shared = geo::planar_area(geo::intersection(regions[i].geometry, regions[j].geometry));
            const double smaller =
                std::min(geo::planar_area(regions[i].geometry), geo::planar_area(regions[j].geometry));
            if (shared > kOverlapShare * smaller)
                diagnostics.add({geo::Severity::warning,
                                 {"regions.overlap"_msg,
                                  {{"id", regions[i].id},
                                   {"other", regions[j].id},
                                   {"area_ha", fmt::format("{:.4f}", shared / 10'000.0)}}},
                                 at(source, regions[i].id)});
        }
    }
}

}  // namespace

RegionSet::RegionSet(std::vector<Region> regions, geo::Crs crs, geo::Locus source, geo::Diagnostics& diagnostics)
    : regions_(std::move(regions)), crs_(std::move(crs)), index_(std::span<const geo::Box>{}) {
    std::sort(regions_.begin(), regions_.end(), [](const Region& a, const Region& b) { return a.id < b.id; });
    refuse_unusable_ids(regions_, source);
    warn_of_look_alikes(regions_, source, diagnostics);
    for (Region& region : regions_)
        repair_and_measure(region, crs_, source, diagnostics);
    for (std::size_t i = 0; i < regions_.size(); ++i)
        by_id_.emplace(regions_[i].id, i);
    index_ = geo::SpatialIndex(boxes_of(regions_));
    prepared_.reserve(regions_.size());
    for (const Region& region : regions_)
        prepared_.emplace_back(region.geometry);
    warn_of_overlaps(regions_, index_, source, diagnostics);
}

std::optional<std::size_t> RegionSet::find(std::string_view id) const {
    const auto found = by_id_.find(id);
    if (found == by_id_.end()) return std::nullopt;
    return found->second;
}

geo::Box RegionSet::extent() const {
    geo::Box extent;
    for (const Region& region : regions_)
        extent.add(geo::envelope(region.geometry));
    return extent;
}

std::optional<std::size_t> RegionSet::region_at(geo::Point point) const {
    geo::Box place;
    place.add(point);
    for (const std::size_t i : near(place))
        if (prepared_[i].covers(point)) return i;
    return std::nullopt;
}

}  // namespace vereda::regions
