#include "app/commands/doctor.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <ostream>
#include <thread>

#include "app/formats/readiness_model_toml.hpp"
#include "app/formats/rule_pack_toml.hpp"
#include "app/messages.hpp"
#include "app/version.hpp"
#include "geo/crs.hpp"
#include "geo/error.hpp"
#include "geo/io/atomic_file.hpp"
#include "geo/io/libraries.hpp"

namespace vereda::app {

using namespace geo;
namespace fs = std::filesystem;

namespace {

constexpr unsigned long long mebibyte = 1ULL << 20;
constexpr const char* reinstall = "sudo apt-get install --reinstall vereda";

/// One thing that vereda needs, whether it is there, and the command that mends it where it is not.
struct Finding {
    std::string what;
    bool there = true;
    std::string mend;
};

std::vector<Finding> driver_findings() {
    std::vector<Finding> findings;
    for (const auto& [driver, there] : io::format_drivers())
        findings.push_back({driver, there, "sudo apt-get install --reinstall libgdal-dev gdal-bin"});
    return findings;
}

/// Whether a projection that needs PROJ's database can be made and used.
Finding projection_finding() {
    Finding finding{"EPSG:9377", false, "sudo apt-get install --reinstall proj-data proj-bin"};
    try {
        const CrsTransform transform(Crs::parse("EPSG:9377"), Crs::wgs84());
        finding.there = std::abs(transform.forward(Point{5'000'000, 2'000'000}).x + 73) < 1e-6;
    } catch (const Error&) {
        finding.there = false;
    }
    return finding;
}

template <class Read>
void read_each(const fs::path& folder, std::vector<Finding>& findings, Read read) {
    std::error_code error;
    std::vector<fs::path> files;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
        if (entry.path().extension() == ".toml" && entry.path().stem() != "template") files.push_back(entry.path());
    }
    std::ranges::sort(files);
    for (const fs::path& file : files) {
        Finding finding{file.parent_path().filename().string() + "/" + file.filename().string(), true, reinstall};
        try {
            read(file);
        } catch (const Error&) {
            finding.there = false;
        }
        findings.push_back(std::move(finding));
    }
}

/// What share/vereda should hold: the words of both languages, models and rule packs that can be read, map styles.
std::vector<Finding> share_findings(const fs::path& share) {
    std::vector<Finding> findings;
    for (const Language language : {Language::english, Language::spanish}) {
        const std::string name = "lang/" + std::string(code_of(language)) + ".json";
        Finding finding{name, true, reinstall};
        try {
            (void)load_catalogue(share, language);
        } catch (const Error&) {
            finding.there = false;
        }
        findings.push_back(std::move(finding));
    }
    read_each(share / "readiness", findings, [](const fs::path& file) {
        (void)readiness_model_from_toml(io::read_file(file.string()), Locus{file.string(), {}, {}, 0, {}});
    });
    read_each(share / "rules", findings, [](const fs::path& file) {
        (void)rule_pack_from_toml(io::read_file(file.string()), Locus{file.string(), {}, {}, 0, {}});
    });
    return findings;
}

nlohmann::ordered_json json_of(const std::vector<Finding>& findings) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const Finding& finding : findings)
        list.push_back({{"name", finding.what}, {"there", finding.there}});
    return list;
}

void print_json(const std::vector<Finding>& drivers, const std::vector<Finding>& others, const Session& session) {
    nlohmann::ordered_json json{{"vereda", version()}, {"share", session.share.string()}};
    for (const auto& [library, found] : io::library_versions())
        json["libraries"][library] = found;
    json["drivers"] = json_of(drivers);
    json["others"] = json_of(others);
    const auto missing = [](const std::vector<Finding>& findings) {
        return std::ranges::count(findings, false, &Finding::there);
    };
    json["missing"] = missing(drivers) + missing(others);
    session.out << json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
}

void print(const std::vector<Finding>& findings, MessageId there, MessageId missing, const Session& session) {
    for (const Finding& finding : findings) {
        const MessageId id = finding.there ? there : missing;
        session.out << session.messages.text({id, {{"driver", finding.what}, {"mend", finding.mend}}}) << '\n';
    }
}

void print_machine(const Session& session) {
    std::error_code error;
    const fs::space_info space = fs::space(fs::current_path(error), error);
    const std::string free = error ? "?" : std::to_string(space.available / mebibyte);
    session.out << session.messages.text(
                       {"doctor.machine"_msg,
                        {{"cores", std::to_string(std::max(1U, std::thread::hardware_concurrency()))}, {"free", free}}})
                << '\n';
}

ExitCode execute(const Arguments&, Session& session) {
    const std::vector<Finding> drivers = driver_findings();
    std::vector<Finding> others{projection_finding()};
    std::ranges::move(share_findings(session.share), std::back_inserter(others));
    if (session.json) {
        print_json(drivers, others, session);
        return ExitCode::done;
    }
    session.out << "vereda " << version() << '\n' << "share " << session.share.string() << '\n';
    for (const auto& [library, found] : io::library_versions())
        session.out << library << ' ' << found << '\n';
    print(drivers, "doctor.driver_there"_msg, "doctor.driver_missing"_msg, session);
    print(others, "doctor.part_there"_msg, "doctor.part_missing"_msg, session);
    print_machine(session);
    const bool all = std::ranges::all_of(drivers, &Finding::there) && std::ranges::all_of(others, &Finding::there);
    session.out << session.messages.text(all ? Message{"doctor.well"_msg, {}} : Message{"doctor.unwell"_msg, {}})
                << '\n';
    return ExitCode::done;
}

}  // namespace

Command doctor_command() {
    return {.name = "doctor",
            .summary = "command.doctor"_msg,
            .parameters = {},
            .inputs = "command.doctor.inputs"_msg,
            .outputs = "command.doctor.outputs"_msg,
            .example = "vereda doctor",
            .execute = execute};
}

}  // namespace vereda::app
