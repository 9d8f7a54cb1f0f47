#include "regions/plot_identity.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

#include "geo/error.hpp"
#include "optimise/association.hpp"
#include "regions/link_decision.hpp"
#include "regions/link_hypotheses.hpp"
#include "regions/observed_land.hpp"
#include "regions/plot_candidates.hpp"
#include "regions/plot_shape.hpp"
#include "regions/survey_shift.hpp"

namespace vereda::regions {

using geo::operator""_msg;

namespace {

constexpr double least_reach = 45;       // metres: how far a plot is looked for where the stated error is small (d)
constexpr double errors_in_reach = 4;    // standard deviations of place (d)
constexpr double errors_of_sight = 2;    // standard deviations within which a plot's ground must have been seen (d)
constexpr double yearly_drift = 1;       // variance that a plot's place gains a year, square metres (d)
constexpr double density_cell = 250;     // metres (d)
constexpr double whole_sighting = 0.95;  // observed share from which an outline replaces the one before (d)
constexpr double cut_edge = 3;           // metres: outlines this near unobserved land may be cut off there (d)
constexpr double cut_ground = 30;        // metres around a cut outline that its plot may reach (d)
constexpr std::size_t plots_to_a_task = 1024;

/// A known plot between surveys.
struct State {
    std::uint32_t track = 0;
    Outline model;        ///< last outline that was seen whole
    geo::Point place;     ///< centre in the first survey's coordinates
    double variance = 0;  ///< of place by the stated errors, an axis
    LastSeen state = LastSeen::last_year;
    bool cut = false;  ///< its outline ends where the survey's sight ended: it may be larger
};

/// What a survey brings, measured once.
struct Frame {
    std::vector<PlotShape> shapes;
    std::vector<double> variances;  ///< of each plot's stated error
    ObservedLand land{std::nullopt};
    SurveyShift shift;
};

void in_chunks(std::size_t count, const IdentityOptions& options, const std::function<void(std::size_t)>& work) {
    const std::size_t tasks = (count + plots_to_a_task - 1) / plots_to_a_task;
    geo::parallel_for(tasks, options.parallelism, [&](std::size_t task) {
        if (options.progress != nullptr) options.progress->check();
        const std::size_t end = std::min(count, (task + 1) * plots_to_a_task);
        for (std::size_t i = task * plots_to_a_task; i < end; ++i)
            work(i);
    });
}

/// Plots per square metre around a place: those of its cell and the eight beside it, at least one.
class Density {
  public:
    explicit Density(std::span<const PlotShape> shapes) {
        for (const PlotShape& shape : shapes)
            ++counts_[key(cell(shape.centre.x), cell(shape.centre.y))];
    }
    [[nodiscard]] double at(geo::Point place) const {
        int count = 0;
        for (long long dx = -1; dx <= 1; ++dx) {
            for (long long dy = -1; dy <= 1; ++dy) {
                const auto found = counts_.find(key(cell(place.x) + dx, cell(place.y) + dy));
                if (found != counts_.end()) count += found->second;
            }
        }
        return std::max(count, 1) / (9 * density_cell * density_cell);
    }

  private:
    static long long cell(double value) { return static_cast<long long>(std::floor(value / density_cell)); }
    static long long key(long long x, long long y) { return x * 0x7fffffffLL + y; }
    std::unordered_map<long long, int> counts_;
};

/// The least share seen of the outline moved by so much in the four directions, and where it is.
double least_share(const ObservedLand& land, const geo::MultiPolygon& outline, geo::Point by, double around) {
    if (land.everything()) return 1;
    double least = land.share(outline, by);
    for (const geo::Point step : {geo::Point{around, 0}, {-around, 0}, {0, around}, {0, -around}})
        least = std::min(least, land.share(outline, {by.x + step.x, by.y + step.y}));
    return least;
}

class Identification {
  public:
    Identification(std::span<const Survey> surveys, const IdentityOptions& options, geo::Diagnostics& diagnostics)
        : surveys_(surveys), options_(options), diagnostics_(diagnostics) {}

