#include "app/land_inputs.hpp"

#include <algorithm>
#include <limits>

#include "app/feature_attributes.hpp"
#include "app/layer_geometry.hpp"
#include "geo/error.hpp"
#include "geo/io/feature_reader.hpp"
#include "geo/topology.hpp"

namespace vereda::app {

using namespace geo;

namespace {

constexpr double any_number = std::numeric_limits<double>::max();

std::unique_ptr<FeatureSource> opened(const StudySource& source, Diagnostics& diagnostics) {
    return io::open_features(source.path, source.options, diagnostics);
}

/// The equal-area CRS of the layer's own extent.
Crs automatic_crs(const std::vector<Feature>& features, const FeatureSource& source) {
    Box extent;
    for (const Feature& feature : features)
        extent.add(envelope(feature.geometry));
    if (!source.crs()) throw Error(ErrorKind::input, {"layer.no_geometry"_msg, {}}, source.locus());
    if (extent.empty()) throw Error(ErrorKind::input, {"regions.none"_msg, {}}, source.locus());
    return equal_area_crs(*source.crs(), extent);
}

std::vector<Feature> all_of(FeatureSource& source) {
    std::vector<Feature> features;
    Feature feature;
    while (source.next(feature))
        features.push_back(feature);
    return features;
}

regions::Answer answer(const FeatureAttributes& attributes, const Feature& feature, const Attribute& attribute) {
    const std::string word = attributes.text(feature, attribute);
    if (word == "yes") return regions::Answer::yes;
    if (word == "no") return regions::Answer::no;
    if (word.empty() || word == "unknown") return regions::Answer::unknown;
    throw Error(ErrorKind::input, {"layer.word_unknown"_msg, {{"text", word}, {"words", "yes, no, unknown"}}},
                attributes.place(feature, {}, attribute.name));
}

std::string region_of(const Geometry& place, const regions::RegionSet& regions) {
    std::optional<Point> point;
    if (const auto* points = std::get_if<Points>(&place); points != nullptr && !points->parts.empty()) {
        point = points->parts.front();
    } else if (const auto* lines = std::get_if<Lines>(&place); lines != nullptr && !lines->parts.empty()) {
        const LineString& line = lines->parts.front();
        if (!line.empty()) point = line[line.size() / 2];
    } else if (const auto* polygons = std::get_if<MultiPolygon>(&place); polygons != nullptr && !polygons->empty()) {
        point = interior_point(*polygons);
    }
    const auto found = point ? regions.region_at(*point) : std::nullopt;
    return found ? regions.regions()[*found].id : std::string();
}

void refuse_duplicates(std::vector<regions::EradicationEvent>& events, const Locus& source) {
    std::ranges::stable_sort(events, {}, &regions::EradicationEvent::id);
    const auto twin = std::ranges::adjacent_find(events, {}, &regions::EradicationEvent::id);
    if (twin == events.end()) return;
    throw Error(ErrorKind::input, {"eradication.id_duplicate"_msg, {{"id", twin->id}}}, source);
}

struct LayerExtent {
    Crs crs;
    Box box;
};

LayerExtent extent_of(const StudySource& layer, Diagnostics& diagnostics) {
    const auto source = opened(layer, diagnostics);
    if (!source->crs()) throw Error(ErrorKind::input, {"layer.no_geometry"_msg, {}}, source->locus());
    LayerExtent extent{*source->crs(), {}};
    Feature feature;
    while (source->next(feature))
        extent.box.add(envelope(feature.geometry));
    if (extent.box.empty()) throw Error(ErrorKind::input, {"surveys.empty"_msg, {}}, source->locus());
    return extent;
}

/// One region around everything that the surveys and the register of plots hold or saw, for studies without regions.
regions::RegionSet region_around(const Study& study, Parallelism parallelism, Diagnostics& diagnostics) {
    std::vector<const StudySource*> layers;
    if (study.registered_plots) layers.push_back(&*study.registered_plots);
    for (const StudySurvey& survey : study.surveys) {
        if (survey.plots) layers.push_back(&*survey.plots);
        if (survey.observed) layers.push_back(&*survey.observed);
    }
    std::vector<LayerExtent> extents;
    parallel_ordered<LayerExtent>(
        layers.size(), parallelism, [&](std::size_t i) { return extent_of(*layers[i], diagnostics); },
        [&](std::size_t, LayerExtent&& extent) { extents.push_back(std::move(extent)); });
    Box first = extents.front().box;
    for (const LayerExtent& extent : extents)
        first.add(CrsTransform(extent.crs, extents.front().crs).forward(extent.box));
    const Crs analysis = equal_area_crs(extents.front().crs, first);
    Box all;
    for (const LayerExtent& extent : extents)
        all.add(CrsTransform(extent.crs, analysis).forward(extent.box));
    constexpr double margin = 1000;  // metres: outlines jitter from year to year
    const Box box{{all.min.x - margin, all.min.y - margin}, {all.max.x + margin, all.max.y + margin}};
    regions::Region region;
    region.id = "all";
    region.name = "all";
    const Ring outline{box.min, {box.max.x, box.min.y}, box.max, {box.min.x, box.max.y}, box.min};
    region.geometry = MultiPolygon{Polygon{outline, {}}};
    std::vector<regions::Region> regions{std::move(region)};
    return {std::move(regions), analysis, Locus{}, diagnostics};
}

std::vector<regions::Region> regions_of(const std::vector<Feature>& features, const FeatureAttributes& attributes,
                                        const LayerGeometry& geometry) {
    const Attribute id = attributes.required("id");
    const Attribute name = attributes.required("name");
    const Attribute parent = attributes.optional("parent");
    const Attribute households = attributes.optional("households_total");
    const Attribute official = attributes.optional("area_official_ha");
    std::vector<regions::Region> regions;
    for (const Feature& feature : features) {
        regions::Region region;
        region.id = attributes.text(feature, id);
        auto polygons = geometry.polygons(feature, region.id);
        if (!polygons) continue;
        region.name = attributes.text(feature, name);
        region.parent = attributes.text(feature, parent);
        region.households_total = attributes.number_within(feature, households, 0, any_number);
        if (const auto area = attributes.number_within(feature, official, 0, any_number))
            region.area_official = Hectares(*area);
        region.geometry = *std::move(polygons);
        regions.push_back(std::move(region));
    }
    return regions;
}

}  // namespace

regions::RegionSet read_regions(const Study& study, Parallelism parallelism, Diagnostics& diagnostics) {
    if (study.regions.path.empty()) return region_around(study, parallelism, diagnostics);
    const auto source = opened(study.regions, diagnostics);
    const FeatureAttributes attributes(*source, study.regions);
    const std::vector<Feature> features = all_of(*source);
    const Crs analysis = study.crs ? *study.crs : automatic_crs(features, *source);
    if (analysis.is_geographic()) {
        throw Error(ErrorKind::usage, {"study.crs_geographic"_msg, {{"crs", analysis.label()}}},
                    Locus{study.path, {}, {}, 0, "study.crs"});
    }
    const LayerGeometry geometry(*source, attributes, analysis, diagnostics);
    return {regions_of(features, attributes, geometry), analysis, source->locus(), diagnostics};
}

regions::RegionSet read_boundaries(const StudySource& layer, const Crs& analysis, Diagnostics& diagnostics) {
    const auto source = opened(layer, diagnostics);
    const FeatureAttributes attributes(*source, layer);
    const LayerGeometry geometry(*source, attributes, analysis, diagnostics);
    return {regions_of(all_of(*source), attributes, geometry), analysis, source->locus(), diagnostics};
}

std::vector<regions::Zone> read_zones(const StudyZones& zones, const Crs& analysis, Diagnostics& diagnostics) {
    const auto source = opened(zones.source, diagnostics);
    const FeatureAttributes attributes(*source, zones.source);
    const Attribute name = attributes.optional("name");
    const Attribute exception_of = attributes.optional("exception_of");
    const Attribute from = attributes.optional("valid_from");
    const Attribute to = attributes.optional("valid_to");
    const LayerGeometry geometry(*source, attributes, analysis, diagnostics);
    std::vector<regions::Zone> result;
    Feature feature;
    while (source->next(feature)) {
        regions::Zone zone;
        zone.kind = zones.kind;
        zone.name = attributes.text(feature, name);
        auto polygons = geometry.polygons(feature, zone.name);
        if (!polygons) continue;
        zone.geometry = *std::move(polygons);
        zone.exception_of = attributes.text(feature, exception_of);
        zone.valid_from = attributes.date(feature, from);
        zone.valid_to = attributes.date(feature, to);
        if (!zone.geometry.empty()) result.push_back(std::move(zone));
    }
    return result;
}

std::vector<regions::EradicationEvent> read_eradication(const StudySource& source, const regions::RegionSet& regions,
                                                        Diagnostics& diagnostics) {
    const auto features = opened(source, diagnostics);
    const FeatureAttributes attributes(*features, source);
    const Attribute id = attributes.required("event_id");
    const Attribute date = attributes.required("date");
    const Attribute kind = attributes.required("kind");
    const Attribute area = attributes.optional("area_ha");
    const Attribute area_sd = attributes.optional("area_sd_ha");
    const Attribute agency = attributes.optional("agency");
    const Attribute verified = attributes.optional("verified");
    const Attribute region = attributes.optional("region_id");
    const Attribute household = attributes.optional("household_id");
    std::optional<LayerGeometry> geometry;
    if (features->crs()) geometry.emplace(*features, attributes, regions.crs(), diagnostics);
    std::vector<regions::EradicationEvent> events;
    Feature feature;
    while (features->next(feature)) {
        regions::EradicationEvent event;
        event.id = attributes.text(feature, id);
        if (event.id.empty())
            throw Error(ErrorKind::input, {"eradication.id_missing"_msg, {}}, attributes.place(feature, {}, id.name));
        const auto day = attributes.date(feature, date);
        if (!day)
            throw Error(ErrorKind::input, {"eradication.date_missing"_msg, {}},
                        attributes.place(feature, event.id, date.name));
        event.date = *day;
        const std::string word = attributes.text(feature, kind);
        const auto known = regions::eradication_kind_named(word);
        if (!known) {
            throw Error(
                ErrorKind::input,
                {"layer.word_unknown"_msg,
                 {{"text", word},
                  {"words", "aerial, manual_forced, conditioned, voluntary, community, unknown, pruned_or_renewed"}}},
                attributes.place(feature, event.id, kind.name));
        }
        event.kind = *known;
        if (geometry) event.place = geometry->moved(feature, event.id);
        if (const auto value = attributes.number_within(feature, area, 0, any_number))
            event.reported = Hectares(*value);
        if (const auto value = attributes.number_within(feature, area_sd, 0, any_number))
            event.reported_sd = Hectares(*value);
        event.agency = attributes.text(feature, agency);
        event.verified = answer(attributes, feature, verified);
        event.region_id = attributes.text(feature, region);
        event.household_id = attributes.text(feature, household);
        if (event.region_id.empty()) event.region_id = region_of(event.place, regions);
        events.push_back(std::move(event));
    }
    refuse_duplicates(events, features->locus());
    return events;
}

}  // namespace vereda::app
