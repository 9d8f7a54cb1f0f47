#include "regions/claim_check.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <numbers>

#include "geo/calendar.hpp"
#include "geo/geodesic.hpp"
#include "geo/topology.hpp"
#include "regions/outline_error.hpp"
#include "regions/removed_ground.hpp"

namespace vereda::regions {

namespace {

constexpr geo::Metres walk_correlation{60};
constexpr double square_metres_per_hectare = 10'000;

/// Words of the note.
constexpr std::string_view no_place = "no_place";
constexpr std::string_view no_claimed_area = "no_claimed_area";
constexpr std::string_view no_survey_before = "no_survey_before";
constexpr std::string_view no_survey_after = "no_survey_after";
constexpr std::string_view no_crop_before = "no_crop_mapped_before";
constexpr std::string_view partly_unseen = "partly_unseen";
constexpr std::string_view still_standing = "crop_still_standing";
constexpr std::string_view accuracy_sampled = "accuracy_of_sample";

void add_word(std::string& note, std::string_view word) {
    if (!note.empty()) note += ";";
    note += word;
}

double normal_cdf(double x) {
    return 0.5 * std::erfc(-x / std::numbers::sqrt2);
}

bool meet(const geo::Hectares& lo, const geo::Hectares& hi, const HectareInterval& other) {
    return lo <= other.hi && other.lo <= hi;
}

class ClaimChecker {
  public:
    ClaimChecker(std::span<const Survey> surveys, const geo::Crs& crs, const ClaimOptions& options)
        : crs_(crs), options_(options) {
        for (const Survey& survey : surveys)
            surveys_[survey.crop].emplace_back(survey);
        for (auto& [crop, dated] : surveys_)
            std::ranges::stable_sort(dated, {}, &DatedSurvey::day);
    }

    [[nodiscard]] ClaimRow row(const Claim& claim) const;

  private:
    [[nodiscard]] double hectares(const geo::MultiPolygon& ground) const {
        return ground.empty() ? 0 : geo::to_hectares(geo::ellipsoidal_area(ground, crs_)).value();
    }
    [[nodiscard]] geo::Metres position_error(const DatedSurvey& survey) const {
        return survey.survey().position_error.value_or(options_.position_error);
    }
    struct Accuracy {
        AccuracyShare users, producers;
        bool sampled = false;
    };
    [[nodiscard]] Accuracy accuracy(const DatedSurvey& survey) const;
    [[nodiscard]] Accuracy accuracy(const RemovedGround& ground) const;
    [[nodiscard]] HectareInterval claimed(const Claim& claim) const;
    [[nodiscard]] geo::MultiPolygon outline_of(const Claim& claim, const RemovedGround& ground) const;
    [[nodiscard]] double power(const Claim& claim, const RemovedGround& ground) const;
    void compare(ClaimRow& row, const Claim& claim, const RemovedGround& ground) const;
    void follow(ClaimRow& row, const Claim& claim, const RemovedGround& ground) const;
    void look_near(ClaimRow& row, const Claim& claim, const RemovedGround& ground, const DatedSurvey& last) const;

