/// Places and answers as phones, apps and tally sheets give them.
///
/// GPX (tracks, routes and waypoints, each a feature; a track that ends where it began is a walked outline), KML,
/// GeoJSON, GeoPackage and what else the readers know, of every layer that holds something; CoMapeo, ODK and KoBo
/// exports as GeoJSON or CSV (geopoint, geotrace and geoshape answers, latitude and longitude columns of any prefix);
/// tables without any place.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "geo/diagnostic.hpp"
#include "geo/geometry.hpp"
#include "geo/quantity.hpp"

namespace vereda::app {

struct PhoneFeature {
    geo::Geometry place;                         ///< longitude, latitude, WGS 84; nothing where none is told
    bool walked = false;                         ///< an outline that somebody walked with the device
    std::optional<geo::Metres> accuracy;         ///< as the device told it
    std::map<std::string, std::string> answers;  ///< by plain_name(), as written; empty ones are left out
    geo::Locus locus;
};

/// In the order of the file. Throws as geo::io::open_features and read_table do; Error(input, "ledger.geopoint") for an
/// answer that should be a place and is none.
[[nodiscard]] std::vector<PhoneFeature> read_phone_file(const std::string& path, geo::Diagnostics& diagnostics);

/// Name of a question without group, accents, case and signs: "grupo/Área (ha)" is "area_ha".
[[nodiscard]] std::string plain_name(std::string_view name);

}  // namespace vereda::app
