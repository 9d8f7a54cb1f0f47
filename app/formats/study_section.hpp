/// One section of the study file, read key by key against its declarations; faults are collected, not thrown.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/formats/toml_reader.hpp"
#include "app/study.hpp"
#include "app/study_keys.hpp"
#include "geo/error.hpp"

namespace vereda::app {

/// What all sections of one reading share.
struct StudyContext {
    std::filesystem::path folder;
    bool allow_references = false;
    std::vector<geo::Error> problems;
};

/// Every getter answers nullopt (or empty) for an absent key and after a fault, which it has then written down. Asking
/// for a key that app/study_keys does not declare is a bug: Error(internal).
class StudySectionReader {
  public:
    StudySectionReader(std::string_view section, TomlTable table, StudyContext& context)
        : section_(section), table_(std::move(table)), context_(&context) {}

    /// Absent keys answer their declared default.
    [[nodiscard]] std::optional<std::string> text(std::string_view name);
    [[nodiscard]] std::vector<std::string> texts(std::string_view name);
    [[nodiscard]] std::optional<long long> integer(std::string_view name);
    [[nodiscard]] std::vector<long long> integers(std::string_view name);
    [[nodiscard]] std::optional<double> number(std::string_view name);
    [[nodiscard]] std::optional<geo::Date> date(std::string_view name);
    /// nullopt for "auto" too.
    [[nodiscard]] std::optional<geo::Crs> crs(std::string_view name);
    [[nodiscard]] std::optional<StudySource> file(std::string_view name);
    [[nodiscard]] std::optional<StudyRaster> raster(std::string_view name);

    /// Whether the key holds a plain text that names a raster, for keys that take layers and rasters alike.
    [[nodiscard]] bool holds_raster(std::string_view name) const;

    [[nodiscard]] bool has(std::string_view name) const { return table_.has(name); }
    [[nodiscard]] geo::Locus place(std::string_view name) const { return table_.place(name); }
    [[nodiscard]] geo::Locus place() const { return table_.place(); }
    void problem(geo::Error error) { context_->problems.push_back(std::move(error)); }
    /// Marks every declared key as known, so that TomlTable::unknown_keys() complains of the others alone.
    void ask_for_all();

  private:
    [[nodiscard]] const StudyKey& key(std::string_view name) const;
    /// Runs `read`, keeps what it throws as a problem at the key.
    template <class Read>
    auto guarded(std::string_view name, Read&& read) -> decltype(read(key(name)));
    void check_present(const StudyKey& key);
    void check_range(const StudyKey& key, double value) const;
    void check_choice(const StudyKey& key, const std::string& value) const;
    void read_source_options(const TomlTable& table, const StudyKey& key, StudySource& source);

    std::string section_;
    TomlTable table_;
    StudyContext* context_;
};

}  // namespace vereda::app
