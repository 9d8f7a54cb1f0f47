#include "simulate/frontier_plots.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "simulate/occupied_ground.hpp"
#include "simulate/outline.hpp"

namespace vereda::simulate {

namespace {

constexpr double smallest = 0.06;  ///< hectares
constexpr double largest = 3.0;

double hectares(const geo::Ring& ring) {
    return std::abs(geo::signed_area(ring)) / 10'000;
}

geo::Point middle_of(const geo::Ring& ring) {
    const geo::Box box = geo::envelope(ring);
    return {(box.min.x + box.max.x) / 2, (box.min.y + box.max.y) / 2};
}

class Settling {
  public:
    explicit Settling(const DisplacementStudy& study)
        : study_(study),
          random_(study.seed, "frontier_plots"),
          standing_(study.land.cells.size()),
          arrived_(study.land.cells.size()) {
        out_.footprints.resize(study.events.size());
        out_.removed.resize(study.events.size());
    }

    FrontierPlots made() {
        for (int year = 0; year < study_.parameters.years; ++year) {
            if (year > 0) carry_out(year);
            for (std::size_t cell = 0; cell < standing_.size(); ++cell)
                adjust(cell, year);
            arrive(year);
            keep(year);
        }
        return std::move(out_);
    }

  private:
    [[nodiscard]] double standing_hectares(std::size_t cell) const {
        double sum = 0;
        for (const std::size_t at : standing_[cell])
            sum += hectares(out_.plots[at].outline);
        return sum;
    }

    void keep(int year) {
        for (const auto* cells : {&standing_, &arrived_}) {
            for (const std::vector<std::size_t>& plots : *cells) {
                for (const std::size_t at : plots)
                    out_.plots[at].last = year;
            }
        }
    }

    void carry_out(int year) {
        for (std::size_t e = 0; e < study_.events.size(); ++e) {
            if (study_.events[e].year == year) remove(e);
        }
    }

    /// The nearest plots first, until half a plot more would be too much.
    void remove(std::size_t e) {
        const CampaignEvent& event = study_.events[e];
        std::vector<std::size_t>& here = standing_[event.cell];
        const auto away = [&](std::size_t at) {
            const geo::Point p = middle_of(out_.plots[at].outline);
            return std::hypot(p.x - event.place.x, p.y - event.place.y);
        };
        std::ranges::stable_sort(here, {}, away);
        const double wanted = study_.run.removed[e];
        double reach = 0;
        std::size_t taken = 0;
        while (taken < here.size()) {
            FrontierPlot& plot = out_.plots[here[taken]];
            const double area = hectares(plot.outline);
            if (out_.removed[e] + area / 2 > wanted) break;
            out_.removed[e] += area;
            plot.removed_by = static_cast<int>(e);
            reach = std::max(reach, away(here[taken]));
            ground_.remove(plot.id);
            ++taken;
        }
        here.erase(here.begin(), here.begin() + static_cast<std::ptrdiff_t>(taken));
        if (taken == 0) return;
        const double radius = reach + 60;
        const OutlineShape shape{32, 0, 1, 0};
        out_.footprints[e] =
            outline(event.place, geo::SquareMetres(std::numbers::pi * radius * radius), shape, random_);
    }

    /// Plants or gives up plots until the cell holds what its own growers have this year.
    void adjust(std::size_t cell, int year) {
        const auto t = static_cast<std::size_t>(year);
        const double wanted = study_.run.crop[cell][t] - study_.run.arrived[cell][t];
        const double missing = wanted - standing_hectares(cell);
        if (missing > smallest) plant(cell, missing, year, -1);
        double surplus = -missing;
        std::vector<std::size_t>& here = standing_[cell];
        while (surplus > 0 && !here.empty()) {
            const auto at = static_cast<std::size_t>(random_.integer(0, static_cast<int>(here.size()) - 1));
            const FrontierPlot& plot = out_.plots[here[at]];
            if (hectares(plot.outline) / 2 > surplus) break;
            surplus -= hectares(plot.outline);
            ground_.remove(plot.id);
            here.erase(here.begin() + static_cast<std::ptrdiff_t>(at));
        }
    }

    void arrive(int year) {
        for (std::size_t e = 0; e < study_.events.size(); ++e) {
            const CampaignEvent& event = study_.events[e];
            const int after = year - event.year;
            if (after != 1 && after != 2) continue;
            const double share = after == 1 ? event.first_year_share : 1 - event.first_year_share;
            for (const Arrival& arrival : event.arrivals) {
                const double area = arrival.share * share * study_.run.removed[e];
                if (area > smallest) plant(arrival.cell, area, year, static_cast<int>(e));
            }
        }
    }

