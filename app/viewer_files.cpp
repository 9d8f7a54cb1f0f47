#include "app/viewer_files.hpp"

#include <cstdlib>
#include <string_view>
#include <system_error>

#include "geo/io/atomic_file.hpp"

namespace vereda::app {

namespace fs = std::filesystem;

std::optional<report::ViewerFiles> viewer_files(const fs::path& share) {
    if (const char* wish = std::getenv("VEREDA_VIEWER"); wish != nullptr && std::string_view(wish) == "off") return {};
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    for (const fs::path& folder :
         {share / "viewer", program.parent_path().parent_path() / "share" / "vereda" / "viewer"}) {
        const fs::path script = folder / "viewer.js";
        const fs::path style = folder / "viewer.css";
        if (fs::is_regular_file(script, error) && fs::is_regular_file(style, error))
            return report::ViewerFiles{geo::io::read_file(script.string()), geo::io::read_file(style.string())};
    }
    return {};
}

}  // namespace vereda::app
