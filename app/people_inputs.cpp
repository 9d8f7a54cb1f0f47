#include "app/people_inputs.hpp"

#include <algorithm>
#include <system_error>

#include "app/file_reference.hpp"
#include "app/formats/readiness_model_toml.hpp"
#include "app/formats/rule_pack_toml.hpp"
#include "app/formats/toml_reader.hpp"
#include "geo/error.hpp"
#include "geo/io/atomic_file.hpp"
#include "geo/nearest_name.hpp"
#include "livelihoods/panel_check.hpp"
#include "livelihoods/registers.hpp"

namespace vereda::app {

using namespace geo;
namespace fs = std::filesystem;

namespace {

TextTable read_rows(const StudySource& source, const std::set<long>& left_out, Diagnostics& diagnostics) {
    TextTable table = io::read_table(source.path, source.options, diagnostics);
    std::erase_if(table.rows, [&](const TextRow& row) { return left_out.contains(row.line); });
    table.date_order = source.options.date_order;
    return table;
}

CrsTransform to_analysis(const StudySource& source, const Crs& analysis) {
    return {source.options.crs ? *source.options.crs : Crs::wgs84(), analysis};
}

std::string text_of(const fs::path& path, const std::string& written) {
    try {
        return io::read_file(path.string(), TomlDocument::largest_bytes + 1);
    } catch (Error& error) {
        throw Error(error.in_file(written));
    }
}

std::vector<std::string> names_in(const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        if (entry->path().extension() == ".toml") names.push_back(entry->path().stem().string());
    }
    std::ranges::sort(names);
    return names;
}

}  // namespace

PeopleInputs read_people(const StudyPeople& people, const regions::RegionSet& regions, Diagnostics& diagnostics,
                         const std::set<long>& left_out) {
    using namespace livelihoods;
    const auto table_of = [&](const StudySource& source, Diagnostics& found) {
        return read_rows(source, left_out, found);
    };
    PeopleInputs inputs;
    if (const auto& s = people.households) {
        const CrsTransform transform = to_analysis(*s, regions.crs());
        inputs.households = households_from(table_of(*s, diagnostics), s->columns, &transform, diagnostics,
                                            people.regions_told ? RegionColumn::required : RegionColumn::optional);
    }
    if (const auto& s = people.programmes)
        inputs.programmes = programmes_from(table_of(*s, diagnostics), s->columns, diagnostics);
    if (const auto& s = people.deliveries) {
        inputs.deliveries = deliveries_from(table_of(*s, diagnostics), s->columns, inputs.households, diagnostics);
    }
    if (const auto& s = people.incomes) {
        inputs.incomes = incomes_from(table_of(*s, diagnostics), s->columns, inputs.households, diagnostics);
    }
    if (const auto& s = people.prices) inputs.prices = prices_from(table_of(*s, diagnostics), s->columns, diagnostics);
    if (const auto& s = people.indicators)
        inputs.indicators = indicators_from(table_of(*s, diagnostics), s->columns, diagnostics);
    if (const auto& s = people.evidence) {
        inputs.evidence = evidence_from(table_of(*s, diagnostics), s->columns, inputs.households, diagnostics);
    }
    if (const auto& s = people.responsibilities)
        inputs.responsibilities = responsibilities_from(table_of(*s, diagnostics), s->columns);
    if (const auto& s = people.sanctions)
        inputs.sanctions = sanctions_from(table_of(*s, diagnostics), s->columns, inputs.households, diagnostics);
    if (const auto& s = people.incidents) {
        const CrsTransform transform = to_analysis(*s, regions.crs());
        inputs.incidents = incidents_from(table_of(*s, diagnostics), s->columns, &transform, &regions, diagnostics);
    }
    if (const auto& s = people.context) {
        const TextTable table = table_of(*s, diagnostics);
        inputs.context = context_from(table, s->columns, diagnostics);
        std::vector<PublishedTotal> totals;
        if (const auto& t = people.context_totals)
            totals = published_totals_from(table_of(*t, diagnostics), t->columns);
        notice_panel_damage(inputs.context, totals, table.locus, diagnostics);
    }
    return inputs;
}

fs::path named_file(const std::string& written, std::string_view kind, const fs::path& share, const fs::path& folder) {
    if (written.find('/') != std::string::npos || written.ends_with(".toml"))
        return resolved_path(written, folder, false);
    const fs::path path = share / kind / (written + ".toml");
    std::error_code error;
    if (fs::is_regular_file(path, error)) return path;
    const std::vector<std::string> names = names_in(share / kind);
    if (const auto nearest = nearest_name(written, names)) {
        throw Error(ErrorKind::usage, {"pack.unknown_nearest"_msg, {{"name", written}, {"nearest", *nearest}}});
    }
    std::string list;
    for (const std::string& name : names)
        list += (list.empty() ? "" : ", ") + name;
    throw Error(ErrorKind::usage, {"pack.unknown"_msg, {{"name", written}, {"names", list}}});
}

livelihoods::ReadinessModel read_readiness_model(const Study& study, const fs::path& share) {
    try {
        const fs::path path = named_file(study.readiness_model, "readiness", share, study.folder);
        return readiness_model_from_toml(text_of(path, study.readiness_model),
                                         Locus{study.readiness_model, {}, {}, 0, {}});
    } catch (Error& error) {
        if (error.locus().file.empty()) error.in_file(study.path).in_field("readiness.model");
        throw;
    }
}

namespace {

/// The pack's file, and its other versions beside it: NAME@….toml.
std::vector<std::pair<fs::path, std::string>> versions_of(const std::string& written, const Study& study,
                                                          const fs::path& share) {
    const fs::path path = named_file(written, "rules", share, study.folder);
    std::vector<std::pair<fs::path, std::string>> files{{path, written}};
    if (path.parent_path() != share / "rules") return files;
    for (const std::string& name : names_in(share / "rules")) {
        if (name.starts_with(written + "@")) files.emplace_back(share / "rules" / (name + ".toml"), name);
    }
    return files;
}

}  // namespace

std::vector<livelihoods::RulePack> read_rule_packs(const Study& study, const fs::path& share,
                                                   std::span<const std::string> changes) {
    std::vector<livelihoods::RulePack> packs;
    for (const std::string& written : study.rule_packs) {
        try {
            for (const auto& [path, name] : versions_of(written, study, share)) {
                packs.push_back(rule_pack_from_toml(text_of(path, name), Locus{name, {}, {}, 0, {}}, changes));
                if (study.rule_correlation) packs.back().correlation_length = study.rule_correlation;
            }
        } catch (Error& error) {
            if (error.locus().file.empty()) error.in_file(study.path).in_field("rules.packs");
            throw;
        }
    }
    return packs;
}

}  // namespace vereda::app