    void plant(std::size_t cell, double wanted, int year, int displaced_by) {
        for (int tries = 0; wanted > smallest && tries < 4000; ++tries) {
            double area = std::clamp(0.55 * std::exp(random_.normal(0, 0.6)), 0.12, largest);
            if (area > wanted || wanted - area < smallest) area = std::min(wanted, largest);
            const OutlineShape shape{random_.integer(8, 14), 0.2, random_.uniform(1, 2),
                                     random_.uniform(0, std::numbers::pi)};
            const geo::Ring ring = outline(place(cell), geo::SquareMetres(area * 10'000), shape, random_);
            if (!ground_.is_free(ring, 4)) continue;
            FrontierPlot plot;
            plot.id = static_cast<int>(out_.plots.size()) + 1;
            plot.cell = cell;
            plot.outline = ring;
            plot.first = plot.last = year;
            plot.cleared = year == 0 ? -1 : year - (random_.chance(0.4) ? 1 : 0);
            plot.displaced_by = displaced_by;
            ground_.put(plot.id, ring);
            (displaced_by < 0 ? standing_ : arrived_)[cell].push_back(out_.plots.size());
            out_.plots.push_back(std::move(plot));
            wanted -= area;
        }
    }

    /// Half beside a plot that stands, half anywhere in the cell.
    [[nodiscard]] geo::Point place(std::size_t cell) {
        const geo::Point centre = study_.land.cells[cell].centre;
        const double half = study_.land.frame.cell / 2 - 120;
        const std::vector<std::size_t>& here = standing_[cell];
        geo::Point p{centre.x + random_.uniform(-half, half), centre.y + random_.uniform(-half, half)};
        if (!here.empty() && random_.chance(0.5)) {
            const auto at = static_cast<std::size_t>(random_.integer(0, static_cast<int>(here.size()) - 1));
            const geo::Point near = middle_of(out_.plots[here[at]].outline);
            p = {std::clamp(near.x + random_.normal(0, 180), centre.x - half, centre.x + half),
                 std::clamp(near.y + random_.normal(0, 180), centre.y - half, centre.y + half)};
        }
        return p;
    }

    const DisplacementStudy& study_;
    Random random_;
    FrontierPlots out_;
    OccupiedGround ground_;
    std::vector<std::vector<std::size_t>> standing_;  ///< positions of the plots of each cell's own growers
    std::vector<std::vector<std::size_t>> arrived_;   ///< of displaced ones; they stay
};

}  // namespace

Destination destination_of(const DisplacementStudy& study, const FrontierPlot& plot) {
    const CampaignEvent& event = study.events[static_cast<std::size_t>(plot.displaced_by)];
    const geo::Point middle = middle_of(plot.outline);
    const double away = std::hypot(middle.x - event.place.x, middle.y - event.place.y);
    if (away <= study.parameters.campaign.belt.value()) return Destination::belt;
    return study.land.cells[plot.cell].abroad ? Destination::abroad : Destination::far;
}

FrontierPlots frontier_plots(const DisplacementStudy& study) {
    return Settling(study).made();
}

DisplacementTruth truth_on_the_ground(const DisplacementStudy& study, const FrontierPlots& ground) {
    DisplacementTruth truth = study.truth;
    truth.all = truth.near_indigenous = truth.elsewhere = {};
    truth.by_kind.clear();
    truth.replanted = 0;
    const auto of_event = [&](std::size_t e, auto&& change) {
        const CampaignEvent& event = study.events[e];
        change(truth.all);
        change(truth.by_kind[std::string(regions::name_of(event.kind))]);
        change(event.near_indigenous ? truth.near_indigenous : truth.elsewhere);
    };
    for (std::size_t e = 0; e < study.events.size(); ++e) {
        if (ground.removed[e] <= 0) continue;
        of_event(e, [&](MovedHectares& sum) {
            ++sum.events;
            sum.removed += ground.removed[e];
        });
        truth.replanted += study.parameters.campaign.replanted * ground.removed[e];
    }
    for (const FrontierPlot& plot : ground.plots) {
        if (plot.displaced_by < 0) continue;
        const auto e = static_cast<std::size_t>(plot.displaced_by);
        const Destination destination = destination_of(study, plot);
        of_event(e, [&](MovedHectares& sum) {
            double& part = destination == Destination::belt  ? sum.belt
                           : destination == Destination::far ? sum.far
                                                             : sum.abroad;
            part += hectares(plot.outline);
        });
    }
    return truth;
}

}  // namespace vereda::simulate
