#include "app/version.hpp"

namespace vereda::app {
std::string_view version() {
    return VEREDA_VERSION;
}
}  // namespace vereda::app
