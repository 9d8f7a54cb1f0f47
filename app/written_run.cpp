#include "app/written_run.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "geo/error.hpp"
#include "geo/io/atomic_file.hpp"
#include "geo/io/content_hash.hpp"
#include "geo/io/feature_reader.hpp"
#include "report/tables.hpp"

namespace vereda::app {

using namespace geo;
namespace fs = std::filesystem;

namespace {

using Json = nlohmann::json;

Locus at(const fs::path& path) {
    return {path.string(), {}, {}, 0, {}};
}

/// An object, or null where the text is none.
Json parsed(const std::string& text) {
    Json json = Json::parse(text, nullptr, false);
    return json.is_object() ? json : Json();
}

std::string text_of(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// csv.hpp puts an apostrophe before what a spreadsheet would take for a formula.
std::string without_guard(const std::string& cell) {
    const bool guarded = cell.size() > 1 && cell[0] == '\'' && std::string_view("=+-@").find(cell[1]) < 4;
    return guarded ? cell.substr(1) : cell;
}

Value value_of(const std::string& cell, const report::Column& column) {
    if (cell.empty()) return {};
    switch (column.type) {
        case FieldType::integer: {
            const auto number = parse_integer(cell);
            return number ? Value(std::int64_t{*number}) : Value();
        }
        case FieldType::real: {
            const auto number = parse_number(cell, DecimalMark::point);
            return number ? Value(*number) : Value();
        }
        case FieldType::date: {
            const auto day = parse_date(cell, DateOrder::iso_only);
            return day ? Value(*day) : Value();
        }
        case FieldType::text:
            break;
    }
    return without_guard(cell);
}

const report::TableDeclaration* declaration_named(std::string_view name) {
    const auto declared = report::declared_tables();
    const auto found =
        std::ranges::find_if(declared, [&](const report::TableDeclaration* table) { return table->name == name; });
    return found == declared.end() ? nullptr : *found;
}

report::Table read_back(const fs::path& path, const report::TableDeclaration* declaration) {
    Diagnostics ignored;
    io::SourceOptions options;
    options.decimal = DecimalMark::point;
    const TextTable text = io::read_table(path.string(), options, ignored);
    const bool known = declaration != nullptr && std::ranges::equal(text.columns, declaration->columns, {}, {},
                                                                    [](const report::Column& c) { return c.name; });
    if (!known) throw Error(ErrorKind::integrity, {"report.table_unknown"_msg, {}}, at(path));
    report::Table table{declaration, {}};
    for (const auto& line : text.rows) {
        auto& row = table.rows.emplace_back();
        for (std::size_t i = 0; i < line.cells.size(); ++i)
            row.push_back(value_of(line.cells[i], declaration->columns[i]));
    }
    return table;
}

}  // namespace

std::string WrittenRun::parameter(std::string_view name) const {
    const auto found = std::ranges::find(parameters, name, &std::pair<std::string, std::string>::first);
    return found == parameters.end() ? std::string() : found->second;
}

WrittenRun written_run(const fs::path& folder) {
    const fs::path path = folder / "run.json";
    std::error_code error;
    if (!fs::is_regular_file(path, error)) throw Error(ErrorKind::usage, {"report.no_run"_msg, {}}, at(folder));
    WrittenRun run{folder,
                   io::read_file(path.string()),
                   {},
                   {},
                   {},
                   {},
                   0,
                   fs::is_directory(folder / "public", error),
                   fs::is_directory(folder / "layers", error)};
    const Json json = parsed(run.run_json);
    run.vereda_version = text_of(json, "vereda");
    if (run.vereda_version.empty() || !json.contains("inputs"))
        throw Error(ErrorKind::usage, {"report.no_run"_msg, {}}, at(folder));
    if (json.contains("study") && json["study"].is_object()) run.study_name = text_of(json["study"], "name");
    if (json.contains("seed") && json["seed"].is_number_unsigned()) run.seed = json["seed"].get<unsigned long>();
    for (const Json& input : json["inputs"])
        run.inputs.push_back({text_of(input, "path"), text_of(input, "sha256"), text_of(input, "role")});
    if (json.contains("parameters") && json["parameters"].is_object()) {
        for (const auto& [name, value] : json["parameters"].items()) {
            if (value.is_string()) run.parameters.emplace_back(name, value.get<std::string>());
        }
    }
    return run;
}

std::vector<WrittenTable> written_tables(const WrittenRun& run) {
    const fs::path folder = run.folder / "tables";
    const Json package = parsed(io::read_file((folder / "datapackage.json").string()));
    std::vector<WrittenTable> tables;
    for (const Json& resource : package.value("resources", Json::array())) {
        const std::string name = text_of(resource, "path");
        const fs::path path = folder / name;
        if (name.empty() || fs::path(name).filename() != fs::path(name)) {
            throw Error(ErrorKind::integrity, {"report.table_unknown"_msg, {}}, at(folder / "datapackage.json"));
        }
        const std::string hash = io::sha256_of_file(path.string());
        if (text_of(resource, "hash") != "sha256:" + hash)
            throw Error(ErrorKind::integrity, {"report.table_changed"_msg, {}}, at(path));
        const auto bytes = static_cast<std::size_t>(fs::file_size(path));
        tables.push_back({read_back(path, declaration_named(text_of(resource, "name"))), name, hash, bytes});
    }
    return tables;
}

std::vector<report::OutputFile> files_in(const fs::path& folder) {
    std::vector<report::OutputFile> files;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
        const std::string name = fs::relative(entry.path(), folder).generic_string();
        const bool left_out = name == "run.log.json" || entry.path().filename().string().starts_with(".");
        if (left_out || entry.is_symlink() || !entry.is_regular_file()) continue;
        files.push_back({name, io::sha256_of_file(entry.path().string())});
    }
    std::ranges::sort(files, {}, &report::OutputFile::path);
    return files;
}

}  // namespace vereda::app
