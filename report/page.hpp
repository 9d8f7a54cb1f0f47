/// The report as one self-contained HTML file: no network, no script needed, both languages inside. With `viewer` its
/// script and payload come along and make the page interactive.
///
/// Bytes depend on the results and the viewer alone. Every text of the data passes through escaped(). The
/// Content-Security-Policy names the page's own scripts and styles by their SHA-256 and allows no other, nor a network.
#pragma once

#include <ostream>
#include <span>
#include <string_view>

#include "report/catalogue.hpp"
#include "report/public_edition.hpp"
#include "report/results.hpp"
#include "report/viewer_payload.hpp"

namespace vereda::report {

/// The internal edition (report-internal.html). `languages` in the order of the switch; `shown_first` is one of theirs.
void write_internal_page(std::ostream& out, const RunResults& results, std::span<const Catalogue> languages,
                         std::string_view shown_first, const ViewerFiles* viewer = nullptr);

/// The public edition (public/report.html): region map and region tables alone.
void write_public_page(std::ostream& out, const PublicEdition& edition, std::span<const Catalogue> languages,
                       std::string_view shown_first, const ViewerFiles* viewer = nullptr);

}  // namespace vereda::report
