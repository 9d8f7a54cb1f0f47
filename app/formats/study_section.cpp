#include "app/formats/study_section.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <charconv>

#include "app/file_reference.hpp"
#include "app/input_tables.hpp"
#include "geo/nearest_name.hpp"

namespace vereda::app {

using namespace geo;

namespace {

template <class Number>
Number default_number(const StudyKey& key) {
    Number number{};
    std::from_chars(key.default_text.data(), key.default_text.data() + key.default_text.size(), number);
    return number;
}

void add_place(Error& error, const Locus& place) {
    error.in_file(place.file);
    if (error.locus().file == place.file) error.at_line(place.line);
    error.in_field(place.field);
}

void check_column_map(const StudyKey& key, const StudySource& source, const Locus& place) {
    const std::vector<std::string> valid = column_names(input_table(key.table));
    for (const auto& [ours, theirs] : source.columns) {
        if (std::ranges::find(valid, ours) != valid.end()) continue;
        const std::string nearest = nearest_name(ours, valid).value_or("");
        if (nearest.empty()) {
            throw Error(ErrorKind::usage,
                        {"study.column_unknown"_msg, {{"column", ours}, {"table", std::string(key.table)}}}, place);
        }
        throw Error(ErrorKind::usage,
                    {"study.column_unknown_nearest"_msg,
                     {{"column", ours}, {"table", std::string(key.table)}, {"nearest", nearest}}},
                    place);
    }
}

/// One wrong option must not leave those behind it unasked, as if nobody knew them.
void ask_for_options(const TomlTable& table) {
    for (const StudyKey& option : source_option_keys()) {
        try {
            if (option.type != KeyType::columns) {
                static_cast<void>(table.text(option.name));
            } else if (const auto columns = table.table(option.name)) {
                for (const std::string& ours : columns->keys())
                    static_cast<void>(columns->text(ours));
            }
        } catch (const Error&) {
            continue;  // The option's own reader judges its value.
        }
    }
}

}  // namespace

const StudyKey& StudySectionReader::key(std::string_view name) const {
    for (const StudyKey& declared : study_keys()) {
        if (declared.section == section_ && declared.name == name) return declared;
    }
    throw Error(ErrorKind::internal,
                {"internal.parameter_undeclared"_msg, {{"name", section_ + "." + std::string(name)}}});
}

template <class Read>
auto StudySectionReader::guarded(std::string_view name, Read&& read) -> decltype(read(key(name))) {
    const StudyKey& declared = key(name);
    try {
        check_present(declared);
        return read(declared);
    } catch (Error& error) {
        add_place(error, table_.place(name));
        context_->problems.push_back(error);
        return {};
    }
}

void StudySectionReader::check_present(const StudyKey& key) {
    if (key.required && !table_.has(key.name)) {
        throw Error(ErrorKind::usage,
                    {"study.key_missing"_msg, {{"key", std::string(key.name)}, {"section", section_}}}, table_.place());
    }
}

void StudySectionReader::check_range(const StudyKey& key, double value) const {
    if ((!key.least || value >= *key.least) && (!key.most || value <= *key.most)) return;
    const std::string range = key.least && key.most ? fmt::format("{} … {}", *key.least, *key.most)
                              : key.least           ? fmt::format("≥ {}", *key.least)
                                                    : fmt::format("≤ {}", *key.most);
    throw Error(ErrorKind::usage, {"study.out_of_range"_msg, {{"value", fmt::format("{}", value)}, {"range", range}}});
}

void StudySectionReader::check_choice(const StudyKey& key, const std::string& value) const {
    if (key.choices.empty() || std::ranges::find(key.choices, value) != key.choices.end()) return;
    throw Error(ErrorKind::usage, {"study.not_a_choice"_msg,
                                   {{"value", value}, {"choices", fmt::format("{}", fmt::join(key.choices, ", "))}}});
}

std::optional<std::string> StudySectionReader::text(std::string_view name) {
    return guarded(name, [&](const StudyKey& declared) -> std::optional<std::string> {
        std::optional<std::string> value = table_.text(name);
        if (!value && !declared.default_text.empty()) value = std::string(declared.default_text);
        if (value && value->empty()) throw Error(ErrorKind::usage, {"study.empty"_msg, {}});
        if (value) check_choice(declared, *value);
        return value;
    });
}

std::vector<std::string> StudySectionReader::texts(std::string_view name) {
    return guarded(name, [&](const StudyKey& declared) {
        std::vector<std::string> values = table_.texts(name);
        if (declared.required && values.empty()) throw Error(ErrorKind::usage, {"study.empty"_msg, {}});
        for (const std::string& value : values)
            check_choice(declared, value);
        return values;
    });
}

std::optional<long long> StudySectionReader::integer(std::string_view name) {
    return guarded(name, [&](const StudyKey& declared) -> std::optional<long long> {
        std::optional<long long> value = table_.integer(name);
        if (!value && !declared.default_text.empty()) value = default_number<long long>(declared);
        if (value) check_range(declared, static_cast<double>(*value));
        return value;
    });
}

std::vector<long long> StudySectionReader::integers(std::string_view name) {
    return guarded(name, [&](const StudyKey& declared) {
        std::vector<long long> values = table_.integers(name);
        if (declared.required && values.empty()) throw Error(ErrorKind::usage, {"study.empty"_msg, {}});
        for (const long long value : values)
            check_range(declared, static_cast<double>(value));
        return values;
    });
}

std::optional<double> StudySectionReader::number(std::string_view name) {
    return guarded(name, [&](const StudyKey& declared) -> std::optional<double> {
        std::optional<double> value = table_.number(name);
        if (!value && !declared.default_text.empty()) value = default_number<double>(declared);
        if (value) check_range(declared, *value);
        return value;
    });
}

std::optional<Date> StudySectionReader::date(std::string_view name) {
    return guarded(name, [&](const StudyKey&) { return table_.date(name); });
}

std::optional<Crs> StudySectionReader::crs(std::string_view name) {
    return guarded(name, [&](const StudyKey&) -> std::optional<Crs> {
        const std::optional<std::string> value = table_.text(name);
        if (!value || *value == "auto") return std::nullopt;
        return Crs::parse(*value);
    });
}

void StudySectionReader::read_source_options(const TomlTable& table, const StudyKey& key, StudySource& source) {
    ask_for_options(table);
    if (auto layer = table.text("layer")) source.options.layer = *layer;
    if (auto where = table.text("where")) source.options.where = *where;
    if (auto encoding = table.text("encoding")) source.options.encoding = *encoding;
    if (auto crs = table.text("crs")) source.options.crs = Crs::parse(*crs);
    if (auto decimal = table.text("decimal")) {
        check_choice(source_option_keys()[5], *decimal);
        source.options.decimal = *decimal == "," ? DecimalMark::comma : DecimalMark::point;
    }
    if (auto order = table.text("date_order")) {
        check_choice(source_option_keys()[6], *order);
        source.options.date_order = *order == "dmy" ? DateOrder::day_month_year : DateOrder::iso_only;
    }
    if (auto columns = table.table("columns")) {
        for (const std::string& ours : columns->keys())
            source.columns[ours] = columns->required_text(ours);
        check_column_map(key, source, table.place("columns"));
    }
}

std::optional<StudySource> StudySectionReader::file(std::string_view name) {
    return guarded(name, [&](const StudyKey& declared) -> std::optional<StudySource> {
        if (!table_.has(name)) return std::nullopt;
        StudySource source;
        source.key = section_ + "." + std::string(name);
        source.place = table_.place(name);
        source.options.allow_references = context_->allow_references;
        std::optional<TomlTable> detailed;
        try {
            source.written = table_.text(name).value_or("");
        } catch (const Error&) {
            detailed = table_.table(name);
            source.written = detailed->required_text("source");
        }
        const auto section = std::ranges::find(study_sections(), section_, &StudySection::name);
        if (section != study_sections().end() && section->main_file == name)
            read_source_options(table_, declared, source);
        if (detailed) read_source_options(*detailed, declared, source);
        source.path = resolved_path(source.written, context_->folder, context_->allow_references);
        return source;
    });
}

std::optional<StudyRaster> StudySectionReader::raster(std::string_view name) {
    return guarded(name, [&](const StudyKey&) -> std::optional<StudyRaster> {
        const std::optional<std::string> written = table_.text(name);
        if (!written) return std::nullopt;
        StudyRaster raster{raster::io::parse_band_reference(*written), *written, section_ + "." + std::string(name),
                           table_.place(name)};
        raster.band.path = resolved_path(raster.band.path, context_->folder, context_->allow_references);
        return raster;
    });
}

bool StudySectionReader::holds_raster(std::string_view name) const {
    try {
        return names_raster(table_.text(name).value_or(""));
    } catch (const Error&) {
        return false;  // Not a text: the reader of layers judges it.
    }
}

void StudySectionReader::ask_for_all() {
    for (const StudyKey* declared : keys_of_section(section_)) {
        try {
            static_cast<void>(table_.text(declared->name));
        } catch (const Error&) {
            continue;  // Asked for is all it has to be: the key's own reader has judged its value.
        }
    }
}

}  // namespace vereda::app
