/// Attributes of features as typed values, by our column names or the study's map of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/study.hpp"
#include "geo/error.hpp"
#include "geo/feature.hpp"

namespace vereda::app {

/// A column of a layer; without a position every value is unknown.
struct Attribute {
    std::optional<std::size_t> position;
    std::string name;  ///< the file's
};

/// Binds columns of one layer and reads its features. Every error names file, layer, feature and field.
class FeatureAttributes {
  public:
    FeatureAttributes(const geo::FeatureSource& features, const StudySource& source);

    /// Error(input, "layer.field_missing" or "…_nearest") where the layer does not have it.
    [[nodiscard]] Attribute required(std::string_view name) const;
    /// Error(input) only where the study maps the name to a field that the layer does not have.
    [[nodiscard]] Attribute optional(std::string_view name) const;

    /// Trimmed; integers keep every digit; empty: unknown.
    [[nodiscard]] std::string text(const geo::Feature& feature, const Attribute& attribute) const;
    [[nodiscard]] std::optional<double> number(const geo::Feature& feature, const Attribute& attribute) const;
    /// Error(input, "layer.out_of_range") outside [lo, hi].
    [[nodiscard]] std::optional<double> number_within(const geo::Feature& feature, const Attribute& attribute,
                                                      double lo, double hi) const;
    [[nodiscard]] std::optional<long long> integer(const geo::Feature& feature, const Attribute& attribute) const;
    [[nodiscard]] std::optional<geo::Date> date(const geo::Feature& feature, const Attribute& attribute) const;

    /// Where the feature's value stands. The feature is named by `id` where that is not empty, else by its number.
    [[nodiscard]] geo::Locus place(const geo::Feature& feature, const std::string& id = {},
                                   const std::string& field = {}) const;

  private:
    [[nodiscard]] geo::Error unreadable(const geo::Feature& feature, const Attribute& attribute,
                                        geo::MessageId id) const;

    const geo::Schema& schema_;
    const StudySource& source_;
    geo::Locus locus_;
};

}  // namespace vereda::app
