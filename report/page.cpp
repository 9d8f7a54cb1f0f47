#include "report/page.hpp"

#include <locale>

#include "report/map_canvas.hpp"
#include "report/map_shapes.hpp"
#include "report/page_frame.hpp"
#include "report/sections.hpp"

namespace vereda::report {

using geo::operator""_msg;

namespace {

/// "INTERNAL · INTERNO": the printed mark stands in every language, whichever is printed.
std::string mark_of(std::span<const Catalogue> languages, geo::MessageId id) {
    std::string mark;
    for (const Catalogue& words : languages)
        mark += (mark.empty() ? "" : " · ") + words.text(id);
    return mark;
}

void write_language(std::ostream& out, const RunResults& results, const KeyFigures& figures, const Catalogue& words,
                    const MapCanvas* canvas) {
    const PageContext page{results, figures, words, NumberFormat(words.language())};
    write_language_start(out, words);
    write_opening(out, page);
    out << "<main id=\"" << page.anchor("main") << "\">\n";
    write_answers(out, page);
    if (canvas != nullptr) write_map_section(out, page, *canvas);
    write_plots_section(out, page);
    write_tracks_section(out, page);
    write_forest_section(out, page);
    write_displacement_section(out, page);
    write_reach_section(out, page);
    write_readiness_section(out, page);
    write_order_section(out, page);
    write_small_plots_section(out, page);
    write_welfare_section(out, page);
    write_record_section(out, page);
    out << "</main>\n";
    write_language_end(out);
}

}  // namespace

void write_internal_page(std::ostream& out, const RunResults& results, std::span<const Catalogue> languages,
                         std::string_view shown_first, const ViewerFiles* viewer) {
    const std::locale before = out.imbue(std::locale::classic());
    const KeyFigures figures = key_figures(results);
    const PageFrame frame{
        results.study.name + " · vereda", "internal",
        "vereda · " + mark_of(languages, "edition.internal"_msg) + " · " + shortened(results.study.name, 60),
        results.regions ? map_year_style(results) : "", viewer};
    write_page_start(out, frame, languages, shown_first);
    std::optional<MapCanvas> canvas;
    if (results.regions) {
        canvas.emplace(results.regions->extent());
        write_map_shapes(out, results, *canvas);
    }
    for (const Catalogue& words : languages) {
        write_language(out, results, figures, words, canvas ? &*canvas : nullptr);
    }
    write_page_end(out, frame, viewer != nullptr ? viewer_payload(results, languages) : ViewerPayload());
    out.imbue(before);
}

}  // namespace vereda::report
