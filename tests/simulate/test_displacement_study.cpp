#include <cmath>
#include <map>
#include <set>
#include <sstream>

#include "geo/error.hpp"
#include "simulate/displacement_study.hpp"
#include "simulate/displacement_tables.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::simulate;

namespace {

/// A fifth of the country, fewer events; the same rules.
DisplacementParameters small(std::string_view preset) {
    DisplacementParameters parameters = *displacement_preset(preset);
    parameters.land.columns = 90;
    parameters.land.rows = 40;
    parameters.land.columns_abroad = 9;
    parameters.land.crop_at_start = geo::Hectares(30'000);
    if (parameters.campaign.events > 60) parameters.campaign.events = 60;
    return parameters;
}

const DisplacementStudy& made(const std::string& preset, std::uint64_t seed) {
    static std::map<std::pair<std::string, std::uint64_t>, DisplacementStudy> cache;
    const auto key = std::pair(preset, seed);
    const auto found = cache.find(key);
    if (found != cache.end()) return found->second;
    return cache.emplace(key, displacement_study(small(preset), seed)).first->second;
}

std::string everything(const DisplacementStudy& study) {
    std::ostringstream out;
    std::vector<geo::TextTable> tables{panel_table(study), reported_eradication_table(study)};
    for (NamedTable& named : displacement_truth_tables(study))
        tables.push_back(std::move(named.table));
    for (const geo::TextTable& table : tables) {
        for (const geo::TextRow& row : table.rows) {
            for (const std::string& cell : row.cells)
                out << cell << ',';
        }
    }
    return out.str();
}

/// The estimand by its own words, for one event: the campaign is run again without it, everything else the same.
double caused_in_belt(const DisplacementStudy& study, std::size_t e) {
    std::vector<bool> active(study.events.size(), true);
    active[e] = false;
    const CropRun without = run_campaign(study.parameters.campaign, study.course, study.events, active);
    const CampaignEvent& event = study.events[e];
    const auto at = static_cast<std::size_t>(event.year + 2);
    double caused = 0;
    for (std::size_t i = 0; i < study.land.cells.size(); ++i) {
        const geo::Point centre = study.land.cells[i].centre;
        if (i == event.cell) continue;
        if (std::hypot(centre.x - event.place.x, centre.y - event.place.y) > 20'000) continue;
        caused += study.run.crop[i][at] - without.crop[i][at];
    }
    return caused;
}

}  // namespace

TEST_CASE("displaced_share is the difference that running without each event makes") {
    for (const char* preset : {"balloon", "community", "far_balloon", "underpowered", "null"}) {
        const DisplacementStudy& study = made(preset, 3);
        double caused = 0;
        double removed = 0;
        for (std::size_t e = 0; e < study.events.size(); ++e) {
            const CampaignEvent& event = study.events[e];
            caused += caused_in_belt(study, e);
            // by its definition: its share of what the target's own growers had the year before
            const auto before = static_cast<std::size_t>(event.year - 1);
            removed += event.share * (study.run.crop[event.cell][before] - study.run.arrived[event.cell][before]);
        }
        INFO(preset);
        CHECK(study.truth.all.removed == Approx(removed));
        CHECK(study.truth.all.displaced_share() == Approx(caused / removed).margin(1e-9));
    }
}

TEST_CASE("the null and the price shock displace exactly nothing") {
    for (const char* preset : {"null", "price_shock"}) {
        for (const std::uint64_t seed : {1U, 2U, 3U}) {
            const DisplacementStudy& study = made(preset, seed);
            CHECK(study.truth.all.displaced_share() == 0);
            CHECK(study.truth.all.far == 0);
            CHECK(study.truth.all.abroad == 0);
            CHECK(study.truth.all.removed > 0);
            for (const std::vector<double>& years : study.run.arrived) {
                for (const double hectares : years)
                    CHECK(hectares == 0);
            }
        }
    }
}

TEST_CASE("balloon moves about three tenths within the belt, in every seed a little differently") {
    std::set<double> shares;
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
        const double share = displacement_study(*displacement_preset("balloon"), seed).truth.all.displaced_share();
        CHECK(share > 0.24);
        CHECK(share < 0.36);
        shares.insert(share);
    }
    CHECK(shares.size() == 4);
}

TEST_CASE("far_balloon moves nothing within the belt, but 300 km away and abroad") {
    const DisplacementStudy study = displacement_study(*displacement_preset("far_balloon"), 2);
    CHECK(study.truth.all.displaced_share() == 0);
    CHECK(study.truth.all.far > 0.2 * study.truth.all.removed);
    CHECK(study.truth.all.abroad > 0.1 * study.truth.all.removed);
    for (const CampaignEvent& event : study.events) {
        for (const Arrival& arrival : event.arrivals) {
            const FrontierCell& cell = study.land.cells[arrival.cell];
            const double away = std::hypot(cell.centre.x - event.place.x, cell.centre.y - event.place.y);
            CHECK((cell.abroad ? away > 20'000 : away >= 300'000));
        }
    }
    CHECK(study.truth.abroad_with - study.truth.abroad_without == Approx(study.truth.all.abroad).epsilon(1e-9));
}

TEST_CASE("hectares removed are conserved: what moved is no more than what was lost") {
    for (const char* preset : {"balloon", "far_balloon", "community"}) {
        const DisplacementStudy& study = made(preset, 1);
        const MovedHectares& all = study.truth.all;
        CHECK(all.belt + all.far + all.abroad <= all.removed);
        MovedHectares kinds;
        for (const auto& [kind, moved] : study.truth.by_kind) {
            kinds.removed += moved.removed;
            kinds.belt += moved.belt;
            kinds.events += moved.events;
        }
        CHECK(kinds.events == static_cast<int>(study.events.size()));
        CHECK(kinds.removed == Approx(all.removed));
        CHECK(kinds.belt == Approx(all.belt));
        CHECK(study.truth.near_indigenous.removed + study.truth.elsewhere.removed == Approx(all.removed));
        // arrivals that stand in the end are all arrivals
        double standing = 0;
        for (const std::vector<double>& years : study.run.arrived)
            standing += years.back();
        CHECK(standing == Approx(all.belt + all.far + all.abroad));
    }
}

TEST_CASE("community eradication alone displaces in the community preset") {
    const DisplacementStudy study = displacement_study(*displacement_preset("community"), 5);
    REQUIRE(study.truth.by_kind.count("community") == 1);
    for (const auto& [kind, moved] : study.truth.by_kind) {
        if (kind == "community") {
            CHECK(moved.displaced_share() > 0.2);
        } else {
            CHECK(moved.displaced_share() == 0);
        }
    }
}

TEST_CASE("eradication goes where crop is dense and has grown") {
    const DisplacementStudy& study = made("balloon", 2);
    double dense = 0;
    double growth_of_targets = 0;
    for (const CampaignEvent& event : study.events) {
        const auto census = static_cast<std::size_t>(event.year - 2);
        dense += study.run.crop[event.cell][census];
        growth_of_targets += std::log(study.run.crop[event.cell][census] / study.run.crop[event.cell][census - 1]);
        CHECK_FALSE(study.land.cells[event.cell].abroad);
    }
    double all = 0;
    double cells = 0;
    double growth = 0;
    double growing = 0;
    for (std::size_t i = 0; i < study.land.cells.size(); ++i) {
        all += study.run.crop[i][5];
        ++cells;
        for (std::size_t t = 3; t < 11; ++t) {
            if (study.run.crop[i][t - 1] < 60) continue;
            growth += std::log(study.run.crop[i][t] / study.run.crop[i][t - 1]);
            ++growing;
        }
    }
    const auto events = static_cast<double>(study.events.size());
    CHECK(dense / events > 5 * all / cells);
    CHECK(growth_of_targets / events > growth / growing);
}

TEST_CASE("crop has serial correlation, and its yearly shocks are those declared") {
    const DisplacementParameters parameters = small("null");
    const Frontier land = frontier(parameters.land, 4);
    DisplacementParameters own = parameters;
    own.shocks = {.persistence = 0.8,
                  .national = 0,
                  .broad = 0,
                  .local = 0,
                  .own = 0.08,
                  .trend = 0,
                  .price = 0,
                  .price_jump = 0,
                  .elasticity = 0};
    const CropCourse course = crop_course(own, land, 4);
    double together = 0;
    double squares = 0;
    double n = 0;
    for (std::size_t i = 0; i < land.cells.size(); ++i) {
        if (land.cells[i].crop <= 0) continue;
        for (std::size_t t = 1; t < course.native[i].size(); ++t) {
            const double now = std::log(course.native[i][t] / land.cells[i].crop);
            const double before = std::log(course.native[i][t - 1] / land.cells[i].crop);
            together += now * before;
            squares += before * before;
            ++n;
        }
    }
    CHECK(together / squares == Approx(0.8).margin(0.02));
    CHECK(std::sqrt(squares / n) == Approx(0.08 / 0.6).epsilon(0.05));  // AR(1): σ / √(1 − 0.8²)
}

TEST_CASE("smooth shocks have the standard deviation that is declared") {
    DisplacementParameters parameters = small("null");
    parameters.land.columns = 240;
    parameters.land.rows = 240;
    parameters.years = 40;
    parameters.shocks = {.persistence = 0,
                         .national = 0,
                         .broad = 0,
                         .local = 0.1,
                         .own = 0,
                         .trend = 0,
                         .price = 0,
                         .price_jump = 0,
                         .elasticity = 0};
    const Frontier land = frontier(parameters.land, 4);
    const CropCourse course = crop_course(parameters, land, 4);
    double squares = 0;
    double n = 0;
    for (std::size_t i = 0; i < land.cells.size(); ++i) {
        if (land.cells[i].crop <= 0) continue;
        for (const double hectares : course.native[i]) {
            squares += std::pow(std::log(hectares / land.cells[i].crop), 2);
            ++n;
        }
    }
    CHECK(std::sqrt(squares / n) == Approx(0.1).epsilon(0.05));
}

TEST_CASE("the measured panel errs as declared and leaves out what clouds hid") {
    const DisplacementStudy study = displacement_study(*displacement_preset("null"), 6);
    double hidden = 0;
    double n = 0;
    double bias = 0;
    double squares = 0;
    double large = 0;
    for (std::size_t i = 0; i < study.panel.units.size(); ++i) {
        for (std::size_t t = 0; t < study.panel.years.size(); ++t) {
            ++n;
            if (!study.panel.crop_ha[i][t]) {
                ++hidden;
                continue;
            }
            if (study.run.crop[i][t] < 20) continue;
            const double ratio = *study.panel.crop_ha[i][t] / study.run.crop[i][t];
            bias += ratio;
            squares += ratio * ratio;
            ++large;
        }
    }
    CHECK(hidden / n == Approx(0.04).margin(0.003));
    CHECK(bias / large == Approx(0.97).margin(0.005));
    CHECK(std::sqrt(squares / large - std::pow(bias / large, 2)) == Approx(std::hypot(0.04, 0.0173)).epsilon(0.1));
    double report = 0;
    for (std::size_t e = 0; e < study.events.size(); ++e)
        report += std::pow(std::log(study.eradication[e].reported->value() / study.run.removed[e]), 2);
    CHECK(std::sqrt(report / static_cast<double>(study.events.size())) == Approx(0.08).epsilon(0.2));
}

TEST_CASE("null, balloon and far_balloon of one seed share land and shocks, and their first targets") {
    const DisplacementStudy& null = made("null", 1);
    for (const char* preset : {"balloon", "far_balloon"}) {
        const DisplacementStudy& other = made(preset, 1);
        CHECK((other.course.native == null.course.native));
        REQUIRE(other.events.size() == null.events.size());
        CHECK(other.events.front().cell == null.events.front().cell);
    }
}

TEST_CASE("a displacement study depends on its seed and on nothing else") {
    const std::string first = everything(made("balloon", 1));
    CHECK((first == everything(displacement_study(small("balloon"), 1))));
    CHECK((first != everything(made("balloon", 2))));
}

TEST_CASE("events are staggered, each with two years before the panel's end, and no cell is hit twice in four") {
    const DisplacementStudy study = displacement_study(*displacement_preset("balloon"), 3);
    CHECK(study.events.size() == 320);
    std::set<int> years;
    std::map<std::size_t, int> last;
    for (const CampaignEvent& event : study.events) {
        years.insert(event.year);
        CHECK(event.year >= 4);
        CHECK(event.year <= study.parameters.years - 3);
        const auto before = last.find(event.cell);
        if (before != last.end()) CHECK(event.year - before->second >= 4);
        last[event.cell] = event.year;
        CHECK(geo::year_of(event.date) == study.parameters.first_year + event.year);
    }
    CHECK(years.size() >= 8);
}

TEST_CASE("forest falls by what its mechanisms say, and nothing is displaced where nobody moved") {
    const DisplacementStudy& study = made("balloon", 1);
    double displaced = 0;
    for (std::size_t i = 0; i < study.land.cells.size(); ++i) {
        for (std::size_t t = 1; t < study.panel.years.size(); ++t) {
            const CellLoss& loss = study.forest.loss[i][t];
            CHECK(study.forest.forest[i][t - 1] - study.forest.forest[i][t] == Approx(loss.total()).margin(1e-9));
            CHECK(loss.displaced <= loss.direct + loss.associated + 1e-9);
            displaced += loss.displaced;
        }
    }
    CHECK(displaced > 0);
    for (const auto& years : made("null", 1).forest.loss) {
        for (const CellLoss& loss : years)
            CHECK(loss.displaced == 0);
    }
}

TEST_CASE("the price jumps in the middle of the price shock's years, for everybody") {
    const DisplacementStudy& study = made("price_shock", 1);
    const std::vector<double>& price = study.course.log_price.front();
    double largest = 0;
    for (std::size_t t = 1; t < price.size(); ++t)
        largest = std::max(largest, std::abs(price[t] - price[t - 1]));
    CHECK(largest > 0.25);
    CHECK(displacement_preset_names().size() == 6);
    CHECK_FALSE(displacement_preset("valle"));
}

TEST_CASE("the panel written as rows is read as the panel that was measured") {
    const DisplacementStudy& study = made("community", 1);
    geo::Diagnostics diagnostics;
    const regions::CropPanel read = regions::panel_from_table(panel_table(study), regions::Crop::coca, diagnostics);
    REQUIRE(read.units.size() == study.panel.units.size());
    CHECK((read.years == study.panel.years));
    REQUIRE(read.covariates.size() == study.panel.covariates.size());
    for (std::size_t c = 0; c < read.covariates.size(); ++c) {
        CHECK(read.covariates[c].name == study.panel.covariates[c].name);
        CHECK(read.covariates[c].constant == study.panel.covariates[c].constant);
    }
    for (std::size_t i = 0; i < read.units.size(); ++i) {
        CHECK(read.units[i].id == study.panel.units[i].id);
        CHECK(read.units[i].region_id == study.panel.units[i].region_id);
        CHECK(read.units[i].abroad == study.panel.units[i].abroad);
        CHECK((read.units[i].place == study.panel.units[i].place));
        for (std::size_t t = 0; t < read.years.size(); ++t) {
            REQUIRE(read.crop_ha[i][t].has_value() == study.panel.crop_ha[i][t].has_value());
            if (read.crop_ha[i][t]) CHECK(*read.crop_ha[i][t] == Approx(*study.panel.crop_ha[i][t]).margin(1e-9));
        }
    }
}

TEST_CASE("a displacement parameter out of range is refused by name") {
    DisplacementParameters parameters = small("balloon");
    parameters.campaign.moved_far = 0.9;
    try {
        static_cast<void>(displacement_study(parameters, 1));
        FAIL("accepted");
    } catch (const geo::Error& error) {
        CHECK(error.message().arguments.front().second == "campaign.moved_far");
    }
}
