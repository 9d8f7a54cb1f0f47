#include <cmath>
#include <locale>
#include <map>

#include "report/labels.hpp"
#include "report/map_canvas.hpp"
#include "report/map_shapes.hpp"
#include "report/number_format.hpp"
#include "report/page.hpp"
#include "report/page_frame.hpp"
#include "report/public_words.hpp"
#include "report/safe_text.hpp"
#include "report/table_declarations.hpp"

namespace vereda::report {

using geo::operator""_msg;

namespace {

constexpr std::size_t printed_at_most = 16;

struct PublicContext {
    const PublicEdition& edition;
    const Catalogue& words;
    NumberFormat numbers;
    [[nodiscard]] std::string html(geo::MessageId id, const geo::MessageArguments& arguments = {}) const {
        return escaped(words.text(id, arguments));
    }
    [[nodiscard]] std::string anchor(std::string_view name) const { return words.language() + "-" + std::string(name); }
};

/// Longitudes shrink with the latitude of the map's middle, so that shapes look right.
geo::MultiPolygon drawn(const geo::MultiPolygon& outline, double shrink) {
    geo::MultiPolygon result = outline;
    for (geo::Polygon& polygon : result) {
        for (geo::Point& p : polygon.outer)
            p.x *= shrink;
        for (geo::Ring& ring : polygon.inners) {
            for (geo::Point& p : ring)
                p.x *= shrink;
        }
    }
    return result;
}

std::map<std::string, std::string> states_of(const PublicEdition& edition) {
    std::map<std::string, std::string> states;
    for (const Table& table : edition.tables) {
        if (table.declaration != &readiness_table) continue;
        const std::size_t id = readiness_table.position("region_id");
        const std::size_t state = readiness_table.position("state");
        for (const auto& row : table.rows) {
            states[std::get<std::string>(row[id])] = std::get<std::string>(row[state]);
        }
    }
    return states;
}

struct StateStyle {
    std::string_view css_class;
    std::string_view symbol;
    geo::MessageId word;
};

StateStyle style_of(const std::string& state) {
    if (state == "READY") return {"s-ready", "✓", "state.ready"_msg};
    if (state == "CONDITIONAL") return {"s-conditional", "~", "state.conditional"_msg};
    if (state == "NOT_READY") return {"s-not-ready", "✕", "state.not_ready"_msg};
    if (state == "INSUFFICIENT_DATA") return {"s-insufficient", "?", "state.insufficient_data"_msg};
    return {"s-none", "", "public.state.withheld"_msg};
}

void write_map(std::ostream& out, const PublicContext& page) {
    geo::Box box;
    for (const PublicRegion& region : page.edition.regions)
        box.add(geo::envelope(region.outline));
    if (box.empty()) return;
    const double shrink = std::cos((box.min.y + box.max.y) / 2 * 3.14159265358979323846 / 180);
    box.min.x *= shrink;
    box.max.x *= shrink;
    const MapCanvas canvas(box);
    const auto states = states_of(page.edition);
    out << "<section id=\"" << page.anchor("map") << "\"><h2>" << page.html("public.map"_msg)
        << "</h2>\n<div class=\"map\"><svg class=\"drawing\" viewBox=\"0 0 " << MapCanvas::width << ' '
        << canvas.height() << "\" role=\"img\" aria-label=\"" << page.html("public.map.alt"_msg) << "\">\n";
    for (const PublicRegion& region : page.edition.regions) {
        const auto found = states.find(region.id);
        const StateStyle style = style_of(found == states.end() ? "" : found->second);
        out << "<path class=\"region " << style.css_class << "\" d=\"" << canvas.path(drawn(region.outline, shrink))
            << "\"><title>" << escaped(shortened(region.name, 80)) << " — " << page.html(style.word)
            << "</title></path>\n";
        if (style.symbol.empty() || region.outline.empty()) continue;
        const geo::Point p = canvas.place(symbol_place(geo::Geometry(drawn(region.outline, shrink))));
        out << "<g class=\"symbols\" aria-hidden=\"true\"><text x=\"" << p.x << "\" y=\"" << p.y + 85 << "\">"
            << style.symbol << "</text></g>\n";
    }
    out << "</svg>\n<div class=\"legend\"><ul>";
    for (const std::string state : {"READY", "CONDITIONAL", "NOT_READY", "INSUFFICIENT_DATA", ""}) {
        const StateStyle style = style_of(state);
        out << "<li><svg class=\"swatch\" viewBox=\"0 0 600 400\" aria-hidden=\"true\"><rect x=\"20\" y=\"20\" "
               "width=\"560\" "
               "height=\"360\" class=\""
            << style.css_class << "\"/><text x=\"300\" y=\"290\">" << style.symbol << "</text></svg>"
            << page.html(style.word) << "</li>";
    }
    out << "</ul></div></div>\n<p class=\"note\">" << page.html("public.map.note"_msg) << "</p></section>\n";
}

std::string cell_html(const PublicContext& page, const geo::Value& value, const Column& column) {
    if (std::holds_alternative<std::monostate>(value)) return page.html("public.withheld"_msg);
    if (const auto* real = std::get_if<double>(&value)) {
        if (column.unit == "1" && column.name.ends_with("share")) return page.numbers.percent(*real);
        if (column.unit == "1") return page.numbers.score(*real);
        if (column.unit == "ha") return page.numbers.number(*real, decimals_of(geo::Hectares(*real)));
        return page.numbers.plain(*real);
    }
    const std::string text = cell_text(value, column);
    return escaped(
        shortened(std::holds_alternative<std::string>(value) ? public_cell_word(column, text, page.words) : text, 80));
}

/// What a column means, up to the first comma, with its unit; its name in the CSV is told where the mouse rests.
std::string column_head(const PublicContext& page, const Column& column) {
    const std::string about = page.words.text(column.about);
    const std::string unit = column.unit.empty() || column.unit == "1" ? "" : " (" + std::string(column.unit) + ")";
    return "<abbr title=\"" + escaped(column.name) + ": " + escaped(about) + "\">" +
           escaped(about.substr(0, about.find_first_of(",;"))) + escaped(unit) + "</abbr>";
}

/// Remarks of the method: in the CSV, where there is room for them.
bool on_page(const Column& column) {
    return column.privacy == Privacy::open && column.name != "note" && column.name != "notice" &&
           column.name != "observed_assumed";
}

void write_public_table(std::ostream& out, const PublicContext& page, const Table& table) {
    HtmlTable shown{page.html(table.declaration->title),
                    {},
                    {},
                    "numbers compact",
                    printed_at_most,
                    page.html("public.whole_table"_msg, {{"table", std::string(table.declaration->name)}})};
    for (const Column& column : table.declaration->columns) {
        if (on_page(column)) shown.header.push_back(column_head(page, column));
    }
    for (const auto& row : table.rows) {
        std::vector<std::string> cells;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const Column& column = table.declaration->columns[i];
            if (on_page(column)) cells.push_back(cell_html(page, row[i], column));
        }
        shown.rows.push_back(std::move(cells));
    }
    out << "<h3>" << page.html(table.declaration->title) << "</h3>\n<p>" << page.html(table.declaration->about)
        << "</p>\n";
    shown.source = table.declaration->name;
    write_table(out, shown);
}

void write_disclosure(std::ostream& out, const PublicContext& page) {
    HtmlTable table{page.html("public.disclosure"_msg),
                    {page.html("head.table"_msg), page.html("head.rows_published"_msg),
                     page.html("head.rows_withheld"_msg), page.html("head.cells_withheld"_msg)},
                    {},
                    "numbers"};
    for (const Disclosure& entry : page.edition.disclosure) {
        table.rows.push_back({escaped(entry.table), page.numbers.integer(entry.published_rows),
                              page.numbers.integer(entry.withheld_rows), page.numbers.integer(entry.withheld_cells)});
    }
    out << "<section><h2>" << page.html("public.disclosure"_msg) << "</h2>\n<p>"
        << page.html("public.disclosure.about"_msg) << "</p>\n";
    write_table(out, table);
    out << "</section>\n";
}

void write_language(std::ostream& out, const PublicEdition& edition, const Catalogue& words) {
    const PublicContext page{edition, words, NumberFormat(words.language())};
    std::string crops;
    for (const regions::Crop crop : edition.crops)
        crops += (crops.empty() ? "" : ", ") + crop_word(crop, words);
    std::string years;
    for (const int year : edition.years)
        years += (years.empty() ? "" : ", ") + std::to_string(year);
    write_language_start(out, words);
    out << "<header class=\"top\"><p class=\"mark\"><strong>" << page.html("edition.public"_msg) << "</strong> "
        << page.html("edition.public.about"_msg, {{"families", std::to_string(families_at_least)}})
        << "</p>\n<p class=\"brand\">vereda</p>\n<h1>" << escaped(edition.study_name) << "</h1>\n<p class=\"lede\">"
        << page.html("page.scope"_msg, {{"crops", crops},
                                        {"years", years},
                                        {"regions", page.numbers.integer(static_cast<long>(edition.regions.size()))},
                                        {"version", edition.vereda_version}})
        << "</p></header>\n<main id=\"" << page.anchor("main") << "\">\n<p class=\"promise\">"
        << page.html("page.promise"_msg) << "</p>\n";
    out << "<section><h2>" << page.html("page.answers"_msg) << "</h2>\n";
    for (const std::string& answer : public_answers(edition, words))
        out << "<p class=\"answer\">" << escaped(answer) << "</p>\n";
    out << "<p class=\"limits\"><strong>" << page.html("page.limits"_msg) << "</strong> "
        << page.html("public.limits"_msg) << "</p></section>\n";
    write_map(out, page);
    out << "<section><h2>" << page.html("public.tables"_msg) << "</h2>\n";
    for (const Table& table : edition.tables)
        write_public_table(out, page, table);
    out << "</section>\n";
    write_disclosure(out, page);
    out << "</main>\n<footer></footer>\n";
    write_language_end(out);
}

}  // namespace

void write_public_page(std::ostream& out, const PublicEdition& edition, std::span<const Catalogue> languages,
                       std::string_view shown_first, const ViewerFiles* viewer) {
    const std::locale before = out.imbue(std::locale::classic());
    std::string mark = "vereda";
    for (const Catalogue& words : languages)
        mark += " · " + words.text("edition.public"_msg);
    const PageFrame frame{edition.study_name + " · vereda", "public", mark,
                          ".region{stroke:#5f6b65;stroke-width:14;stroke-linejoin:round}\n", viewer};
    write_page_start(out, frame, languages, shown_first);
    out << "<svg class=\"shapes\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>" << map_patterns()
        << "</defs></svg>\n";
    for (const Catalogue& words : languages)
        write_language(out, edition, words);
    write_page_end(out, frame, viewer != nullptr ? viewer_payload(edition, languages) : ViewerPayload());
    out.imbue(before);
}

}  // namespace vereda::report
