#include "app/analysis_keys.hpp"

#include "regions/permanence_class.hpp"

namespace vereda::app {

using namespace geo;

namespace {

StudyKey plan_number(std::string_view name, MessageId help, std::string_view default_text, std::string_view unit,
                     std::pair<double, double> range) {
    return {.section = "plan",
            .name = name,
            .type = KeyType::number,
            .help = help,
            .default_text = default_text,
            .unit = unit,
            .least = range.first,
            .most = range.second,
            .example = default_text};
}

StudyKey plan_integer(std::string_view name, MessageId help, std::string_view default_text,
                      std::pair<double, double> range) {
    StudyKey key = plan_number(name, help, default_text, "", range);
    key.type = KeyType::integer;
    return key;
}

}  // namespace

std::vector<StudyKey> tracking_keys() {
    return {
        {.section = "tracking",
         .name = "abandoned_after",
         .type = KeyType::integer,
         .help = "command.plots_track.abandoned_after"_msg,
         .default_text = "3",
         .least = 2,
         .most = 20,
         .example = "3"},
        {.section = "tracking",
         .name = "position_error_m",
         .type = KeyType::number,
         .help = "key.tracking.position_error_m"_msg,
         .default_text = "5",
         .unit = "m",
         .least = 0.1,
         .most = 1000,
         .example = "5"},
        {.section = "tracking",
         .name = "observed_min",
         .type = KeyType::number,
         .help = "command.plots_track.observed_min"_msg,
         .default_text = "0.9",
         .least = 0.01,
         .most = 1,
         .example = "0.9"},
        {.section = "tracking",
         .name = "accept",
         .type = KeyType::number,
         .help = "command.plots_track.accept"_msg,
         .default_text = "0.8",
         .least = 0.5,
         .most = 1,
         .example = "0.8"},
        {.section = "tracking",
         .name = "review",
         .type = KeyType::number,
         .help = "key.tracking.review"_msg,
         .default_text = "0.2",
         .least = 0.001,
         .most = 0.5,
         .example = "0.2"},
        {.section = "tracking",
         .name = "first_harvest_months",
         .type = KeyType::integer,
         .help = "command.plots_track.first_harvest_months"_msg,
         .default_text = "12",
         .least = 0,
         .most = 120,
         .example = "12"},
        {.section = "tracking",
         .name = "block_gap_m",
         .type = KeyType::number,
         .help = "command.plots_track.block_gap"_msg,
         .default_text = "40",
         .unit = "m",
         .least = 0,
         .most = 1000,
         .example = "40"},
    };
}

std::vector<StudyKey> time_keys() {
    const auto number = [](std::string_view section, std::string_view name, MessageId help, std::string_view unit,
                           double most) {
        return StudyKey{.section = section,
                        .name = name,
                        .type = KeyType::number,
                        .help = help,
                        .unit = unit,
                        .least = 0,
                        .most = most,
                        .example = "1"};
    };
    return {
        {.section = "permanence",
         .name = "cell_m",
         .type = KeyType::number,
         .help = "key.permanence.cell_m"_msg,
         .default_text = "1000",
         .unit = "m",
         .least = 1,
         .most = 1e6,
         .example = "1000"},
        {.section = "permanence",
         .name = "window_years",
         .type = KeyType::integer,
         .help = "key.permanence.window_years"_msg,
         .least = static_cast<double>(regions::shortest_permanence_window),
         .most = 100,
         .example = "10"},
        {.section = "permanence",
         .name = "presence_ha",
         .type = KeyType::number,
         .help = "key.permanence.presence_ha"_msg,
         .default_text = "0.01",
         .unit = "ha",
         .least = 0,
         .example = "0.01"},
        {.section = "permanence",
         .name = "observed_min",
         .type = KeyType::number,
         .help = "key.permanence.observed_min"_msg,
         .default_text = "0.9",
         .least = 0,
         .most = 1,
         .example = "0.9"},
        {.section = "area",
         .name = "cutoff",
         .type = KeyType::text,
         .help = "key.area.cutoff"_msg,
         .default_text = "12-31",
         .example = "\"12-31\""},
        {.section = "area",
         .name = "growth_rate",
         .type = KeyType::number,
         .help = "key.area.growth_rate"_msg,
         .least = -0.99,
         .most = 100,
         .example = "0.1"},
        number("area", "effectiveness_by_hand", "key.area.effectiveness_by_hand"_msg, "1", 1),
        number("area", "effectiveness_aerial", "key.area.effectiveness_aerial"_msg, "1", 1),
        number("area", "effectiveness_unknown", "key.area.effectiveness_unknown"_msg, "1", 1),
    };
}

std::vector<StudyKey> plan_keys() {
    return {
        plan_number("belt_m", "key.plan.belt_m"_msg, "20000", "m", {1, 1e6}),
        {.section = "plan",
         .name = "belts_m",
         .type = KeyType::integers,
         .help = "key.plan.belts_m"_msg,
         .unit = "m",
         .least = 1,
         .most = 1e6,
         .example = "[10000, 20000, 30000]"},
        plan_number("smallest_effect", "key.plan.smallest_effect"_msg, "0.1", "1", {0.001, 10}),
        plan_integer("lag_years", "key.plan.lag_years"_msg, "2", {0, 20}),
        plan_integer("anticipation_years", "key.plan.anticipation_years"_msg, "1", {0, 5}),
        plan_integer("placebos", "key.plan.placebos"_msg, "999", {19, 99999}),
        plan_integer("bootstrap_draws", "key.plan.bootstrap_draws"_msg, "999", {99, 99999}),
        {.section = "plan",
         .name = "covariates",
         .type = KeyType::texts,
         .help = "key.plan.covariates"_msg,
         .example = "[\"price\", \"access_min\"]"},
        {.section = "plan",
         .name = "negative_control",
         .type = KeyType::text,
         .help = "key.plan.negative_control"_msg,
         .example = "\"maize_ha\""},
        plan_number("indigenous_within_m", "key.plan.indigenous_within_m"_msg, "10000", "m", {0, 1e6}),
        plan_number("cell_m", "key.plan.cell_m"_msg, "1000", "m", {10, 1e5}),
        plan_number("flow_cap_m", "key.plan.flow_cap_m"_msg, "40000", "m", {1, 1e6}),
        plan_integer("flow_lag", "key.plan.flow_lag"_msg, "1", {0, 5}),
    };
}

}  // namespace vereda::app