    std::map<Crop, std::vector<DatedSurvey>> surveys_;
    const geo::Crs& crs_;
    ClaimOptions options_;
};

ClaimChecker::Accuracy ClaimChecker::accuracy(const DatedSurvey& survey) const {
    const SampledAccuracy* found = nullptr;
    for (const SampledAccuracy& sample : options_.samples) {
        if (sample.crop != survey.survey().crop) continue;
        if (sample.year == survey.survey().year) return {sample.users, sample.producers, true};
        if (!sample.year && found == nullptr) found = &sample;
    }
    if (found != nullptr) return {found->users, found->producers, true};
    return {{options_.users_accuracy, options_.users_accuracy},
            {options_.producers_accuracy, options_.producers_accuracy},
            false};
}

ClaimChecker::Accuracy ClaimChecker::accuracy(const RemovedGround& ground) const {
    const Accuracy before = accuracy(*ground.before);
    const Accuracy after = accuracy(*ground.after);
    const auto worse = [](const AccuracyShare& a, const AccuracyShare& b) {
        constexpr double least = 0.01;  // a map of which less is right says nothing
        return AccuracyShare{std::clamp(std::min(a.value, b.value), least, 1.0),
                             std::clamp(std::min(a.lo, b.lo), least, 1.0)};
    };
    return {worse(before.users, after.users), worse(before.producers, after.producers),
            before.sampled || after.sampled};
}

HectareInterval ClaimChecker::claimed(const Claim& claim) const {
    const double area = claim.area->value();
    const double sd = claim.area_sd ? claim.area_sd->value() : options_.claimed_sd_share * area;
    return {*claim.area, geo::Hectares(std::max(0.0, area - options_.z * sd)), geo::Hectares(area + options_.z * sd)};
}

/// Of a point or line without plots near it, the circle of the claimed area.
geo::MultiPolygon ClaimChecker::outline_of(const Claim& claim, const RemovedGround& ground) const {
    if (!ground.footprint.empty()) return ground.footprint;
    const double area = claim.area.value_or(geo::Hectares(0)).value() * square_metres_per_hectare;
    return geo::buffer(claim.place, std::max(removal_reach.value(), std::sqrt(area / std::numbers::pi)));
}

double ClaimChecker::power(const Claim& claim, const RemovedGround& ground) const {
    geo::Hectares smallest = std::max(ground.before->survey().min_area, ground.after->survey().min_area);
    if (!(smallest.value() > 0)) smallest = options_.smallest;
    const geo::Metres sigma = std::max(position_error(*ground.before), position_error(*ground.after));
    std::vector<double> parts;
    for (const geo::Polygon& part : areal_part(claim.place))
        parts.push_back(hectares({part}));
    if (parts.empty()) parts.push_back(claim.area->value());
    const double producers = accuracy(ground).producers.value;
    double all = 0;
    double detected = 0;
    for (const double part : parts) {
        all += part;
        detected += part * detection_power(geo::Hectares(part), smallest, sigma, producers);
    }
    return all > 0 ? detected / all : 0;
}

void ClaimChecker::compare(ClaimRow& row, const Claim& claim, const RemovedGround& ground) const {
    row.year_before = ground.before->survey().year;
    row.year_after = ground.after->survey().year;
    const geo::MultiPolygon outline = outline_of(claim, ground);
    const double removed = hectares(ground.gone);
    const double before = hectares(ground.crop_before);
    const double unseen =
        hectares(ground.before->unseen_in(outline)) + std::max(0.0, hectares(ground.vanished) - removed);
    const geo::Metres sigma(std::hypot(position_error(*ground.before).value(), position_error(*ground.after).value()));
    const double sd = ground.gone.empty() ? 0
                                          : area_sd(ground.gone, {sigma, walk_correlation, geo::Metres(0)}).value() /
                                                square_metres_per_hectare;
    const Accuracy found = accuracy(ground);
    row.users_accuracy = found.users.value;
    row.producers_accuracy = found.producers.value;
    if (found.sampled) add_word(row.note, accuracy_sampled);
    const double lo = std::max(0.0, removed * found.users.lo - options_.z * sd);
    const double hi_seen = removed / found.producers.lo + options_.z * sd;
    row.crop_before = geo::Hectares(before);
    row.unseen = geo::Hectares(unseen);
    row.mapped = HectareInterval{geo::Hectares(removed), geo::Hectares(lo),
                                 geo::Hectares(hi_seen + unseen / found.producers.lo)};
    if (!(before > 0)) add_word(row.note, no_crop_before);
    if (unseen > 0) add_word(row.note, partly_unseen);
    if (before - hectares(ground.vanished) > options_.z * sd && before > hectares(ground.vanished))
        add_word(row.note, still_standing);
    if (!row.claimed) {
        row.verdict = ClaimVerdict::not_detectable;
        return;
    }
    row.power = power(claim, ground);
    row.verdict = verdict_of({*row.claimed, *row.mapped, geo::Hectares(hi_seen), *row.power}, options_);
    if (row.verdict == ClaimVerdict::disagree) {
        row.disputed = HectareInterval{row.claimed->value - row.mapped->value, row.claimed->lo - row.mapped->hi,
                                       row.claimed->hi - row.mapped->lo};
    }
}

void ClaimChecker::follow(ClaimRow& row, const Claim& claim, const RemovedGround& ground) const {
    const geo::Date end = geo::plus_months(claim.date, 12 * followed_years);
    geo::MultiPolygon bare = ground.gone;
    double replanted = 0;
    bool second_look = false;
    const DatedSurvey* last = ground.after;
    for (const DatedSurvey& survey : surveys_.at(claim.crop)) {
        if (survey.day() <= ground.after->day() || survey.day() > end) continue;
        last = &survey;
        const geo::MultiPolygon grown = survey.crop_in(ground.gone);
        for (int year = 0; year < followed_years; ++year) {
            if (survey.day() > geo::plus_months(claim.date, 12 * year) &&
                survey.day() <= geo::plus_months(claim.date, 12 * (year + 1)))
                row.back[static_cast<std::size_t>(year)] = geo::Hectares(hectares(grown));
        }
        if (!second_look) {
            row.regrown = geo::Hectares(hectares(grown));
        } else {
            replanted += hectares(survey.crop_in(bare));
            row.replanted = geo::Hectares(replanted);
        }
        bare = survey.without_crop(bare);
        second_look = true;
    }
    row.followed_until = last->day();
    look_near(row, claim, ground, *last);
}

void ClaimChecker::look_near(ClaimRow& row, const Claim& claim, const RemovedGround& ground,
                             const DatedSurvey& last) const {
    const geo::MultiPolygon outline = outline_of(claim, ground);
    const double width = options_.belt.value();
    const geo::MultiPolygon inner = geo::buffer(geo::Geometry(outline), width);
    const geo::MultiPolygon near = geo::difference(inner, outline);
    const geo::MultiPolygon around = geo::difference(geo::buffer(geo::Geometry(outline), 2 * width), inner);
    struct Ring {
        double seen = 0;
        double fresh = 0;
        double squares = 0;
    };
    const auto look = [&](const geo::MultiPolygon& land) {
        Ring ring;
        ring.seen = hectares(last.seen_in(ground.before->seen_in(land)));
        const geo::MultiPolygon fresh = ground.before->seen_in(ground.before->without_crop(last.crop_in(land)));
        for (const geo::Polygon& piece : fresh) {
            const double area = hectares({piece});
            ring.fresh += area;
            ring.squares += area * area;
        }
        return ring;
    };
    const Ring in = look(near);
    const Ring out = look(around);
    if (!(in.seen > 0) || !(out.seen > 0)) return;
    const double scale = in.seen / out.seen;
    const double excess = in.fresh - scale * out.fresh;
    const double half = options_.z * std::sqrt(in.squares + scale * scale * out.squares);
    row.near_new = geo::Hectares(in.fresh);
    row.near_expected = geo::Hectares(scale * out.fresh);
    row.near_excess =
        HectareInterval{geo::Hectares(excess), geo::Hectares(excess - half), geo::Hectares(excess + half)};
}

ClaimRow ClaimChecker::row(const Claim& claim) const {
    ClaimRow row;
    row.id = claim.id;
    row.date = claim.date;
    if (claim.area) {
        row.claimed = claimed(claim);
    } else {
        add_word(row.note, no_claimed_area);
    }
    if (geo::envelope(claim.place).empty()) {
        add_word(row.note, no_place);
        return row;
    }
    const auto surveys = surveys_.find(claim.crop);
    RemovedGround ground;
    if (surveys != surveys_.end()) ground = removed_ground(claim.place, claim.date, surveys->second);
    if (ground.before == nullptr) add_word(row.note, no_survey_before);
    if (ground.after == nullptr) add_word(row.note, no_survey_after);
    if (ground.before == nullptr || ground.after == nullptr) return row;
    compare(row, claim, ground);
    follow(row, claim, ground);
    return row;
}

}  // namespace

std::string_view name_of(ClaimVerdict verdict) {
    switch (verdict) {
        case ClaimVerdict::agree:
            return "agree";
        case ClaimVerdict::disagree:
            return "disagree";
        case ClaimVerdict::not_detectable:
            return "not_detectable";
        case ClaimVerdict::not_observed:
            return "not_observed";
    }
    return {};
}

double detection_power(geo::Hectares plot, geo::Hectares smallest, geo::Metres position_error,
                       double producers_accuracy) {
    const double side = std::sqrt(plot.value() * square_metres_per_hectare);
    const double sd = std::numbers::sqrt2 * position_error.value() * side / square_metres_per_hectare;
    const double over = plot.value() - smallest.value();
    if (!(sd > 0)) return over >= 0 ? producers_accuracy : 0;
    return producers_accuracy * normal_cdf(over / sd);
}

ClaimVerdict verdict_of(const ClaimEvidence& evidence, const ClaimOptions& options) {
    const bool detectable = evidence.power >= options.needed_power;
    if (meet(evidence.mapped.lo, evidence.mapped_hi_seen, evidence.claimed)) {
        const bool shown = evidence.mapped.value.value() > 0;
        return detectable || shown ? ClaimVerdict::agree : ClaimVerdict::not_detectable;
    }
    if (meet(evidence.mapped.lo, evidence.mapped.hi, evidence.claimed)) return ClaimVerdict::not_observed;
    return detectable ? ClaimVerdict::disagree : ClaimVerdict::not_detectable;
}

std::vector<ClaimRow> check_claims(std::span<const Claim> claims, std::span<const Survey> surveys, const geo::Crs& crs,
                                   const ClaimOptions& options) {
    const ClaimChecker checker(surveys, crs, options);
    std::vector<ClaimRow> rows;
    for (const Claim& claim : claims)
        rows.push_back(checker.row(claim));
    return rows;
}

}  // namespace vereda::regions
