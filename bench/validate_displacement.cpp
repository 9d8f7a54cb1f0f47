/// How often the displacement verdict is right: runs `vereda simulate --panel-only` for many seeds of each preset and
/// studies every panel, knowing nothing but the files that a user would have; truth/truth.json is opened afterwards.
///
///     vereda_validate_displacement PROGRAM FOLDER FIRST LAST [placebos] [preset…]   (rows of a Markdown table)
///
/// One line a seed goes to FOLDER/PRESET.csv, so that runs may be continued and looked into.
#include <fmt/format.h>
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "geo/diagnostic.hpp"
#include "geo/text_table.hpp"
#include "regions/displacement.hpp"

namespace {

using namespace vereda;
namespace fs = std::filesystem;

/// Plain commas: the simulator quotes nothing.
geo::TextTable table_of(const fs::path& path) {
    geo::TextTable table;
    table.locus.file = path.string();
    std::ifstream file(path);
    std::string line;
    for (long number = 1; std::getline(file, line); ++number) {
        if (line.ends_with('\r')) line.pop_back();
        std::vector<std::string> cells;
        std::istringstream text(line);
        for (std::string cell; std::getline(text, cell, ',');)
            cells.push_back(cell);
        if (number == 1) {
            table.columns = cells;
        } else {
            cells.resize(table.columns.size());
            table.rows.push_back({number, std::move(cells)});
        }
    }
    return table;
}

std::vector<regions::EradicationEvent> events_of(const fs::path& path) {
    const geo::TextTable table = table_of(path);
    std::vector<regions::EradicationEvent> events;
    for (const geo::TextRow& text : table.rows) {
        const geo::RowReader row(table, text);
        regions::EradicationEvent event;
        event.id = std::string(row.text(table.find("event_id")));
        event.date = row.date(table.find("date")).value();
        event.kind = regions::eradication_kind_named(row.text(table.find("kind"))).value();
        event.place = geo::Points{{{row.number(table.find("x")).value(), row.number(table.find("y")).value()}}};
        if (const auto area = row.number(table.find("area_ha"))) event.reported = geo::Hectares(*area);
        event.region_id = std::string(row.text(table.find("region_id")));
        events.push_back(std::move(event));
    }
    return events;
}

struct Outcome {
    std::string verdict;
    double truth = 0;
    double share = 0;
    double lo = 0;
    double hi = 0;
    bool named_elsewhere = false;
};

Outcome study(const fs::path& folder, int placebos) {
    geo::Diagnostics diagnostics;
    const regions::CropPanel panel =
        regions::panel_from_table(table_of(folder / "panel.csv"), regions::Crop::coca, diagnostics);
    regions::DisplacementPlan plan;
    plan.placebos = placebos;
    plan.belts = {plan.belt};
    const regions::DisplacementResult result =
        regions::displacement(panel, events_of(folder / "eradication.csv"), plan, 1, {1}, diagnostics);
    std::ifstream file(folder / "truth" / "truth.json");
    Outcome outcome;
    outcome.verdict = std::string(regions::name_of(result.verdict));
    outcome.truth = nlohmann::json::parse(file)["displaced_share"].get<double>();
    outcome.share = result.displaced_share.value_or(0);
    outcome.lo = result.lo.value_or(0);
    outcome.hi = result.hi.value_or(0);
    outcome.named_elsewhere = std::ranges::any_of(result.reasons, [](const geo::Message& reason) {
        return reason.id.text() == "displacement.reason.rose_elsewhere";
    });
    return outcome;
}

double share_of(const std::vector<Outcome>& all, const std::string& verdict) {
    return static_cast<double>(std::ranges::count(all, verdict, &Outcome::verdict)) / static_cast<double>(all.size());
}

std::string summary(const std::string& preset, const std::vector<Outcome>& all) {
    std::vector<double> widths;
    double covered = 0;
    double bias = 0;
    double named = 0;
    for (const Outcome& outcome : all) {
        widths.push_back(outcome.hi - outcome.lo);
        covered += outcome.lo <= outcome.truth && outcome.truth <= outcome.hi;
        bias += outcome.share - outcome.truth;
        named += outcome.named_elsewhere;
    }
    std::ranges::sort(widths);
    const auto count = static_cast<double>(all.size());
    return fmt::format("| {} | {} | {:.1f} % | {:.1f} % | {:.1f} % | {:.1f} % | {:.3f} | {:+.3f} | {:.1f} % |\n",
                       preset, all.size(), 100 * share_of(all, "found"), 100 * share_of(all, "not_found"),
                       100 * share_of(all, "cannot_tell"), 100 * covered / count, widths[widths.size() / 2],
                       bias / count, 100 * named / count);
}

}  // namespace

int main(int count, char** words) {
    if (count < 5) {
        fmt::print(stderr, "usage: {} PROGRAM FOLDER FIRST LAST [placebos] [preset...]\n", words[0]);
        return 2;
    }
    const std::string program = words[1];
    const fs::path folder = words[2];
    const int placebos = count > 5 ? std::atoi(words[5]) : 199;
    std::vector<std::string> presets(words + std::min(count, 6), words + count);
    if (presets.empty()) presets = {"null", "price_shock", "balloon", "far_balloon", "community", "underpowered"};
    fs::create_directories(folder);
    for (const std::string& preset : presets) {
        std::vector<Outcome> all;
        std::ofstream log(folder / (preset + ".csv"), std::ios::app);
        for (int seed = std::atoi(words[3]); seed <= std::atoi(words[4]); ++seed) {
            const fs::path made = folder / fmt::format("{}-{}", preset, seed);
            const std::string command = fmt::format("{} simulate {} --preset {} --panel-only --seed {} -q --overwrite",
                                                    program, made.string(), preset, seed);
            if (std::system(command.c_str()) != 0) return 1;
            all.push_back(study(made, placebos));
            const Outcome& o = all.back();
            log << fmt::format("{},{},{},{:.4f},{:.4f},{:.4f},{:.4f}\n", preset, seed, o.verdict, o.truth, o.share,
                               o.lo, o.hi)
                << std::flush;
            fs::remove_all(made);
        }
        fmt::print("{}", summary(preset, all));
        std::fflush(stdout);
    }
    return 0;
}
