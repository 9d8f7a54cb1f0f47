#include "app/replication_bundle.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "geo/error.hpp"
#include "geo/io/zip_writer.hpp"
#include "report/safe_text.hpp"

namespace vereda::app {

using namespace geo;
namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

std::string repeat_line(const WrittenRun& run) {
    std::string line = fmt::format("vereda run study.toml -o OUT --seed {}", run.seed);
    if (run.parameter("allow_references") == "yes") line += " --allow-references";
    return run.has_public ? line + " --audience public" : line;
}

Json versions_of(const WrittenRun& run) {
    const Json json = Json::parse(run.run_json, nullptr, false);
    return json.is_object() && json.contains("libraries") ? json["libraries"] : Json::object();
}

std::string manifest(const WrittenRun& run, const std::vector<report::OutputFile>& outputs, bool public_only) {
    Json json;
    json["vereda"] = run.vereda_version;
    json["libraries"] = versions_of(run);
    json["study"] = run.study_name;
    json["edition"] = public_only ? "public" : "internal";
    json["repeat"] = repeat_line(run);
    json["inputs"] = Json::array();
    for (const report::InputFile& input : run.inputs) {
        Json entry{{"role", input.role}};
        if (!public_only) entry["path"] = input.path;
        entry["sha256"] = input.sha256;
        json["inputs"].push_back(entry);
    }
    json["outputs"] = Json::array();
    for (const report::OutputFile& file : outputs)
        json["outputs"].push_back({{"path", "outputs/" + file.path}, {"sha256", file.sha256}});
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

void write_bundle(const WrittenRun& run, const std::string& target, bool public_only, const Session& session) {
    if (public_only && !run.has_public)
        throw Error(ErrorKind::usage, {"report.no_public"_msg, {}}, Locus{run.folder.string(), {}, {}, 0, {}});
    std::vector<report::OutputFile> outputs = files_in(run.folder);
    std::erase_if(outputs, [&](const report::OutputFile& file) {
        return file.path == "study.toml" || (public_only && !file.path.starts_with("public/"));
    });
    const report::Catalogue& words = session.messages.catalogue();
    const std::string readme = fmt::format(
        "{}\n\n{}\n\n{}\n\n{}\n\n  {}\n\n{}\n", words.text(public_only ? "edition.public"_msg : "edition.internal"_msg),
        words.text("bundle.title"_msg, {{"study", report::shortened(report::safe_text(run.study_name), 200)}}),
        words.text("bundle.contents"_msg), words.text("bundle.repeat"_msg), repeat_line(run),
        words.text("bundle.same"_msg));
    std::vector<io::ZipEntry> entries{{"README.txt", "", readme},
                                      {"bundle.json", "", manifest(run, outputs, public_only)}};
    const fs::path study = run.folder / "study.toml";
    std::error_code error;
    if (!public_only && fs::is_regular_file(study, error)) entries.push_back({"study.toml", study.string()});
    for (const report::OutputFile& file : outputs)
        entries.push_back({"outputs/" + file.path, (run.folder / file.path).string()});
    io::write_zip(target, entries);
}

}  // namespace vereda::app