    PlotIdentity run() {
        for (std::uint32_t survey = 0; survey < surveys_.size(); ++survey) {
            measure(survey);
            result_.fits.emplace_back();
            result_.track_of.emplace_back(surveys_[survey].plots.size(), no_plot);
            if (!states_.empty()) link(survey);
            begin_tracks(survey);
            if (options_.progress != nullptr) options_.progress->advance();
        }
        return std::move(result_);
    }

  private:
    void measure(std::uint32_t number) {
        const Survey& survey = surveys_[number];
        Frame& frame = frames_.emplace_back();
        frame.land = ObservedLand(survey.observed);
        frame.shapes.resize(survey.plots.size());
        frame.variances.resize(survey.plots.size());
        in_chunks(survey.plots.size(), options_, [&](std::size_t i) {
            frame.shapes[i] = shape_of(survey.plots[i].outline);
            const double error = position_error_of(survey.plots[i], survey, options_.position_error).value();
            frame.variances[i] = error * error;
        });
        const bool assumed = !survey.position_error &&
                             std::ranges::any_of(survey.plots, [](const Plot& plot) { return !plot.position_error; });
        if (assumed) {
            diagnostics_.add({geo::Severity::note,
                              {"tracks.error_assumed"_msg,
                               {{"year", std::to_string(survey.year)},
                                {"metres", std::to_string(std::lround(options_.position_error.value()))}}},
                              {}});
        }
    }

    [[nodiscard]] const PlotShape& shape(Outline outline) const { return frames_[outline.survey].shapes[outline.plot]; }
    [[nodiscard]] double variance(Outline outline) const { return frames_[outline.survey].variances[outline.plot]; }
    [[nodiscard]] const geo::MultiPolygon& ground(Outline outline) const {
        return surveys_[outline.survey].plots[outline.plot].outline;
    }

    [[nodiscard]] SurveyShift shift_of(std::uint32_t survey) const {
        const Frame& frame = frames_[survey];
        std::vector<PlotPlace> known;
        std::vector<PlotPlace> seen;
        double error2 = 0;
        for (const State& state : states_) {
            if (state.state != LastSeen::last_year) continue;
            known.push_back({state.place, shape(state.model).area});
            error2 += state.variance;
        }
        if (!known.empty()) error2 /= static_cast<double>(known.size());
        double seen_error2 = 0;
        for (std::size_t i = 0; i < frame.shapes.size(); ++i) {
            seen.push_back({frame.shapes[i].centre, frame.shapes[i].area});
            seen_error2 += frame.variances[i];
        }
        if (!seen.empty()) error2 += seen_error2 / static_cast<double>(seen.size());
        return {known, seen, geo::Metres(std::sqrt(error2)), options_.parallelism};
    }

    [[nodiscard]] std::vector<SoughtPlot> sought_in(std::uint32_t survey) const {
        const Frame& frame = frames_[survey];
        double widest = 0;
        for (const double v : frame.variances)
            widest = std::max(widest, v);
        std::vector<SoughtPlot> sought;
        sought.reserve(states_.size());
        for (const State& state : states_) {
            const geo::Point now = frame.shift.at(state.place);
            const geo::Point then = frames_[state.model.survey].shift.at(state.place);
            SoughtPlot plot;
            plot.outline = &ground(state.model);
            plot.shape = shape(state.model);
            plot.moved = {now.x - then.x, now.y - then.y};
            plot.expected = {state.place.x + now.x, state.place.y + now.y};
            plot.reach = std::max(least_reach, errors_in_reach * std::sqrt(state.variance + widest));
            sought.push_back(plot);
        }
        return sought;
    }

