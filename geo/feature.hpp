/// Features with typed attributes, and the seam through which they arrive: lazily from a file, or from memory.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "geo/crs.hpp"
#include "geo/date.hpp"
#include "geo/geometry.hpp"
#include "geo/message.hpp"

namespace vereda::geo {

/// monostate is "unknown": an empty cell is never zero.
using Value = std::variant<std::monostate, std::int64_t, double, std::string, Date>;

enum class FieldType { integer, real, text, date };

struct Field {
    std::string name;
    FieldType type = FieldType::text;
};

struct Schema {
    std::vector<Field> fields;
    /// Position of the field with exactly this name, or nullopt.
    [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;
};

struct Feature {
    std::int64_t number = 0;  ///< the feature's own number in its file (FID), for messages
    Geometry geometry;
    std::vector<Value> values;  ///< one per field of the schema
};

/// Text of a value as a user would write it; empty for unknown. Integers keep every digit.
[[nodiscard]] std::string to_text(const Value& value);

/// One pass over the features of a layer.
class FeatureSource {
  public:
    FeatureSource() = default;
    FeatureSource(const FeatureSource&) = delete;
    FeatureSource& operator=(const FeatureSource&) = delete;
    virtual ~FeatureSource() = default;

    [[nodiscard]] virtual const Schema& schema() const = 0;
    /// The layer's CRS; nullopt only for layers without geometry (plain tables). A layer of geometries whose CRS is
    /// missing is refused by the reader.
    [[nodiscard]] virtual const std::optional<Crs>& crs() const = 0;
    /// file and layer, for messages
    [[nodiscard]] virtual const Locus& locus() const = 0;
    /// Number of features where it is known without reading them.
    [[nodiscard]] virtual std::optional<std::int64_t> size() const = 0;
    /// Fills `feature` with the next one; false at the end. Throws Error(input) for a record that cannot be read.
    virtual bool next(Feature& feature) = 0;
};

/// The in-memory twin, for tests and for simulate.
class MemoryFeatureSource final : public FeatureSource {
  public:
    MemoryFeatureSource(Schema schema, std::optional<Crs> crs, std::vector<Feature> features, Locus locus = {});
    [[nodiscard]] const Schema& schema() const override { return schema_; }
    [[nodiscard]] const std::optional<Crs>& crs() const override { return crs_; }
    [[nodiscard]] const Locus& locus() const override { return locus_; }
    [[nodiscard]] std::optional<std::int64_t> size() const override;
    bool next(Feature& feature) override;

  private:
    Schema schema_;
    std::optional<Crs> crs_;
    std::vector<Feature> features_;
    Locus locus_;
    std::size_t position_ = 0;
};

}  // namespace vereda::geo
