#include <algorithm>

#include "report/key_sentences.hpp"
#include "report/labels.hpp"
#include "report/sections.hpp"

namespace vereda::report {

using geo::operator""_msg;

namespace {

struct Contents {
    std::string_view anchor;
    geo::MessageId title;
};

constexpr Contents contents[] = {
    {"map", "nav.map"_msg},
    {"plots", "nav.plots"_msg},
    {"tracks", "nav.tracks"_msg},
    {"forest", "nav.forest"_msg},
    {"displacement", "nav.displacement"_msg},
    {"reach", "nav.reach"_msg},
    {"readiness", "nav.readiness"_msg},
    {"order", "nav.order"_msg},
    {"small_plots", "nav.small_plots"_msg},
    {"welfare", "nav.welfare"_msg},
    {"record", "nav.record"_msg},
};

std::string scope_text(const PageContext& page) {
    const StudyFacts& study = page.results.study;
    std::string crops;
    for (const regions::Crop crop : study.crops) {
        crops += (crops.empty() ? "" : ", ") + crop_word(crop, page.words);
    }
    const auto [first, last] = std::ranges::minmax_element(study.years);
    const std::string years = study.years.empty() ? ""
                              : *first == *last   ? std::to_string(*first)
                                                  : std::to_string(*first) + "–" + std::to_string(*last);
    const std::size_t regions = page.results.regions ? page.results.regions->regions().size() : 0;
    return page.html("page.scope"_msg, {{"crops", crops},
                                        {"years", years},
                                        {"regions", page.numbers.integer(static_cast<long>(regions))},
                                        {"version", page.results.provenance.vereda_version}});
}

void write_card(std::ostream& out, const PageContext& page, const KeySentence& sentence) {
    out << "<li class=\"card" << (sentence.answered ? "" : " unanswered") << "\"><h3>" << escaped(sentence.question)
        << "</h3>\n<p class=\"answer\">" << escaped(sentence.answer) << "</p>\n";
    if (!sentence.limits.empty()) {
        out << "<p class=\"limits\"><strong>" << page.html("page.limits"_msg) << "</strong> "
            << escaped(sentence.limits) << "</p>\n";
    }
    out << "<p class=\"more\"><a href=\"#" << page.anchor(sentence.topic) << "\">" << page.html("page.evidence"_msg)
        << "</a></p></li>\n";
}

}  // namespace

void write_opening(std::ostream& out, const PageContext& page) {
    out << "<header class=\"top\">\n<p class=\"mark\"><strong>" << page.html("edition.internal"_msg) << "</strong> "
        << page.html("edition.internal.about"_msg) << "</p>\n<p class=\"brand\">vereda</p>\n<h1>"
        << escaped(page.results.study.name) << "</h1>\n<p class=\"lede\">" << scope_text(page)
        << "</p>\n<nav aria-label=\"" << page.html("nav.label"_msg) << "\"><ul>";
    for (const Contents& entry : contents) {
        if (entry.anchor == "map" && !page.results.regions) continue;
        if (entry.anchor == "tracks" && (!page.results.tracks || page.results.tracks->rows.empty())) continue;
        out << "<li><a href=\"#" << page.anchor(entry.anchor) << "\">" << page.html(entry.title) << "</a></li>";
    }
    out << "</ul></nav>\n</header>\n";
}

void write_answers(std::ostream& out, const PageContext& page) {
    out << "<section class=\"answers\" aria-labelledby=\"" << page.anchor("answers-h") << "\">\n<h2 id=\""
        << page.anchor("answers-h") << "\">" << page.html("page.answers"_msg) << "</h2>\n<ol class=\"cards\">\n";
    for (const KeySentence& sentence : key_sentences(page.results, page.figures, page.words)) {
        write_card(out, page, sentence);
    }
    out << "</ol>\n<p class=\"promise\">" << page.html("page.promise"_msg) << "</p>\n</section>\n";
}

}  // namespace vereda::report