    [[nodiscard]] std::vector<KnownPlot> known_for(std::uint32_t survey, std::span<const SoughtPlot> sought,
                                                   const Density& density) const {
        std::vector<KnownPlot> known(states_.size());
        in_chunks(states_.size(), options_, [&](std::size_t i) {
            const State& state = states_[i];
            known[i].place_variance = state.variance;
            known[i].outline_variance = variance(state.model);
            known[i].area = sought[i].shape.area;
            const ObservedLand& land = frames_[survey].land;
            // Wherever within its error the plot lies.
            known[i].observed_share = least_share(land, *sought[i].outline, sought[i].moved,
                                                  state.cut ? cut_ground : errors_of_sight * std::sqrt(state.variance));
            known[i].density = density.at(sought[i].expected);
            const geo::Box& box = sought[i].shape.box;
            known[i].beside =
                (box.width() + 2 * sought[i].reach) * (box.height() + 2 * sought[i].reach) - known[i].area;
            const Track& track = result_.tracks[state.track];
            known[i].surveys_back = static_cast<int>(survey - track.sightings.back().outline.survey);
            known[i].in_part = state.cut || known[i].observed_share < whole_sighting;
            known[i].state = state.state;
        });
        return known;
    }

    [[nodiscard]] std::vector<SeenPlot> seen_in(std::uint32_t survey, const Density& density) const {
        const Frame& frame = frames_[survey];
        std::vector<SeenPlot> seen(frame.shapes.size());
        in_chunks(seen.size(), options_, [&](std::size_t i) {
            const PlotShape& own = frame.shapes[i];
            seen[i] = {frame.variances[i],
                       own.area,
                       own.stretch,
                       own.diagonal,
                       density.at(own.centre),
                       1,
                       is_cut({survey, static_cast<std::uint32_t>(i)})};
            int back = 1;
            while (back <= static_cast<int>(survey) && frames_[survey - static_cast<std::uint32_t>(back)].land.share(
                                                           surveys_[survey].plots[i].outline) < options_.well_observed)
                ++back;
            seen[i].surveys_unseen = back;
        });
        return seen;
    }

    void link(std::uint32_t survey) {
        Frame& frame = frames_[survey];
        frame.shift = shift_of(survey);
        const Density density(frame.shapes);
        const std::vector<SoughtPlot> sought = sought_in(survey);
        const std::vector<KnownPlot> known = known_for(survey, sought, density);
        const std::vector<SeenPlot> seen = seen_in(survey, density);
        const std::vector<PlotPair> pairs =
            plot_candidates(sought, surveys_[survey].plots, frame.shapes, options_.parallelism, options_.progress);
        LinkModel model(known, seen, surveys_[survey].crop != Crop::poppy);
        model.fit(pairs, options_.parallelism);
        const LinkHypotheses hypotheses = link_hypotheses(model, pairs, sought, frame.shapes, options_.parallelism);
        const optimise::Association association = optimise::associate(hypotheses.problem, options_.parallelism);
        SurveyFit& fit = result_.fits.back();
        fit.shift = frame.shift.whole();
        fit.place_scale = model.place_scale();
        fit.ended_share = model.ended_share();
        fit.new_share = model.new_share();
        fit.candidates = hypotheses.problem.hypotheses.size();
        fit.components = association.components;
        fit.wide_components = association.wide_components;
        fit.unproved = association.unproved;
        const LinkDecision decision = decided_links(hypotheses, association, options_.accept, options_.review);
        const auto as_link = [&](const DecidedLink& decided) {
            return described(decided, survey, model, known, seen, pairs);
        };
        for (const DecidedLink& decided : decision.uncertain) {
            result_.uncertain.push_back(as_link(decided));
            Track& track = result_.tracks[states_[decided.known].track];
            if (!decision.known_linked[decided.known]) track.uncertain_since = survey;
        }
        std::vector<PlotLink> links(decision.links.size());
        in_chunks(links.size(), options_, [&](std::size_t i) { links[i] = as_link(decision.links[i]); });
        go_on(survey, decision, std::move(links), known);
    }

