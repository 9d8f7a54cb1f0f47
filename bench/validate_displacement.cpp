/// How often the displacement verdict is right: panels of `simulate --panel-only`, made in memory for many seeds of
/// each preset. The estimator is given the measured panel and the reported removals and nothing else; its answer is
/// compared with the simulated truth afterwards.
///
///     vereda_validate_displacement FOLDER FIRST LAST [placebos] [preset…]
///
/// One line a seed goes to FOLDER/PRESET.csv; seeds that stand there are not run again, so that runs may be ended and
/// continued. Then a Markdown table of all seeds in the files, with Wilson's 95 % intervals; LAST < FIRST prints it
/// alone.
#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "geo/diagnostic.hpp"
#include "regions/displacement.hpp"
#include "simulate/displacement_study.hpp"

namespace {

using namespace vereda;
namespace fs = std::filesystem;

struct Outcome {
    int seed = 0;
    std::string verdict;
    double truth = 0;
    double share = 0;
    double lo = 0;
    double hi = 0;
    double upper = 0;
    double p = 0;
    double mde = 0;
    double elsewhere = 0;  ///< hectares that rose beyond the belt
    double abroad = 0;
    double removed = 0;
    int named = 0;        ///< the verdict says that crop rose elsewhere
    double reported = 0;  ///< share per hectare reported
    double rate = 0;      ///< hectares mapped as gone per hectare reported; 0: not known
    int applied = 0;      ///< the share was divided by it
};

constexpr const char* kColumns =
    "seed,verdict,truth,share,lo,hi,upper,p,mde,elsewhere_ha,abroad_ha,removed_ha,named,"
    "share_as_reported,mapped_rate,mapped_applied";

Outcome study(const std::string& preset, int seed, int placebos) {
    const simulate::DisplacementStudy made =
        simulate::displacement_study(*simulate::displacement_preset(preset), static_cast<std::uint64_t>(seed));
    regions::DisplacementPlan plan;
    plan.placebos = placebos;
    plan.other_looks = false;
    geo::Diagnostics diagnostics;
    const regions::DisplacementResult result =
        regions::displacement(made.panel, made.eradication, plan, 1, {1}, diagnostics);
    const auto named = [](const geo::Message& reason) {
        return reason.id.text() == "displacement.reason.rose_elsewhere";
    };
    return {seed,
            std::string(regions::name_of(result.verdict)),
            made.truth.all.displaced_share(),
            result.displaced_share.value_or(0),
            result.lo.value_or(0),
            result.hi.value_or(0),
            result.upper_bound.value_or(0),
            result.p_value.value_or(1),
            result.mde.value_or(0),
            result.rose_elsewhere_ha.value_or(0),
            result.rose_abroad_ha.value_or(0),
            result.removed_ha,
            std::ranges::any_of(result.reasons, named) ? 1 : 0,
            result.share_as_reported.value_or(0),
            result.mapped.rate.value_or(0),
            result.mapped.applied ? 1 : 0};
}

std::vector<Outcome> read_log(const fs::path& path) {
    std::vector<Outcome> all;
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::ranges::replace(line, ',', ' ');
        std::istringstream words(line);
        Outcome o;
        words >> o.seed >> o.verdict >> o.truth >> o.share >> o.lo >> o.hi >> o.upper >> o.p >> o.mde >> o.elsewhere >>
            o.abroad >> o.removed >> o.named >> o.reported >> o.rate >> o.applied;
        if (words) all.push_back(o);
    }
    return all;
}

void write_log(const fs::path& path, const Outcome& o) {
    const bool fresh = !fs::exists(path);
    std::ofstream log(path, std::ios::app);
    if (fresh) log << kColumns << '\n';
    log << fmt::format(
        "{},{},{:.5f},{:.5f},{:.5f},{:.5f},{:.5f},{:.4f},{:.5f},{:.1f},{:.1f},{:.1f},{},{:.5f},{:.5f},{}\n", o.seed,
        o.verdict, o.truth, o.share, o.lo, o.hi, o.upper, o.p, o.mde, o.elsewhere, o.abroad, o.removed, o.named,
        o.reported, o.rate, o.applied);
}

/// "97.4 % [95.6-98.5]": Wilson's score interval.
template <class Holds>
std::string share_of(const std::vector<Outcome>& all, const Holds& holds) {
    const auto n = static_cast<double>(all.size());
    const double p = static_cast<double>(std::ranges::count_if(all, holds)) / n;
    constexpr double z = 1.959963984540054;
    const double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
    const double half = z / (1 + z * z / n) * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    return fmt::format("{:.1f} [{:.1f}-{:.1f}]", 100 * p, 100 * std::max(0.0, middle - half),
                       100 * std::min(1.0, middle + half));
}

std::string summary(const std::string& preset, const std::vector<Outcome>& all) {
    const auto is = [](const char* verdict) { return [verdict](const Outcome& o) { return o.verdict == verdict; }; };
    std::vector<double> widths;
    double bias = 0;
    for (const Outcome& o : all) {
        widths.push_back(o.hi - o.lo);
        bias += (o.share - o.truth) / static_cast<double>(all.size());
    }
    std::ranges::sort(widths);
    return fmt::format("| {} | {} | {} | {} | {} | {} | {:.3f} | {:+.3f} | {} | {} |\n", preset, all.size(),
                       share_of(all, is("found")), share_of(all, is("not_found")), share_of(all, is("cannot_tell")),
                       share_of(all, [](const Outcome& o) { return o.lo <= o.truth && o.truth <= o.hi; }),
                       widths[widths.size() / 2], bias, share_of(all, [](const Outcome& o) { return o.lo <= 0; }),
                       share_of(all, [](const Outcome& o) { return o.named != 0; }));
}

}  // namespace

int main(int count, char** words) {
    if (count < 4) {
        fmt::print(stderr, "usage: {} FOLDER FIRST LAST [placebos] [preset...]\n", words[0]);
        return 2;
    }
    const fs::path folder = words[1];
    const int placebos = count > 4 ? std::atoi(words[4]) : 199;
    std::vector<std::string> presets(words + std::min(count, 5), words + count);
    if (presets.empty()) presets = simulate::displacement_preset_names();
    fs::create_directories(folder);
    for (int seed = std::atoi(words[2]); seed <= std::atoi(words[3]); ++seed)
        for (const std::string& preset : presets) {
            const fs::path path = folder / (preset + ".csv");
            const std::vector<Outcome> done = read_log(path);
            if (std::ranges::find(done, seed, &Outcome::seed) == done.end())
                write_log(path, study(preset, seed, placebos));
        }
    for (const std::string& preset : presets)
        if (const std::vector<Outcome> all = read_log(folder / (preset + ".csv")); !all.empty())
            fmt::print("{}", summary(preset, all));
    return 0;
}
