#include "app/place_inputs.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "app/feature_attributes.hpp"
#include "geo/io/feature_reader.hpp"

namespace vereda::app {

using namespace geo;

namespace {

void read_layer(const StudySource& source, const char* kind_where_missing, const Crs& analysis,
                Diagnostics& diagnostics, std::vector<PlacedService>& places) {
    const auto features = io::open_features(source.path, source.options, diagnostics);
    const FeatureAttributes attributes(*features, source);
    const Attribute kind = attributes.optional("kind");
    const Attribute name = attributes.optional("name");
    const Attribute capacity = attributes.optional("capacity");
    const CrsTransform to_analysis(features->crs() ? *features->crs() : Crs::wgs84(), analysis);
    Feature feature;
    while (features->next(feature)) {
        PlacedService place;
        place.service.kind = attributes.text(feature, kind);
        if (place.service.kind.empty()) place.service.kind = kind_where_missing;
        place.service.name = attributes.text(feature, name);
        if (place.service.name.empty()) place.service.name = std::to_string(feature.number);
        place.service.capacity = attributes.number_within(feature, capacity, 0, std::numeric_limits<double>::max());
        const auto* points = std::get_if<Points>(&feature.geometry);
        if (points == nullptr || points->parts.size() != 1) {
            diagnostics.add({Severity::warning, {"places.no_point"_msg, {}}, attributes.place(feature)});
            continue;
        }
        place.point = to_analysis.forward(points->parts.front());
        places.push_back(std::move(place));
    }
}

}  // namespace

std::vector<PlacedService> read_places(const StudyPlaces& places, const Crs& analysis, Diagnostics& diagnostics) {
    std::vector<PlacedService> read;
    if (places.markets) read_layer(*places.markets, "market", analysis, diagnostics, read);
    if (places.services) read_layer(*places.services, "service", analysis, diagnostics, read);
    std::ranges::stable_sort(
        read, {}, [](const PlacedService& place) { return std::tie(place.service.kind, place.service.name); });
    return read;
}

}  // namespace vereda::app