    [[nodiscard]] PlotLink described(const DecidedLink& decided, std::uint32_t survey, const LinkModel& model,
                                     std::span<const KnownPlot> known, std::span<const SeenPlot> seen,
                                     std::span<const PlotPair> pairs) const {
        PlotLink link;
        link.from = last_outline(decided.known);
        link.to = {survey, decided.seen};
        link.probability = decided.probability;
        link.form = decided.form;
        const auto at = std::ranges::lower_bound(pairs, std::pair(decided.known, decided.seen), {},
                                                 [](const PlotPair& p) { return std::pair(p.known, p.seen); });
        link.ways = model.ways(*at);
        link.offset = std::hypot(at->dx, at->dy);
        link.offset_variance = std::max(model.offset_variance(known[decided.known], seen[decided.seen]),
                                        own_variance(states_[decided.known], link.to));
        for (const DecidedAlternative& other : decided.alternatives) {
            const Outline outline =
                other.known == decided.known ? Outline{survey, other.seen} : last_outline(other.known);
            link.alternatives.push_back({outline, other.probability});
        }
        return link;
    }

    /// Of the offset of outlines whose vertices err each on its own by the stated error: what the survey's fitted error
    /// of place, an average over all outlines, leaves out of those with few vertices.
    [[nodiscard]] double own_variance(const State& state, Outline seen) const {
        return state.variance * shape(state.model).centre_response + variance(seen) * shape(seen).centre_response;
    }

    [[nodiscard]] Outline last_outline(std::uint32_t known) const {
        return result_.tracks[states_[known].track].sightings.back().outline;
    }

    /// Takes the links up: tracks go on, split and merge; what was not found is absent or out of sight.
    void go_on(std::uint32_t survey, const LinkDecision& decision, std::vector<PlotLink> links,
               std::span<const KnownPlot> known) {
        for (std::size_t i = 0; i < states_.size(); ++i)
            result_.tracks[states_[i].track].observed.push_back(static_cast<float>(known[i].observed_share));
        std::vector<bool> active(states_.size(), true);
        for (std::size_t begin = 0; begin < links.size();) {
            const std::size_t end = group_end(decision.links, begin);
            take_group(survey, decision, links, {begin, end}, active);
            begin = end;
        }
        std::ranges::move(links, std::back_inserter(result_.links));
        for (std::size_t i = 0; i < states_.size(); ++i) {
            State& state = states_[i];
            state.variance += yearly_drift;
            if (decision.known_linked[i]) continue;
            if (result_.tracks[state.track].uncertain_since) active[i] = false;
            if (known[i].observed_share >= options_.well_observed)
                state.state = state.state == LastSeen::last_year ? LastSeen::absent_once : LastSeen::absent_longer;
        }
        std::size_t kept = 0;
        for (std::size_t i = 0; i < states_.size(); ++i)
            if (active[i]) states_[kept++] = states_[i];
        states_.resize(kept);
    }

    [[nodiscard]] static std::size_t group_end(std::span<const DecidedLink> links, std::size_t begin) {
        std::size_t end = begin + 1;
        while (end < links.size() && links[end].group == links[begin].group)
            ++end;
        return end;
    }

    struct Range {
        std::size_t begin;
        std::size_t end;
    };

    /// Links of one hypothesis. The largest child of a split and the largest parent of a merger keep the track.
    void take_group(std::uint32_t survey, const LinkDecision& decision, std::span<const PlotLink> links, Range range,
                    std::vector<bool>& active) {
        const auto size_of = [&](std::size_t l) {
            const LinkForm form = decision.links[l].form;
            return shape(form == LinkForm::merged ? links[l].from : links[l].to).area;
        };
        std::size_t main = range.begin;
        for (std::size_t l = range.begin; l < range.end; ++l)
            if (size_of(l) > size_of(main)) main = l;
        const std::uint32_t main_track = states_[decision.links[main].known].track;
        const std::size_t first_link = result_.links.size();
        extend(main_track, links[main].to, static_cast<std::uint32_t>(first_link + main));
        update_state(states_[decision.links[main].known], links[main], survey);
        for (std::size_t l = range.begin; l < range.end; ++l) {
            if (l == main) continue;
            if (decision.links[l].form == LinkForm::split) {
                Track child;
                child.parents = {main_track};
                begin_track(std::move(child), links[l].to, static_cast<std::uint32_t>(first_link + l));
            } else {
                const std::uint32_t known = decision.links[l].known;
                Track& ended = result_.tracks[states_[known].track];
                ended.merged_into = main_track;
                ended.merged_at = survey;
                result_.tracks[main_track].parents.push_back(states_[known].track);
                active[known] = false;
            }
        }
    }

