/// The sections of the internal page, in the order of their writing. Each is one <section> with its own heading.
#pragma once

#include <ostream>
#include <string>

#include "report/map_canvas.hpp"
#include "report/page_context.hpp"

namespace vereda::report {

/// <section>, its heading and, where the topic is one of the questions, its answer with welfare beside it; then the
/// caller writes the evidence.
void write_section_start(std::ostream& out, const PageContext& page, std::string_view topic, geo::MessageId title);
/// How the answer was found, what it cannot say and its sources; `</section>`.
void write_section_end(std::ostream& out, const PageContext& page, std::string_view topic);
/// Where all rows of a table stand: for HtmlTable::whole. HTML.
[[nodiscard]] std::string whole_table_note(const PageContext& page, std::string_view table);

/// Title, mark and contents.
void write_opening(std::ostream& out, const PageContext& page);
/// The key sentences, one card a question.
void write_answers(std::ostream& out, const PageContext& page);
void write_map_section(std::ostream& out, const PageContext& page, const MapCanvas& canvas);
void write_plots_section(std::ostream& out, const PageContext& page);
/// Nothing where plots were not tracked.
void write_tracks_section(std::ostream& out, const PageContext& page);
void write_forest_section(std::ostream& out, const PageContext& page);
void write_displacement_section(std::ostream& out, const PageContext& page);
void write_reach_section(std::ostream& out, const PageContext& page);
void write_readiness_section(std::ostream& out, const PageContext& page);
void write_order_section(std::ostream& out, const PageContext& page);
void write_small_plots_section(std::ostream& out, const PageContext& page);
void write_welfare_section(std::ostream& out, const PageContext& page);
/// What was skipped or assumed, diagnostics, inputs.
void write_record_section(std::ostream& out, const PageContext& page);

/// CSS that shows the chosen year's drawing.
[[nodiscard]] std::string map_year_style(const RunResults& results);

}  // namespace vereda::report
