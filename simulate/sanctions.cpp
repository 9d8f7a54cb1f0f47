#include "simulate/sanctions.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "simulate/random.hpp"

namespace vereda::simulate {

namespace {

constexpr double clear_excess = 1.2;
constexpr int soonest = 100;  // days between two visits
constexpr geo::Date rule_starts = std::chrono::year{2017} / 3 / 8;

class Books {
  public:
    Books(const LandscapeParameters& parameters, const Society& people, std::uint64_t seed)
        : limit_(parameters.small_plots.limit), people_(people), random_(seed, "past_sanctions") {}

    void visit(const RegisteredPlot& plot) {
        const bool written_up = random_.chance(plot.lawful_area ? 0.1 : 0.5);
        const bool again = random_.chance(0.2);
        geo::Date day = plot.measured_on - std::chrono::days{random_.integer(soonest, 1200)};
        if (plot.lawful_area) {
            if (written_up) add(plot, day, "excess", 1);
        } else if (written_up && plot.true_area >= clear_excess * limit_) {
            add(plot, day, "confirmed_excess", 2);
            day -= std::chrono::days{random_.integer(soonest, 700)};
            if (again) add(plot, day, "excess", random_.integer(2, 3));
        }
    }

    void warn_union_of(const std::string& household, geo::Date day) {
        const auto family = std::ranges::find(people_.households, household, &livelihoods::Household::id);
        if (family == people_.households.end() || family->union_name.empty()) return;
        out_.push_back({{"", family->union_name, day, "late_inspection", "", "", std::nullopt}, false});
    }

    [[nodiscard]] std::vector<PastSanction> closed() && {
        std::ranges::sort(out_, {}, [](const PastSanction& sanction) {
            return std::tie(sanction.record.household_id, sanction.record.day, sanction.record.kind);
        });
        return std::move(out_);
    }

  private:
    void add(const RegisteredPlot& plot, geo::Date day, const char* kind, int measurements) {
        if (day < rule_starts) return;
        out_.push_back({{plot.household_id, "", day, kind, "chapare", "sanction", measurements}, !plot.lawful_area});
    }

    geo::SquareMetres limit_;
    const Society& people_;
    Random random_;
    std::vector<PastSanction> out_;
};

}  // namespace

std::vector<PastSanction> past_sanctions(const LandscapeParameters& parameters, const Society& people,
                                         std::span<const RegisteredPlot> plots, std::uint64_t seed) {
    Books books(parameters, people, seed);
    std::set<std::string> visited;
    for (const RegisteredPlot& plot : plots) {
        if (!visited.insert(plot.household_id).second || !plot.other_offence.empty()) continue;
        books.visit(plot);
    }
    if (!plots.empty())
        books.warn_union_of(plots.front().household_id, plots.front().measured_on - std::chrono::days{soonest});
    return std::move(books).closed();
}

}  // namespace vereda::simulate
