#include "app/feature_attributes.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <cmath>

#include "geo/nearest_name.hpp"
#include "geo/text_table.hpp"

namespace vereda::app {

using namespace geo;

namespace {

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

FeatureAttributes::FeatureAttributes(const FeatureSource& features, const StudySource& source)
    : schema_(features.schema()), source_(source), locus_(features.locus()) {}

Attribute FeatureAttributes::optional(std::string_view name) const {
    const auto mapped = source_.columns.find(name);
    if (mapped != source_.columns.end()) return required(name);
    return {schema_.find(name), std::string(name)};
}

Attribute FeatureAttributes::required(std::string_view name) const {
    const auto mapped = source_.columns.find(name);
    const std::string field = mapped == source_.columns.end() ? std::string(name) : mapped->second;
    if (const auto position = schema_.find(field)) return {position, field};
    std::vector<std::string> fields;
    for (const Field& candidate : schema_.fields)
        fields.push_back(candidate.name);
    if (fields.empty())
        throw Error(ErrorKind::input, {"layer.fieldless"_msg, {{"field", field}, {"column", std::string(name)}}},
                    locus_);
    if (const auto nearest = nearest_name(field, fields)) {
        throw Error(ErrorKind::input,
                    {"layer.field_missing_nearest"_msg,
                     {{"field", field}, {"nearest", *nearest}, {"column", std::string(name)}}},
                    locus_);
    }
    throw Error(
        ErrorKind::input,
        {"layer.field_missing"_msg,
         {{"field", field}, {"column", std::string(name)}, {"fields", fmt::format("{}", fmt::join(fields, ", "))}}},
        locus_);
}

Locus FeatureAttributes::place(const Feature& feature, const std::string& id, const std::string& field) const {
    Locus place = locus_;
    place.feature = id.empty() ? std::to_string(feature.number) : id;
    place.field = field;
    return place;
}

Error FeatureAttributes::unreadable(const Feature& feature, const Attribute& attribute, MessageId id) const {
    return {ErrorKind::input, {id, {{"text", text(feature, attribute)}}}, place(feature, {}, attribute.name)};
}

std::string FeatureAttributes::text(const Feature& feature, const Attribute& attribute) const {
    if (!attribute.position) return {};
    return std::string(trimmed(to_text(feature.values[*attribute.position])));
}

std::optional<double> FeatureAttributes::number(const Feature& feature, const Attribute& attribute) const {
    if (!attribute.position) return std::nullopt;
    const Value& value = feature.values[*attribute.position];
    if (const auto* real = std::get_if<double>(&value)) {
        if (!std::isfinite(*real)) throw unreadable(feature, attribute, "layer.not_a_number"_msg);
        return *real;
    }
    if (const auto* integer = std::get_if<std::int64_t>(&value)) return static_cast<double>(*integer);
    try {
        return parse_number(text(feature, attribute), source_.options.decimal.value_or(DecimalMark::point));
    } catch (const Error&) {
        throw unreadable(feature, attribute, "layer.not_a_number"_msg);
    }
}

std::optional<double> FeatureAttributes::number_within(const Feature& feature, const Attribute& attribute, double lo,
                                                       double hi) const {
    const auto value = number(feature, attribute);
    if (value && (*value < lo || *value > hi)) {
        throw Error(
            ErrorKind::input,
            {"layer.out_of_range"_msg,
             {{"value", fmt::format("{}", *value)}, {"lo", fmt::format("{}", lo)}, {"hi", fmt::format("{}", hi)}}},
            place(feature, {}, attribute.name));
    }
    return value;
}

std::optional<long long> FeatureAttributes::integer(const Feature& feature, const Attribute& attribute) const {
    const auto value = number(feature, attribute);
    if (!value) return std::nullopt;
    if (std::floor(*value) != *value || std::abs(*value) > 1e15)
        throw unreadable(feature, attribute, "layer.not_an_integer"_msg);
    return static_cast<long long>(*value);
}

std::optional<Date> FeatureAttributes::date(const Feature& feature, const Attribute& attribute) const {
    if (!attribute.position) return std::nullopt;
    if (const auto* date = std::get_if<Date>(&feature.values[*attribute.position])) return *date;
    const std::string written = text(feature, attribute);
    if (written.empty()) return std::nullopt;
    if (const auto date = parse_date(written, source_.options.date_order)) return date;
    throw Error(ErrorKind::input, date_unreadable(written, source_.options.date_order),
                place(feature, {}, attribute.name));
}

}  // namespace vereda::app
