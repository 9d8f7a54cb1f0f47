/// What one call of the program gives to the command it runs.
#pragma once

#include <filesystem>
#include <iosfwd>

#include "app/messages.hpp"
#include "geo/diagnostic.hpp"
#include "geo/parallel.hpp"
#include "geo/progress.hpp"

namespace vereda::app {

struct Session {
    const Messages& messages;
    std::filesystem::path share;  ///< see share_folder()
    std::ostream& out;            ///< answers that were asked for
    std::ostream& err;            ///< errors, warnings, progress
    geo::Progress& progress;
    geo::Parallelism parallelism;
    bool quiet = false;               ///< no sentence on success, no warnings on stderr
    bool json = false;                ///< one JSON summary on `out`
    bool tell_every_warning = false;  ///< of a command that leaves no diagnostics.csv
    geo::Diagnostics diagnostics = {};
};

}  // namespace vereda::app
