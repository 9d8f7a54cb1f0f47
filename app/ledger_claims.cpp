#include "app/ledger_claims.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "geo/error.hpp"

namespace vereda::app {

using namespace geo;
using Json = nlohmann::json;

namespace {

[[noreturn]] void unreadable_place() {
    throw Error(ErrorKind::input, {"ledger.place_unreadable"_msg, {}});
}

Point point_of(const Json& json) {
    return {json.at(0).get<double>(), json.at(1).get<double>()};
}

template <class Line>
Line line_of_points(const Json& json) {
    Line line;
    for (const Json& one : json)
        line.push_back(point_of(one));
    return line;
}

Polygon polygon_of(const Json& json) {
    Polygon polygon;
    for (std::size_t i = 0; i < json.size(); ++i) {
        Ring ring = line_of_points<Ring>(json[i]);
        if (i == 0) {
            polygon.outer = std::move(ring);
        } else {
            polygon.inners.push_back(std::move(ring));
        }
    }
    return polygon;
}

Geometry geometry_of(const Json& json) {
    const std::string type = json.at("type").get<std::string>();
    const Json& places = json.at("coordinates");
    const bool many = type.starts_with("Multi");
    const Json all = many ? places : Json::array({places});
    const std::string kind = many ? type.substr(5) : type;
    if (kind == "Point") {
        Points points;
        for (const Json& one : all)
            points.parts.push_back(point_of(one));
        return points;
    }
    if (kind == "LineString") {
        Lines lines;
        for (const Json& one : all)
            lines.parts.push_back(line_of_points<LineString>(one));
        return lines;
    }
    if (kind != "Polygon") unreadable_place();
    MultiPolygon polygons;
    for (const Json& one : all)
        polygons.push_back(polygon_of(one));
    return polygons;
}

std::optional<Hectares> hectares_in(const evidence::Record& record, std::string_view name) {
    const std::string& text = record.value(name);
    if (text.empty()) return std::nullopt;
    double value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc() || end != text.data() + text.size() || !(value >= 0)) {
        throw Error(ErrorKind::input,
                    {"ledger.hectares_unreadable"_msg, {{"entry", std::to_string(record.entry)}, {"text", text}}});
    }
    return Hectares(value);
}

}  // namespace

Geometry place_of(std::string_view geojson) {
    if (geojson.empty()) return {};
    try {
        return geometry_of(Json::parse(geojson));
    } catch (const Json::exception&) {
        unreadable_place();
    }
}

std::vector<regions::Claim> claims_of(std::span<const evidence::Record> records, const Crs& crs, regions::Crop crop) {
    const CrsTransform transform(Crs::wgs84(), crs);
    std::vector<regions::Claim> claims;
    for (const evidence::Record& record : records) {
        if (record.type != "event") continue;
        const auto day = parse_date(record.value("date"), DateOrder::iso_only);
        if (!day) continue;
        regions::Claim claim;
        claim.id = std::to_string(record.entry);
        claim.date = *day;
        claim.place = transform.forward(place_of(record.value("place")));
        claim.area = hectares_in(record, "area_ha");
        claim.area_sd = hectares_in(record, "area_sd_ha");
        claim.crop = regions::crop_named(record.value("crop")).value_or(crop);
        claims.push_back(std::move(claim));
    }
    return claims;
}

std::vector<evidence::Fields> comparison_records(std::span<const regions::ClaimRow> rows,
                                                 std::span<const evidence::Record> records) {
    std::vector<evidence::Fields> comparisons;
    for (const regions::ClaimRow& row : rows) {
        const auto record = std::ranges::find_if(
            records, [&](const evidence::Record& one) { return std::to_string(one.entry) == row.id; });
        evidence::Fields fields{evidence::field("type", "comparison"),
                                evidence::field("about", evidence::hex(record->leaf)),
                                evidence::field("verdict", std::string(regions::name_of(row.verdict)))};
        const auto add = [&](const std::string& name, const std::optional<Hectares>& area) {
            if (area) fields.emplace_back(evidence::field(name, fmt::format("{:.4f}", area->value())));
        };
        const auto add_interval = [&](const std::string& name, const std::optional<regions::HectareInterval>& area) {
            if (!area) return;
            add(name, area->value);
            add(name + "_lo", area->lo);
            add(name + "_hi", area->hi);
        };
        // A claim that is partly disputed counts as disputed for that part alone.
        const Hectares claimed = row.claimed ? row.claimed->value : Hectares(0);
        const bool less_seen = row.disputed && row.disputed->value.value() > 0;
        const Hectares disputed = less_seen ? std::min(row.disputed->value, claimed) : Hectares(0);
        if (row.verdict == regions::ClaimVerdict::disagree) {
            add("disagree_ha", disputed);
            add("agree_ha", claimed - disputed);
        } else {
            add(std::string(regions::name_of(row.verdict)) + "_ha", claimed);
        }
        add_interval("mapped_ha", row.mapped);
        add_interval("disputed_ha", row.disputed);
        if (row.power) fields.emplace_back(evidence::field("detection_power", fmt::format("{:.4f}", *row.power)));
        comparisons.push_back(std::move(fields));
    }
    return comparisons;
}

}  // namespace vereda::app
