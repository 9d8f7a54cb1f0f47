#include "regions/eradication_check.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <initializer_list>
#include <map>
#include <memory>
#include <set>
#include <tuple>

#include "geo/geodesic.hpp"
#include "geo/topology.hpp"
#include "regions/dated_survey.hpp"
#include "regions/interval_note.hpp"
#include "regions/removed_ground.hpp"

namespace vereda::regions {
namespace {

using geo::operator""_msg;

constexpr std::chrono::months kRevisit{12};
/// Reported areas are rounded: a little more than the outline holds is no contradiction (d).
constexpr double kReportedSlack = 1.05;

/// Words of the note.
constexpr std::string_view kPruned = "pruned_or_renewed";
constexpr std::string_view kNoOutline = "no_outline";
constexpr std::string_view kRegionOnly = "region_only";
constexpr std::string_view kNoBefore = "no_survey_before";
constexpr std::string_view kNoAfter = "no_survey_after";
constexpr std::string_view kUnseen = "not_observed_after";
constexpr std::string_view kRepeat = "repeat_pass";
constexpr std::string_view kOverlap = "overlapping_events";
constexpr std::string_view kNoReport = "no_reported_area";
constexpr std::string_view kBeyondOutline = "reported_exceeds_outline";
constexpr std::string_view kNoCrop = "no_crop_mapped_before";

/// What one event removed of one crop.
struct Removal {
    std::size_t event = 0;
    const DatedSurvey* before = nullptr;
    const DatedSurvey* after = nullptr;
    geo::MultiPolygon gone;     ///< seen to be gone
    geo::MultiPolygon counted;  ///< of it, not an earlier event's
    geo::MultiPolygon crop_before;
    double crop_before_ha = 0;
    double unseen_ha = 0;
    double overlap_ha = 0;
    std::vector<std::size_t> shared_with;  ///< events
};

/// Areas of one event over all crops, with their errors.
struct EventSums {
    bool told = false;
    GroundSum mapped;
    GroundSum counted;
    GroundSum crop_before;
    std::optional<GroundSum> revisited;
    std::optional<GroundSum> replanted;
};

/// Areas of one region and crop, with their errors.
struct RegionSums {
    GroundSum removed;
    GroundSum revisited;
    GroundSum replanted;
    std::optional<GroundSum> relocated;
    GroundSum named;  ///< removed from plots that name a household
};

using Replanting = std::map<std::pair<std::string, Crop>, RegionSums>;
using SurveysByCrop = std::map<Crop, std::vector<DatedSurvey>>;

class Checker {
  public:
    Checker(const RegionSet& regions, std::span<const Survey> surveys, std::span<const EradicationEvent> events,
            std::span<const SampledRatio> samples)
        : regions_(regions), events_(events), samples_(samples), sums_(events.size()) {
        for (const Survey& survey : surveys)
            surveys_[survey.crop].emplace_back(survey);
        for (auto& [crop, dated] : surveys_)
            std::ranges::stable_sort(dated, {}, &DatedSurvey::day);
    }

    [[nodiscard]] EradicationCheck check(geo::Parallelism parallelism, geo::Progress* progress);

  private:
    [[nodiscard]] double hectares(const geo::MultiPolygon& ground) const {
        return ground.empty() ? 0 : geo::to_hectares(geo::ellipsoidal_area(ground, regions_.crs())).value();
    }
    [[nodiscard]] std::optional<Removal> removal(std::size_t event, const std::vector<DatedSurvey>& surveys) const;
    void share(std::vector<Removal>& removals) const;
    void add_to_row(EradicationCheckRow& row, const Removal& removal);
    void add_revisit(EradicationCheckRow& row, const Removal& removal, Crop crop, Replanting& replanting);
    void add_relocation(const std::vector<Removal>& removals, Crop crop, Replanting& replanting) const;
    void tell_intervals(EradicationCheckRow& row, const EventSums& sums) const;
    [[nodiscard]] GroundSum measured(const geo::MultiPolygon& ground,
                                     std::initializer_list<const DatedSurvey*> drawn_by,
                                     const DatedSurvey& counted_by) const;
    [[nodiscard]] EradicationCheckRow empty_row(const EradicationEvent& event) const;

