/// What every section of a page needs: the results, the figures, and one language's words and numbers.
#pragma once

#include <string>
#include <string_view>

#include "report/catalogue.hpp"
#include "report/key_figures.hpp"
#include "report/number_format.hpp"
#include "report/results.hpp"
#include "report/safe_text.hpp"

namespace vereda::report {

struct PageContext {
    const RunResults& results;
    const KeyFigures& figures;
    const Catalogue& words;
    NumberFormat numbers;

    /// The catalogue's text, escaped for HTML.
    [[nodiscard]] std::string html(geo::MessageId id, const geo::MessageArguments& arguments = {}) const {
        return escaped(words.text(id, arguments));
    }
    /// An element id that is unique across the languages of the page.
    [[nodiscard]] std::string anchor(std::string_view name) const { return words.language() + "-" + std::string(name); }
};

}  // namespace vereda::report
