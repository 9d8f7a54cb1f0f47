#include "geo/feature.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace vereda::geo {

std::optional<std::size_t> Schema::find(std::string_view name) const {
    const auto it = std::ranges::find(fields, name, &Field::name);
    if (it == fields.end()) return std::nullopt;
    return static_cast<std::size_t>(it - fields.begin());
}

std::string to_text(const Value& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) return fmt::format("{}", *integer);
    if (const auto* real = std::get_if<double>(&value)) return fmt::format("{}", *real);
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* date = std::get_if<Date>(&value)) return to_iso(*date);
    return {};
}

MemoryFeatureSource::MemoryFeatureSource(Schema schema, std::optional<Crs> crs, std::vector<Feature> features,
                                         Locus locus)
    : schema_(std::move(schema)), crs_(std::move(crs)), features_(std::move(features)), locus_(std::move(locus)) {}

std::optional<std::int64_t> MemoryFeatureSource::size() const {
    return static_cast<std::int64_t>(features_.size());
}

bool MemoryFeatureSource::next(Feature& feature) {
    if (position_ == features_.size()) return false;
    feature = features_[position_++];
    return true;
}

}  // namespace vereda::geo
