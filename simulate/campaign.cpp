#include "simulate/campaign.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "simulate/random.hpp"

namespace vereda::simulate {

namespace {

constexpr double soon_replanted = 0.6;  ///< of what is planted again in the cell: in the first year
constexpr int quiet_years = 4;          ///< between two operations on one cell
constexpr double indigenous_reach = 20'000;

/// The years one after the other; events of a year must be there before the year is made, and those of the next year
/// as well, because an announcement makes people plant.
class Years {
  public:
    Years(const CampaignParameters& parameters, const CropCourse& course)
        : parameters_(parameters), course_(course), kept_(course.native.size(), 1.0) {
        const std::size_t years = course.native.empty() ? 0 : course.native.front().size();
        run_.crop.assign(course.native.size(), std::vector<double>(years));
        run_.arrived.assign(course.native.size(), std::vector<double>(years));
    }

    void make(int year, const std::vector<CampaignEvent>& events, const std::vector<bool>& active) {
        const auto t = static_cast<std::size_t>(year);
        run_.removed.resize(events.size());
        before_.resize(events.size());
        if (year > 0) {
            for (std::vector<double>& each : run_.arrived)
                each[t] = each[t - 1];
        }
        std::vector<double> rush(course_.native.size(), 1.0);
        for (std::size_t e = 0; e < events.size(); ++e) {
            if (!active.empty() && !active[e]) continue;
            const CampaignEvent& event = events[e];
            if (event.year == year + 1 && event.rushed) rush[event.cell] = 1 + parameters_.rush;
            if (event.year == year) remove(e, event, t);
            if (event.year == year - 1) follow(e, event, t, soon_replanted, event.first_year_share);
            if (event.year == year - 2) follow(e, event, t, 1 - soon_replanted, 1 - event.first_year_share);
        }
        for (std::size_t i = 0; i < kept_.size(); ++i)
            run_.crop[i][t] = course_.native[i][t] * kept_[i] * rush[i] + run_.arrived[i][t];
    }

    [[nodiscard]] const CropRun& run() const { return run_; }
    [[nodiscard]] CropRun take() && { return std::move(run_); }

  private:
    void remove(std::size_t e, const CampaignEvent& event, std::size_t t) {
        before_[e] = kept_[event.cell];
        run_.removed[e] = event.share * (run_.crop[event.cell][t - 1] - run_.arrived[event.cell][t - 1]);
        kept_[event.cell] *= 1 - event.share;
    }

    void follow(std::size_t e, const CampaignEvent& event, std::size_t t, double replanting, double planting) {
        kept_[event.cell] += parameters_.replanted * replanting * event.share * before_[e];
        for (const Arrival& arrival : event.arrivals)
            run_.arrived[arrival.cell][t] += arrival.share * planting * run_.removed[e];
    }

    const CampaignParameters& parameters_;
    const CropCourse& course_;
    std::vector<double> kept_;    ///< of each cell's native crop
    std::vector<double> before_;  ///< `kept_` of each event's target before it
    CropRun run_;
};

class Planner {
  public:
    Planner(const DisplacementParameters& parameters, const Frontier& land, const CropCourse& course,
            std::uint64_t seed)
        : parameters_(parameters),
          campaign_(parameters.campaign),
          land_(land),
          course_(course),
          targets_(seed, "campaign_targets"),
          moves_(seed, "campaign_moves"),
          last_target_(land.cells.size(), -100),
          years_(parameters.campaign, course) {}

    std::vector<CampaignEvent> planned() {
        const std::vector<int> counts = events_of_years();
        displaced_ = campaign_.displaced + moves_.uniform(-1, 1) * campaign_.displaced_spread;
        for (int year = 0; year < parameters_.years; ++year) {
            // targets of the next year are chosen from the census of the year before this one
            if (year + 1 < parameters_.years) target(year + 1, counts[static_cast<std::size_t>(year + 1)]);
            years_.make(year, events_, {});
        }
        return std::move(events_);
    }

  private:
    [[nodiscard]] double mean_log_price(int year) const {
        double sum = 0;
        for (const std::vector<double>& prices : course_.log_price)
            sum += prices[static_cast<std::size_t>(year)];
        return sum / static_cast<double>(course_.log_price.size());
    }

    /// Campaigns come in waves, and follow the price: more where it rose.
    [[nodiscard]] std::vector<int> events_of_years() {
        std::vector<double> weights(static_cast<std::size_t>(parameters_.years));
        for (int year = 4; year + 2 < parameters_.years; ++year) {
            weights[static_cast<std::size_t>(year)] =
                targets_.uniform(0.6, 1.4) * std::exp(0.8 * mean_log_price(year - 1));
        }
        std::vector<int> counts(weights.size());
        for (int i = 0; i < campaign_.events; ++i)
            ++counts[targets_.pick(weights)];
        return counts;
    }

    void target(int year, int count) {
        if (count == 0) return;
        const auto census = static_cast<std::size_t>(year - 2);
        std::vector<double> weights(land_.cells.size());
        for (std::size_t i = 0; i < weights.size(); ++i) {
            const double crop = years_.run().crop[i][census];
            const double before = years_.run().crop[i][census - 1];
            if (land_.cells[i].abroad || crop < campaign_.crop_at_least.value() || before <= 0) continue;
            if (last_target_[i] > year - quiet_years) continue;
            weights[i] = std::pow(crop, campaign_.density_pull) *
                         std::exp(campaign_.growth_pull * std::clamp(std::log(crop / before), -0.5, 0.5));
        }
        const std::size_t first = events_.size();
        for (; count > 0 && std::ranges::any_of(weights, [](double w) { return w > 0; }); --count) {
            const std::size_t cell = targets_.pick(weights);
            weights[cell] = 0;
            last_target_[cell] = year;
            events_.push_back(event_on(cell, year));
        }
        for (std::size_t e = first; e < events_.size(); ++e)
            move(events_[e]);
    }

