#include "report/key_sentences.hpp"

#include <algorithm>

#include "report/answer_intervals.hpp"
#include "report/displacement_words.hpp"
#include "report/labels.hpp"
#include "report/number_format.hpp"

namespace vereda::report {

using geo::operator""_msg;

namespace {

struct Writer {
    const RunResults& results;
    const KeyFigures& figures;
    const Catalogue& words;
    NumberFormat numbers;
};

double share(long part, long whole) {
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
}

void append(std::string& text, const std::string& sentence) {
    text += (text.empty() ? "" : " ") + sentence;
}

/// Why `analysis` has no answer.
std::string no_answer(const Writer& w, std::string_view analysis) {
    const auto found = std::ranges::find(w.results.skipped, analysis, &SkippedAnalysis::analysis);
    if (found == w.results.skipped.end()) return w.words.text("answer.none"_msg);
    return w.words.text("answer.skipped"_msg, {{"reason", w.words.text(found->reason)}});
}

std::string change_text(const Writer& w, const CropTotal& first, const CropTotal& last) {
    const geo::MessageArguments arguments{{"year", std::to_string(first.year)},
                                          {"area", w.numbers.hectares(first.area, first.lo, first.hi)}};
    if (last.hi && first.lo && *last.hi < *first.lo) return w.words.text("answer.plots.less"_msg, arguments);
    if (last.lo && first.hi && *last.lo > *first.hi) return w.words.text("answer.plots.more"_msg, arguments);
    return w.words.text("answer.plots.same"_msg, arguments);
}

void plots_sentence(const Writer& w, KeySentence& s) {
    const auto& crops = w.figures.crops;
    s.answered = !crops.empty();
    bool assumed = false;
    std::string refused_crops;
    for (auto first = crops.begin(); first != crops.end();) {
        const auto next =
            std::find_if(first, crops.end(), [&](const auto& total) { return total.crop != first->crop; });
        const CropTotal& last = *(next - 1);
        append(s.answer, w.words.text("answer.plots"_msg, {{"year", std::to_string(last.year)},
                                                           {"area", w.numbers.hectares(last.area, last.lo, last.hi)},
                                                           {"crop", crop_word(last.crop, w.words)},
                                                           {"plots", w.numbers.integer(last.plots)},
                                                           {"observed", w.numbers.percent(last.observed_share)}}));
        // Hectares of which nobody knows what they cost people are not told as a result.
        const bool refused = std::ranges::any_of(w.results.reduction_outcomes, [&](const auto& region) {
            return region.crop == last.crop && region.outcome == livelihoods::ReductionOutcome::hectares_only;
        });
        if (refused) {
            refused_crops += (refused_crops.empty() ? "" : ", ") + crop_word(last.crop, w.words);
        } else if (next - first > 1) {
            append(s.answer, change_text(w, *first, last));
        }
        if (last.regions_unseen > 0) {
            append(s.answer,
                   w.words.text("answer.plots.unseen"_msg, {{"unseen", w.numbers.integer(last.regions_unseen)},
                                                            {"regions", w.numbers.integer(last.regions)}}));
        }
        assumed = assumed || last.observed_assumed;
        first = next;
    }
    if (!refused_crops.empty())
        append(s.answer, w.words.text("answer.plots.hectares_only"_msg, {{"crops", refused_crops}}));
    s.limits = w.words.text("limits.plots"_msg);
    if (assumed) append(s.limits, w.words.text("limits.plots.assumed"_msg));
}

/// Where every row has both bounds.
void append_displaced(const Writer& w, std::string& answer) {
    geo::Hectares lo;
    geo::Hectares hi;
    for (const auto& row : w.results.loss) {
        if (!row.displaced_lo || !row.displaced_hi) return;
        lo += *row.displaced_lo;
        hi += *row.displaced_hi;
    }
    append(answer, w.words.text("answer.forest.displaced"_msg,
                                {{"lo", w.numbers.hectares(lo)}, {"hi", w.numbers.hectares(hi)}}));
}

void forest_sentence(const Writer& w, KeySentence& s) {
    const LossTotals& loss = w.figures.loss;
    s.answered = !loss.by_year.empty();
    if (!s.answered) return;
    const double part = loss.total.value() > 0 ? loss.direct / loss.total : 0;
    s.answer = w.words.text("answer.forest"_msg, {{"first", std::to_string(loss.by_year.begin()->first)},
                                                  {"last", std::to_string(loss.by_year.rbegin()->first)},
                                                  {"total", w.numbers.hectares(loss.total)},
                                                  {"direct", w.numbers.hectares(loss.direct)},
                                                  {"share", w.numbers.percent(part)}});
    const auto range = std::ranges::find(w.results.loss_range, "direct", &regions::LossRange::mechanism);
    if (range != w.results.loss_range.end()) {
        append(s.answer, w.words.text("answer.forest.range"_msg,
                                      {{"lo", w.numbers.hectares(range->lo)}, {"hi", w.numbers.hectares(range->hi)}}));
    }
    append_displaced(w, s.answer);
    s.limits = w.words.text("limits.forest"_msg);
}

void displacement_sentence(const Writer& w, KeySentence& s) {
    s.answered = w.results.displacement.has_value();
    if (!s.answered) return;
    s.answer = displacement_answer(*w.results.displacement, w.words);
    s.limits = w.words.text("limits.displacement"_msg);
}

void reach_sentence(const Writer& w, KeySentence& s) {
    s.answered = !w.figures.reach.empty() && w.figures.reach.front().component == "any";
    if (!s.answered) return;
    const Reach& any = w.figures.reach.front();
    const auto percent = [&](long part) { return w.numbers.percent(share(part, any.registered)); };
    s.answer = w.words.text("answer.reach"_msg, {{"period", w.figures.coverage_period},
                                                 {"registered", w.numbers.integer(any.registered)},
                                                 {"promised", w.numbers.integer(any.promised)},
                                                 {"promised_share", percent(any.promised)},
                                                 {"delivered", w.numbers.integer(any.delivered)},
                                                 {"delivered_share", percent(any.delivered)},
                                                 {"confirmed", w.numbers.integer(any.confirmed)},
                                                 {"confirmed_share", percent(any.confirmed)}});
    append(s.answer, reach_interval({w.results, w.figures, w.words, w.numbers}));
    s.limits = w.words.text("limits.reach"_msg, {{"confirmed_share", percent(any.confirmed)},
                                                 {"delivered_share", percent(any.delivered)},
                                                 {"disputed", w.numbers.integer(any.disputed)}});
}

void readiness_sentence(const Writer& w, KeySentence& s) {
    const ReadinessCount& count = w.figures.readiness;
    s.answered = count.total() > 0;
    if (!s.answered) return;
    const geo::MessageId id = count.ready == 0   ? "answer.readiness.none"_msg
                              : count.ready == 1 ? "answer.readiness.one"_msg
                                                 : "answer.readiness.some"_msg;
    s.answer = w.words.text(id, {{"total", w.numbers.integer(count.total())},
                                 {"ready", w.numbers.integer(count.ready)},
                                 {"conditional", w.numbers.integer(count.conditional)},
                                 {"not_ready", w.numbers.integer(count.not_ready)},
                                 {"insufficient", w.numbers.integer(count.insufficient)}});
    append(s.answer, readiness_interval({w.results, w.figures, w.words, w.numbers}));
    if (!count.hardest_gate.empty()) {
        append(s.answer,
               w.words.text("answer.readiness.gate"_msg, {{"gate", gate_title(count.hardest_gate, w.results, w.words)},
                                                          {"failed", w.numbers.integer(count.hardest_failed)},
                                                          {"unknown", w.numbers.integer(count.hardest_unknown)}}));
    }
    s.limits = w.words.text("limits.readiness"_msg);
}

void order_sentence(const Writer& w, KeySentence& s) {
    long regions = 0;
    long violated = 0;
    long open = 0;
    long families = 0;
    long families_violated = 0;
    long people = 0;
    for (const livelihoods::SequenceRow& row : w.results.sequence_audit) {
        if (!row.household_id.empty()) continue;
        ++regions;
        if (row.violation == livelihoods::Violation::yes) ++violated;
        if (row.violation == livelihoods::Violation::unknown) ++open;
        families += row.families;
        families_violated += row.families_violated;
        people += row.people_violated;
    }
    s.answered = regions > 0;
    if (!s.answered) return;
    s.answer = w.words.text("order.summary"_msg, {{"regions", w.numbers.integer(regions)},
                                                  {"violated", w.numbers.integer(violated)},
                                                  {"open", w.numbers.integer(open)},
                                                  {"families", w.numbers.integer(families)},
                                                  {"families_violated", w.numbers.integer(families_violated)},
                                                  {"people", w.numbers.integer(people)}});
    append(s.answer, order_interval({w.results, w.figures, w.words, w.numbers}));
    s.limits = w.words.text("limits.order"_msg);
}

void small_plots_sentence(const Writer& w, KeySentence& s) {
    const VerdictCount& count = w.figures.verdicts;
    s.answered = count.total() > 0;
    if (!s.answered) return;
    s.answer = w.words.text("answer.small_plots"_msg, {{"total", w.numbers.integer(count.total())},
                                                       {"compliant", w.numbers.integer(count.compliant)},
                                                       {"within_error", w.numbers.integer(count.within_error)},
                                                       {"exceeds", w.numbers.integer(count.exceeds)},
                                                       {"no_rule", w.numbers.integer(count.no_rule)},
                                                       {"not_testable", w.numbers.integer(count.not_testable)}});
    append(s.answer, small_plots_interval({w.results, w.figures, w.words, w.numbers}));
    s.limits = w.words.text("limits.small_plots"_msg);
}

void welfare_sentence(const Writer& w, KeySentence& s) {
    const WelfareFigures& welfare = w.figures.welfare;
    s.answered = welfare.cells > 0;
    if (!s.answered) return;
    s.answer =
        w.words.text("answer.welfare"_msg,
                     {{"indicators", w.numbers.integer(static_cast<long>(welfare.indicators.size()))},
                      {"regions", w.numbers.integer(static_cast<long>(welfare.by_region.size()))},
                      {"unknown_share", w.numbers.percent(share(welfare.cells - welfare.known, welfare.cells))}});
    if (welfare.regions_less_crop > 0) {
        append(s.answer, w.words.text("answer.welfare.less_crop"_msg,
                                      {{"fallen", w.numbers.integer(welfare.regions_less_crop)},
                                       {"worse", w.numbers.integer(welfare.regions_less_crop_worse)}}));
    }
    s.limits = w.words.text("limits.welfare"_msg);
}

struct Question {
    std::string_view topic;
    std::string_view analysis;
    geo::MessageId question;
    void (*answer)(const Writer&, KeySentence&);
};

constexpr Question questions[] = {
    {"plots", "plot_area", "question.plots"_msg, plots_sentence},
    {"welfare", "welfare", "question.welfare"_msg, welfare_sentence},
    {"forest", "loss", "question.forest"_msg, forest_sentence},
    {"displacement", "displacement", "question.displacement"_msg, displacement_sentence},
    {"reach", "coverage", "question.reach"_msg, reach_sentence},
    {"readiness", "readiness", "question.readiness"_msg, readiness_sentence},
    {"order", "sequence_audit", "question.order"_msg, order_sentence},
    {"small_plots", "small_plots", "question.small_plots"_msg, small_plots_sentence},
};

}  // namespace

std::vector<KeySentence> key_sentences(const RunResults& results, const KeyFigures& figures, const Catalogue& words) {
    const Writer writer{results, figures, words, NumberFormat(words.language())};
    std::vector<KeySentence> sentences;
    for (const Question& question : questions) {
        KeySentence sentence{std::string(question.topic), words.text(question.question), "", "", false};
        question.answer(writer, sentence);
        if (!sentence.answered) {
            sentence.answer = no_answer(writer, question.analysis);
            sentence.limits.clear();
        }
        sentences.push_back(std::move(sentence));
    }
    return sentences;
}

}  // namespace vereda::report
