#include <algorithm>
#include <iterator>

#include "report/key_sentences.hpp"
#include "report/sections.hpp"
#include "report/welfare_beside.hpp"

namespace vereda::report {

using geo::operator""_msg;

namespace {

struct MethodNote {
    std::string_view topic;
    geo::MessageId text;
    geo::MessageId sources;
};

constexpr MethodNote method_notes[] = {
    {"plots", "method.area"_msg, "method.area.sources"_msg},
    {"plots", "method.observed"_msg, "method.observed.sources"_msg},
    {"forest", "method.forest"_msg, "method.forest.sources"_msg},
    {"displacement", "method.displacement"_msg, "method.displacement.sources"_msg},
    {"reach", "method.reach"_msg, "method.reach.sources"_msg},
    {"readiness", "method.readiness"_msg, "method.readiness.sources"_msg},
    {"order", "method.order"_msg, "method.order.sources"_msg},
    {"small_plots", "method.small_plots"_msg, "method.small_plots.sources"_msg},
    {"welfare", "method.welfare"_msg, "method.welfare.sources"_msg},
};

}  // namespace

void write_section_start(std::ostream& out, const PageContext& page, std::string_view topic, geo::MessageId title) {
    out << "<section id=\"" << page.anchor(topic) << "\" aria-labelledby=\"" << page.anchor(topic) << "-h\">\n<h2 id=\""
        << page.anchor(topic) << "-h\">" << page.html(title) << "</h2>\n";
    const auto sentences = key_sentences(page.results, page.figures, page.words);
    const auto sentence = std::ranges::find(sentences, topic, &KeySentence::topic);
    if (sentence == sentences.end()) return;
    out << "<p class=\"answer" << (sentence->answered ? "" : " unanswered") << "\">" << escaped(sentence->answer)
        << "</p>\n";
    if (!sentence->answered) return;
    const std::string beside = welfare_beside(page, topic);
    if (!beside.empty()) out << "<p class=\"beside\">" << escaped(beside) << "</p>\n";
    out << "<h3 class=\"step\">" << page.html("page.shown_by"_msg) << "</h3>\n";
}

void write_section_end(std::ostream& out, const PageContext& page, std::string_view topic) {
    const auto sentences = key_sentences(page.results, page.figures, page.words);
    const auto sentence = std::ranges::find(sentences, topic, &KeySentence::topic);
    if (sentence != sentences.end() && sentence->answered) {
        out << "<div class=\"method\">\n<h3 class=\"step\">" << page.html("page.found_how"_msg) << "</h3>\n";
        std::string sources;
        for (const MethodNote& note : method_notes) {
            if (note.topic != topic) continue;
            out << "<p>" << page.html(note.text) << "</p>\n";
            sources += (sources.empty() ? "" : " ") + page.html(note.sources);
        }
        out << "<p class=\"limits\"><strong>" << page.html("page.limits"_msg) << "</strong> "
            << escaped(sentence->limits) << "</p>\n<p class=\"sources\">" << page.html("method.sources"_msg) << " "
            << sources << "</p>\n</div>\n";
    }
    out << "</section>\n";
}

std::string whole_table_note(const PageContext& page, std::string_view table) {
    return page.html("page.whole_table"_msg, {{"table", std::string(table)}});
}

}  // namespace vereda::report
