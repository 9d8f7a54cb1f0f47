/// The shell of a page: head with policy and style, language switch, marks, and small pieces of HTML.
#pragma once

#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "report/catalogue.hpp"
#include "report/viewer_payload.hpp"

namespace vereda::report {

struct PageFrame {
    std::string title;                    ///< not escaped
    std::string edition;                  ///< "internal" or "public": class of the body
    std::string printed_mark;             ///< set in the margin of every printed page; not escaped
    std::string more_style;               ///< CSS of this page alone
    const ViewerFiles* viewer = nullptr;  ///< nullptr: the page is read as it stands
};

/// Doctype to the language switch; each language's content follows in a write_language_start/-end pair.
///
/// The policy lets run only the scripts and style sheets of the page itself, by their SHA-256, and nothing reach a
/// network; `style` attributes stay allowed (lengths of bars).
void write_page_start(std::ostream& out, const PageFrame& frame, std::span<const Catalogue> languages,
                      std::string_view shown_first);
void write_language_start(std::ostream& out, const Catalogue& words);
void write_language_end(std::ostream& out);
/// The page's scripts, the viewer with its payload among them where the frame has one.
void write_page_end(std::ostream& out, const PageFrame& frame = {}, const ViewerPayload& payload = {});

/// `<table>` in a box that scrolls sideways and takes the keyboard focus. Cells are HTML already.
struct HtmlTable {
    std::string caption;
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;  ///< the first cell of each heads its row
    std::string css_class;
    std::size_t printed_rows = 0;  ///< paper holds no more of them; 0: all
    std::string whole = {};        ///< HTML: where all rows stand
    std::string source = {};  ///< the output table whose rows it shows: "plot_area", "plot_area?crop=coca"; empty: none
};
void write_table(std::ostream& out, const HtmlTable& table);

/// <details> with a summary, for the screen: paper has `on_paper` instead (HTML: where it is to be found), or nothing.
void write_details(std::ostream& out, const std::string& summary, const std::string& body,
                   const std::string& on_paper = "");

/// The page's style sheet.
[[nodiscard]] std::string_view page_style();
[[nodiscard]] std::string_view print_style();

}  // namespace vereda::report
