#include "simulate/tracked_plot.hpp"

namespace vereda::simulate {

std::string_view name_of(PlotState state) {
    switch (state) {
        case PlotState::not_yet:
            return "not_yet";
        case PlotState::standing:
            return "standing";
        case PlotState::renewed:
            return "renewed";
        case PlotState::removed:
            return "removed";
        case PlotState::abandoned:
            return "abandoned";
        case PlotState::resting:
            return "resting";
        case PlotState::ended:
            break;
    }
    return "ended";
}

std::string_view name_of(PlotEvent event) {
    constexpr std::string_view names[] = {"none",    "appeared",  "persisted", "grew",      "shrank",
                                          "moved",   "split",     "merged",    "relocated", "pruned_or_renewed",
                                          "removed", "replanted", "abandoned", "returned",  "rotated"};
    return names[static_cast<std::size_t>(event)];
}

std::string_view name_of(PlotDescent descent) {
    constexpr std::string_view names[] = {"first_stock", "planted", "split", "merged", "relocated"};
    return names[static_cast<std::size_t>(descent)];
}

}  // namespace vereda::simulate
