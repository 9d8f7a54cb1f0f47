#include "app/share_folder.hpp"

#include <cstdlib>
#include <system_error>
#include <vector>

#include "geo/error.hpp"

namespace vereda::app {

using namespace geo;

std::filesystem::path share_folder() {
    namespace fs = std::filesystem;
    std::vector<fs::path> candidates;
    if (const char* named = std::getenv("VEREDA_SHARE"); named != nullptr && *named != '\0')
        candidates.emplace_back(named);
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    if (!error) candidates.push_back(program.parent_path().parent_path() / "share" / "vereda");
    candidates.emplace_back(VEREDA_INSTALLED_SHARE);
    candidates.emplace_back(VEREDA_SOURCE_SHARE);
    for (const fs::path& candidate : candidates) {
        if (fs::is_regular_file(candidate / "lang" / "en.json", error)) return candidate;
    }
    throw Error(ErrorKind::resource, {"share.missing"_msg, {{"path", candidates.front().string()}}});
}

}  // namespace vereda::app