    [[nodiscard]] CampaignEvent event_on(std::size_t cell, int year) {
        CampaignEvent event;
        event.year = year;
        event.cell = cell;
        const geo::Point centre = land_.cells[cell].centre;
        const double half = 0.35 * land_.frame.cell;
        event.place = {std::round(centre.x + targets_.uniform(-half, half)),
                       std::round(centre.y + targets_.uniform(-half, half))};
        event.date = std::chrono::sys_days{std::chrono::year{parameters_.first_year + year} / 2 / 1} +
                     std::chrono::days{targets_.integer(0, 270)};
        constexpr std::array<double, 4> weights{0.25, 0.45, 0.10, 0.20};  // aerial … voluntary, as declared
        const auto kind = static_cast<regions::EradicationKind>(targets_.pick(weights));
        event.kind = targets_.chance(campaign_.community_share) ? regions::EradicationKind::community : kind;
        event.near_indigenous = land_.near_indigenous(event.place, indigenous_reach);
        event.share = targets_.uniform(campaign_.least_share, campaign_.most_share);
        event.rushed = targets_.chance(0.5);
        event.first_year_share = targets_.uniform(0.4, 0.8);
        return event;
    }

    /// Draws are the same whatever the shares, so that presets differ in nothing but what moves.
    void move(CampaignEvent& event) {
        const double luck = moves_.uniform(0.3, 1.7) * (event.near_indigenous ? 1.25 : 0.95);
        double near = displaced_;
        if (campaign_.only_community_displaces) {
            const bool community = event.kind == regions::EradicationKind::community;
            near = community && campaign_.community_share > 0 ? near / campaign_.community_share : 0;
        }
        // nobody plants more than was lost
        const double all = (near + campaign_.moved_far + campaign_.moved_abroad) * luck;
        const double factor = all > 1 ? luck / all : luck;
        settle(event, Destination::belt, near * factor);
        settle(event, Destination::far, campaign_.moved_far * factor);
        settle(event, Destination::abroad, campaign_.moved_abroad * factor);
    }

    /// To three to eight cells drawn by suitability, in the belt the nearer ones sooner.
    void settle(CampaignEvent& event, Destination destination, double share) {
        Random random(moves_.bits(), "campaign_settlers");
        if (share <= 0) return;
        const auto [candidates, weights] = open_land(event, destination);
        if (candidates.empty()) return;
        const int places = random.integer(3, 8);
        std::vector<double> parts;
        double sum = 0;
        for (int i = 0; i < places; ++i)
            sum += parts.emplace_back(random.uniform(0.3, 1));
        for (const double part : parts)
            event.arrivals.push_back({candidates[random.pick(weights)], share * part / sum, destination});
    }

    [[nodiscard]] std::pair<std::vector<std::size_t>, std::vector<double>> open_land(const CampaignEvent& event,
                                                                                     Destination destination) const {
        std::pair<std::vector<std::size_t>, std::vector<double>> out;
        const auto consider = [&](std::size_t i, double pull) {
            if (i == event.cell || last_target_[i] > event.year - 3) return;
            out.first.push_back(i);
            out.second.push_back(land_.cells[i].suitability * pull);
        };
        const auto away = [&](std::size_t i) {
            return std::hypot(land_.cells[i].centre.x - event.place.x, land_.cells[i].centre.y - event.place.y);
        };
        if (destination == Destination::belt) {
            for (const std::size_t i : land_.within(event.place, campaign_.belt.value())) {
                if (!land_.cells[i].abroad) consider(i, std::exp(-away(i) / 10'000));
            }
            return out;
        }
        const bool abroad = destination == Destination::abroad;
        for (std::size_t i = 0; i < land_.cells.size(); ++i) {
            const double least = abroad ? 1.5 * campaign_.belt.value() : campaign_.far.value();
            if (land_.cells[i].abroad == abroad && away(i) >= least) consider(i, 1);
        }
        return out;
    }

    const DisplacementParameters& parameters_;
    const CampaignParameters& campaign_;
    const Frontier& land_;
    const CropCourse& course_;
    Random targets_;
    Random moves_;
    std::vector<int> last_target_;
    Years years_;
    std::vector<CampaignEvent> events_;
    double displaced_ = 0;  ///< this seed's mean share
};

}  // namespace

std::vector<CampaignEvent> plan_campaign(const DisplacementParameters& parameters, const Frontier& land,
                                         const CropCourse& course, std::uint64_t seed) {
    return Planner(parameters, land, course, seed).planned();
}

CropRun run_campaign(const CampaignParameters& parameters, const CropCourse& course,
                     const std::vector<CampaignEvent>& events, const std::vector<bool>& active) {
    Years years(parameters, course);
    const std::size_t count = course.native.empty() ? 0 : course.native.front().size();
    for (std::size_t year = 0; year < count; ++year)
        years.make(static_cast<int>(year), events, active);
    return std::move(years).take();
}

}  // namespace vereda::simulate
