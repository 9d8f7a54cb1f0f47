/// The report as one self-contained HTML file: no network, no script needed, both languages inside.
///
/// Bytes depend on the results alone. Every text of the data passes through escaped(). Content-Security-Policy:
/// default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:.
#pragma once

#include <ostream>
#include <span>
#include <string_view>

#include "report/catalogue.hpp"
#include "report/public_edition.hpp"
#include "report/results.hpp"

namespace vereda::report {

/// The internal edition (report-internal.html). `languages` in the order of the switch; `shown_first` is one of theirs.
void write_internal_page(std::ostream& out, const RunResults& results, std::span<const Catalogue> languages,
                         std::string_view shown_first);

/// The public edition (public/report.html): region map and region tables alone.
void write_public_page(std::ostream& out, const PublicEdition& edition, std::span<const Catalogue> languages,
                       std::string_view shown_first);

}  // namespace vereda::report