    [[nodiscard]] bool is_cut(Outline outline) const {
        const ObservedLand& land = frames_[outline.survey].land;
        constexpr double whole = 1 - 1e-9;
        return !land.everything() && least_share(land, ground(outline), {0, 0}, cut_edge) < whole;
    }

    void extend(std::uint32_t track, Outline outline, std::uint32_t link) {
        result_.tracks[track].sightings.push_back({outline, link});
        result_.track_of[outline.survey][outline.plot] = track;
    }

    /// The place by all sightings so far, weighted by their errors, as long as the plot stays as it is.
    void update_state(State& state, const PlotLink& link, std::uint32_t survey) {
        const float observed = result_.tracks[state.track].observed.back();
        const bool in_part = observed < whole_sighting && shape(link.to).area < shape(state.model).area;
        state.state = LastSeen::last_year;
        if (in_part) return;
        const geo::Point centre = shape(link.to).centre;
        const geo::Point shift = frames_[survey].shift.at(centre);
        const geo::Point now{centre.x - shift.x, centre.y - shift.y};
        const double own = variance(link.to);
        if (link.form == LinkForm::single && link.ways.unchanged > 0.5) {
            const double gain = state.variance / (state.variance + own);
            state.place = {state.place.x + gain * (now.x - state.place.x),
                           state.place.y + gain * (now.y - state.place.y)};
            state.variance = state.variance * own / (state.variance + own);
        } else {
            state.place = now;
            state.variance = own;
        }
        state.model = link.to;
        state.cut = is_cut(link.to);
    }

    void begin_track(Track track, Outline outline, std::uint32_t link) {
        const auto number = static_cast<std::uint32_t>(result_.tracks.size());
        track.sightings.push_back({outline, link});
        track.observed.push_back(static_cast<float>(frames_[outline.survey].land.share(ground(outline))));
        result_.tracks.push_back(std::move(track));
        result_.track_of[outline.survey][outline.plot] = number;
        const geo::Point centre = shape(outline).centre;
        const geo::Point shift = frames_[outline.survey].shift.at(centre);
        begun_.push_back({number,
                          outline,
                          {centre.x - shift.x, centre.y - shift.y},
                          variance(outline),
                          LastSeen::last_year,
                          is_cut(outline)});
    }

    void begin_tracks(std::uint32_t survey) {
        for (std::uint32_t plot = 0; plot < surveys_[survey].plots.size(); ++plot)
            if (result_.track_of[survey][plot] == no_plot) begin_track({}, {survey, plot}, no_plot);
        std::ranges::move(begun_, std::back_inserter(states_));
        begun_.clear();
    }

    std::span<const Survey> surveys_;
    const IdentityOptions& options_;
    geo::Diagnostics& diagnostics_;
    std::vector<Frame> frames_;
    std::vector<State> states_;
    std::vector<State> begun_;  ///< in the survey at hand
    PlotIdentity result_;
};

}  // namespace

geo::Metres position_error_of(const Plot& plot, const Survey& survey, geo::Metres otherwise) {
    if (plot.position_error) return *plot.position_error;
    return survey.position_error ? *survey.position_error : otherwise;
}

PlotIdentity plot_identity(std::span<const Survey> surveys, const IdentityOptions& options,
                           geo::Diagnostics& diagnostics) {
    return Identification(surveys, options, diagnostics).run();
}

}  // namespace vereda::regions