    const RegionSet& regions_;
    std::span<const EradicationEvent> events_;
    std::span<const SampledRatio> samples_;
    std::vector<EventSums> sums_;  ///< by event
    SurveysByCrop surveys_;
};

const DatedSurvey* first_after(const std::vector<DatedSurvey>& surveys, geo::Date day) {
    const auto found = std::ranges::find_if(surveys, [&](const DatedSurvey& survey) { return survey.day() > day; });
    return found == surveys.end() ? nullptr : &*found;
}

/// The first survey at least the months of a revisit later.
const DatedSurvey* revisit(const std::vector<DatedSurvey>& surveys, geo::Date day) {
    std::chrono::year_month_day due = std::chrono::year_month_day(day) + kRevisit;
    if (!due.ok()) due = due.year() / due.month() / std::chrono::last;
    return first_after(surveys, geo::Date(due) - std::chrono::days(1));
}

bool is_empty(const geo::Geometry& place) {
    return geo::envelope(place).empty();
}

std::optional<Removal> Checker::removal(std::size_t event, const std::vector<DatedSurvey>& surveys) const {
    const EradicationEvent& told = events_[event];
    if (told.kind == EradicationKind::pruned_or_renewed) return std::nullopt;
    Removal result;
    result.event = event;
    const RemovedGround ground = removed_ground(told.place, told.date, surveys);
    result.before = ground.before;
    result.after = ground.after;
    if (ground.crop_before.empty()) return result;
    result.crop_before = ground.crop_before;
    result.crop_before_ha = hectares(ground.crop_before);
    result.gone = ground.gone;
    result.counted = result.gone;
    result.unseen_ha = std::max(0.0, hectares(ground.vanished) - hectares(result.gone));
    return result;
}

/// Overlaps between events of one survey interval; the first by date and id keeps shared ground.
void Checker::share(std::vector<Removal>& removals) const {
    std::vector<geo::Box> boxes;
    for (const Removal& removal : removals)
        boxes.push_back(geo::envelope(removal.gone));
    const geo::SpatialIndex index(boxes);
    const auto rank = [&](const Removal& removal) {
        return std::tie(events_[removal.event].date, events_[removal.event].id);
    };
    for (std::size_t i = 0; i < removals.size(); ++i) {
        Removal& own = removals[i];
        std::vector<geo::MultiPolygon> shared;
        for (const std::size_t j : index.query(boxes[i])) {
            const Removal& other = removals[j];
            if (j == i || other.before != own.before || other.after != own.after) continue;
            geo::MultiPolygon both = geo::intersection(own.gone, other.gone);
            if (both.empty()) continue;
            own.shared_with.push_back(other.event);
            if (rank(other) < rank(own)) own.counted = geo::difference(own.counted, other.gone);
            shared.push_back(std::move(both));
        }
        if (!shared.empty()) own.overlap_ha = hectares(geo::union_of(shared));
    }
}

/// Appends one of a list joined by ";", once.
void add_word(std::string& note, std::string_view word) {
    const std::string list = ";" + note + ";";
    if (list.find(";" + std::string(word) + ";") != std::string::npos) return;
    if (!note.empty()) note += ";";
    note += word;
}

void add_hectares(std::optional<geo::Hectares>& sum, double more) {
    sum = geo::Hectares(sum.value_or(geo::Hectares(0)).value() + more);
}

EradicationCheckRow Checker::empty_row(const EradicationEvent& event) const {
    EradicationCheckRow row;
    row.event_id = event.id;
    row.reported = event.reported;
    row.date = event.date;
    row.kind = event.kind;
    row.verified = event.verified;
    row.region_id = event.region_id;
    const geo::MultiPolygon outline = areal_part(event.place);
    if (!outline.empty()) row.outline = geo::Hectares(hectares(outline));
    if (event.kind == EradicationKind::pruned_or_renewed) add_word(row.note, kPruned);
    if (outline.empty()) add_word(row.note, is_empty(event.place) ? kRegionOnly : kNoOutline);
    if (!event.reported) add_word(row.note, kNoReport);
    if (row.reported && row.outline && row.reported->value() > kReportedSlack * row.outline->value())
        add_word(row.note, kBeyondOutline);
    return row;
}

GroundSum Checker::measured(const geo::MultiPolygon& ground, std::initializer_list<const DatedSurvey*> drawn_by,
                            const DatedSurvey& counted_by) const {
    GroundSum sum;
    sum.add(ground, geo::Hectares(hectares(ground)), {drawn_by.begin(), drawn_by.size()}, counted_by.survey(),
            samples_);
    return sum;
}

void Checker::add_to_row(EradicationCheckRow& row, const Removal& removal) {
    if (removal.before != nullptr) row.year_before = removal.before->survey().year;
    if (removal.after != nullptr) row.year_after = removal.after->survey().year;
    if (removal.before == nullptr) add_word(row.note, kNoBefore);
    if (removal.after == nullptr) add_word(row.note, kNoAfter);
    if (removal.before == nullptr || removal.after == nullptr || is_empty(events_[removal.event].place)) return;
    add_hectares(row.mapped, hectares(removal.gone));
    add_hectares(row.overlap, removal.overlap_ha);
    add_hectares(row.counted, hectares(removal.counted));
    add_hectares(row.crop_before, removal.crop_before_ha);
    add_hectares(row.unseen, removal.unseen_ha);
    EventSums& sums = sums_[removal.event];
    sums.told = true;
    sums.mapped.add(measured(removal.gone, {removal.before, removal.after}, *removal.before));
    sums.counted.add(measured(removal.counted, {removal.before, removal.after}, *removal.before));
    sums.crop_before.add(measured(removal.crop_before, {removal.before}, *removal.before));
    if (removal.unseen_ha > 0) add_word(row.note, kUnseen);
    for (const std::size_t other : removal.shared_with) {
        add_word(row.shared_with, events_[other].id);
        add_word(row.note, events_[other].date == row.date ? kOverlap : kRepeat);
    }
}

void Checker::add_revisit(EradicationCheckRow& row, const Removal& removal, Crop crop, Replanting& replanting) {
    if (removal.counted.empty()) return;
    const EradicationEvent& event = events_[removal.event];
    const DatedSurvey* visit = revisit(surveys_.at(crop), event.date);
    GroundSum revisited;
    GroundSum replanted;
    if (visit != nullptr) {
        const auto drawn = {removal.before, removal.after, visit};
        const geo::MultiPolygon grown = visit->crop_in(removal.counted);
        replanted = measured(grown, drawn, *visit);
        // Ground under crop was seen, whatever the survey says of its extent.
        revisited = measured(visit->seen_in(visit->without_crop(removal.counted)), drawn, *removal.before);
        revisited.add(measured(grown, drawn, *removal.before));
        add_hectares(row.revisited, revisited.area().value());
        add_hectares(row.replanted, replanted.area().value());
        EventSums& sums = sums_[removal.event];
        if (!sums.revisited) sums.revisited.emplace();
        if (!sums.replanted) sums.replanted.emplace();
        sums.revisited->add(revisited);
        sums.replanted->add(replanted);
    }
    if (event.verified != Answer::yes) return;
    RegionSums& sum = replanting[{event.region_id, crop}];
    sum.removed.add(measured(removal.counted, {removal.before, removal.after}, *removal.before));
    if (visit == nullptr) return;
    sum.revisited.add(revisited);
    sum.replanted.add(replanted);
}

void Checker::tell_intervals(EradicationCheckRow& row, const EventSums& sums) const {
    if (!sums.told) return;
    row.mapped_interval = sums.mapped.interval();
    row.counted_interval = sums.counted.interval();
    row.crop_before_interval = sums.crop_before.interval();
    row.counted_sampled = sums.counted.sampled();
    if (sums.revisited) row.revisited_interval = sums.revisited->interval();
    if (sums.replanted) {
        row.replanted_interval = sums.replanted->interval();
        row.replanted_sampled = sums.replanted->sampled();
    }
    const bool unseen = row.unseen && row.unseen->value() > 0;
    row.interval_note = note_of({row.crop_before_interval && row.mapped_interval ? "" : note::no_outline_error,
                                 note::of_sample(row.counted_sampled.has_value()), note::event_outline_left_out,
                                 note::later_omission_left_out, unseen ? note::unobserved_left_out : ""});
}

/// The row of a region and crop once all its removals are in.
ReplantingRow told(const std::pair<std::string, Crop>& key, const RegionSums& sums) {
    ReplantingRow row;
    row.region_id = key.first;
    row.crop = key.second;
    row.removed = sums.removed.area();
    row.revisited = sums.revisited.area();
    row.replanted = sums.replanted.area();
    row.persistence_rate = persistence_rate(row.replanted, row.revisited);
    row.removed_interval = sums.removed.interval();
    row.removed_sampled = sums.removed.sampled();
    row.revisited_interval = sums.revisited.interval();
    row.replanted_interval = sums.replanted.interval();
    row.replanted_sampled = sums.replanted.sampled();
    row.persistence_interval = rate_interval(sums.replanted, sums.revisited);
    if (sums.relocated) {
        row.relocated = sums.relocated->area();
        row.relocated_interval = sums.relocated->interval();
        row.relocation_rate = persistence_rate(*row.relocated, sums.named.area());
        row.relocation_interval = rate_interval(*sums.relocated, sums.named);
    }
    row.note = note_of({row.removed_interval && row.revisited_interval ? "" : note::no_outline_error,
                        note::of_sample(row.removed_sampled.has_value()), note::event_outline_left_out,
                        note::later_omission_left_out});
    return row;
}

/// Households whose crop verified events removed, and their plots in the next survey on ground that had no crop.
void Checker::add_relocation(const std::vector<Removal>& removals, Crop crop, Replanting& replanting) const {
    struct Loss {
        const DatedSurvey* before = nullptr;
        const DatedSurvey* after = nullptr;
        std::set<std::string> households;
        GroundSum removed;
    };
    std::map<std::tuple<std::string, int, int>, Loss> losses;
    for (const Removal& removal : removals) {
        const EradicationEvent& event = events_[removal.event];
        if (event.verified != Answer::yes || removal.counted.empty()) continue;
        Loss& loss = losses[{event.region_id, removal.before->survey().year, removal.after->survey().year}];
        loss.before = removal.before;
        loss.after = removal.after;
        for (const std::size_t i : removal.before->plots_meeting(removal.counted)) {
            const Plot& plot = removal.before->survey().plots[i];
            const geo::MultiPolygon removed = geo::intersection(plot.outline, removal.counted);
            if (plot.household_id.empty() || !(hectares(removed) > 0)) continue;
            loss.households.insert(plot.household_id);
            loss.removed.add(measured(removed, {removal.before, removal.after}, *removal.before));
        }
    }
    for (const auto& [place, loss] : losses) {
        if (loss.households.empty()) continue;
        RegionSums& sum = replanting.at({std::get<0>(place), crop});
        if (!sum.relocated) sum.relocated.emplace();
        for (const Plot& plot : loss.after->survey().plots) {
            if (loss.households.contains(plot.household_id) && loss.before->plots_meeting(plot.outline).empty())
                sum.relocated->add(plot.outline, geo::to_hectares(plot.area), std::array{loss.after},
                                   loss.after->survey(), samples_);
        }
        sum.named.add(loss.removed);
    }
}

EradicationCheck Checker::check(geo::Parallelism parallelism, geo::Progress* progress) {
    EradicationCheck result;
    for (const EradicationEvent& event : events_)
        result.events.push_back(empty_row(event));
    Replanting replanting;
    for (const auto& [crop, surveys] : surveys_) {
        std::vector<Removal> removals;
        geo::parallel_ordered<std::optional<Removal>>(
            events_.size(), parallelism, [&](std::size_t e) { return removal(e, surveys); },
            [&](std::size_t, std::optional<Removal>&& found) {
                if (found) removals.push_back(*std::move(found));
            },
            progress);
        share(removals);
        for (const Removal& removal : removals) {
            EradicationCheckRow& row = result.events[removal.event];
            add_to_row(row, removal);
            add_revisit(row, removal, crop, replanting);
        }
        add_relocation(removals, crop, replanting);
    }
    for (std::size_t e = 0; e < result.events.size(); ++e) {
        EradicationCheckRow& row = result.events[e];
        tell_intervals(row, sums_[e]);
        if (row.crop_before && !(row.crop_before->value() > 0)) add_word(row.note, kNoCrop);
    }
    std::ranges::sort(result.events, {}, &EradicationCheckRow::event_id);
    for (const auto& [key, sums] : replanting)
        result.replanting.push_back(told(key, sums));
    return result;
}

}  // namespace

std::optional<double> persistence_rate(geo::Hectares replanted, geo::Hectares verified) {
    if (!(verified.value() > 0)) return std::nullopt;
    return replanted / verified;
}

EradicationCheck eradication_check(const RegionSet& regions, std::span<const Survey> surveys,
                                   std::span<const EradicationEvent> events, geo::Parallelism parallelism,
                                   geo::Progress* progress, std::span<const SampledRatio> samples) {
    if (progress != nullptr) {
        std::set<Crop> crops;
        for (const Survey& survey : surveys)
            crops.insert(survey.crop);
        progress->start_stage({"stage.eradication_check"_msg, {}},
                              static_cast<std::int64_t>(events.size() * crops.size()));
    }
    return Checker(regions, surveys, events, samples).check(parallelism, progress);
}

}  // namespace vereda::regions
