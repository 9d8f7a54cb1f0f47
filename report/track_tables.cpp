#include "report/track_tables.hpp"

#include <fmt/format.h>

#include <array>
#include <string>

namespace vereda::report {

using geo::FieldType;
using geo::operator""_msg;

namespace {

constexpr int hectare_decimals = 4;
constexpr int share_decimals = 6;
constexpr int score_decimals = 4;
constexpr int metre_decimals = 2;

constexpr Column personal(std::string_view name, geo::MessageId about) {
    return {name, FieldType::text, "", about, shortest_round_trip, Privacy::personal};
}
constexpr Column whole_number(std::string_view name, geo::MessageId about) {
    return {name, FieldType::integer, "", about};
}
constexpr Column hectares(std::string_view name, geo::MessageId about) {
    return {name, FieldType::real, "ha", about, hectare_decimals};
}

constexpr Column year{"year", FieldType::integer, "", "column.year"_msg};
constexpr Column crop{"crop", FieldType::text, "", "column.crop"_msg};
constexpr Column observed_share{"observed_share", FieldType::real, "1", "column.track_observed_share"_msg,
                                share_decimals};

constexpr std::array tracks_columns{
    personal("track_id", "column.track_id"_msg),
    year,
    personal("plot_id", "column.plot_id"_msg),
    Column{"event", FieldType::text, "", "column.track_event"_msg},
    hectares("area_ha", "column.track_area"_msg),
    Column{"link_score", FieldType::real, "1", "column.link_score"_msg, score_decimals},
    crop,
    personal("alternatives", "column.link_alternatives"_msg),
    observed_share,
    personal("eradication_event", "column.track_eradication"_msg),
    Column{"eradication_kind", FieldType::text, "", "column.event_kind"_msg},
    whole_number("months", "column.track_months"_msg),
    whole_number("age_min_years", "column.age_min"_msg),
    whole_number("age_max_years", "column.age_max"_msg),
    whole_number("in_harvest", "column.in_harvest"_msg),
    personal("from_plots", "column.from_plots"_msg),
    personal("into_track", "column.into_track"_msg),
    personal("block_id", "column.block_id"_msg),
    hectares("area_lo_ha", "column.outline_area_lo"_msg),
    hectares("area_hi_ha", "column.outline_area_hi"_msg),
};

constexpr std::array track_review_columns{
    crop,
    year,
    personal("plot_id", "column.plot_id"_msg),
    personal("track_id", "column.review_track"_msg),
    whole_number("from_year", "column.review_from_year"_msg),
    personal("from_plot", "column.review_from_plot"_msg),
    Column{"link_score", FieldType::real, "1", "column.link_score"_msg, score_decimals},
    personal("alternatives", "column.link_alternatives"_msg),
};

constexpr std::array field_blocks_columns{
    personal("block_id", "column.block_id"_msg),
    year,
    crop,
    whole_number("fields", "column.block_fields"_msg),
    hectares("area_ha", "column.block_crop_area"_msg),
    hectares("block_area_ha", "column.block_area"_msg),
    observed_share,
    hectares("repeated_ha", "column.block_repeated"_msg),
    Column{"first_image", FieldType::date, "", "column.block_first_image"_msg},
    Column{"last_image", FieldType::date, "", "column.block_last_image"_msg},
    hectares("area_lo_ha", "column.outline_area_lo"_msg),
    hectares("area_hi_ha", "column.outline_area_hi"_msg),
};

constexpr std::array track_surveys_columns{
    crop,
    year,
    Column{"shift_x_m", FieldType::real, "m", "column.shift_x"_msg, metre_decimals},
    Column{"shift_y_m", FieldType::real, "m", "column.shift_y"_msg, metre_decimals},
    Column{"error_scale", FieldType::real, "1", "column.error_scale"_msg, score_decimals},
    Column{"ended_share", FieldType::real, "1", "column.ended_share"_msg, score_decimals},
    Column{"new_share", FieldType::real, "1", "column.new_share"_msg, score_decimals},
    whole_number("candidates", "column.link_candidates"_msg),
    whole_number("components", "column.link_components"_msg),
    whole_number("components_wide", "column.link_components_wide"_msg),
    whole_number("components_unproved", "column.link_components_unproved"_msg),
};

std::string listed(const std::vector<regions::TrackAlternative>& alternatives) {
    std::string list;
    for (const regions::TrackAlternative& other : alternatives)
        list += fmt::format("{}{}={:.2f}", list.empty() ? "" : ";", other.plot_id, other.probability);
    return list;
}

std::string listed(const std::vector<std::string>& items) {
    return fmt::format("{}", fmt::join(items, ";"));
}

geo::Value years(std::optional<int> value) {
    return value ? geo::Value(std::int64_t{*value}) : geo::Value();
}
geo::Value count(std::size_t value) {
    return static_cast<std::int64_t>(value);
}

}  // namespace

const TableDeclaration tracks_table{"tracks", "table.tracks.title"_msg, "table.tracks.about"_msg,
                                    Audience::internal_only, tracks_columns};
const TableDeclaration track_review_table{"track_review", "table.track_review.title"_msg,
                                          "table.track_review.about"_msg, Audience::internal_only,
                                          track_review_columns};
const TableDeclaration field_blocks_table{"field_blocks", "table.field_blocks.title"_msg,
                                          "table.field_blocks.about"_msg, Audience::internal_only,
                                          field_blocks_columns};
const TableDeclaration track_surveys_table{"track_surveys", "table.track_surveys.title"_msg,
                                           "table.track_surveys.about"_msg, Audience::internal_only,
                                           track_surveys_columns};

Rows tracks_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    if (!results.tracks) return rows;
    for (const regions::TrackRow& r : results.tracks->rows) {
        rows.push_back({r.track_id,
                        whole(r.year),
                        text(r.plot_id),
                        text(regions::name_of(r.event)),
                        real(r.area),
                        real(r.link_score),
                        text(regions::name_of(r.crop)),
                        text(listed(r.alternatives)),
                        r.observed_share,
                        text(r.eradication_event),
                        r.eradication_kind ? text(regions::name_of(*r.eradication_kind)) : geo::Value(),
                        years(r.months),
                        whole(r.age_min),
                        years(r.age_max),
                        r.in_harvest ? whole(*r.in_harvest ? 1 : 0) : geo::Value(),
                        text(listed(r.from_plots)),
                        text(r.into_track),
                        text(r.block_id),
                        real(r.area_lo),
                        real(r.area_hi)});
    }
    return rows;
}

Rows track_review_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    if (!results.tracks) return rows;
    for (const regions::TrackReview& r : results.tracks->review) {
        rows.push_back({text(regions::name_of(r.crop)), whole(r.year), text(r.plot_id), text(r.track_id),
                        whole(r.from_year), text(r.from_plot), r.link_score, text(listed(r.alternatives))});
    }
    return rows;
}

Rows field_blocks_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    if (!results.tracks) return rows;
    for (const regions::FieldBlockRow& r : results.tracks->blocks) {
        rows.push_back({text(r.block_id), whole(r.year), text(regions::name_of(r.crop)), whole(r.fields),
                        r.area.value(), r.block_area.value(), r.observed_share, real(r.repeated), day(r.first_image),
                        day(r.last_image)});
        append_limits(rows.back(), r.interval);
    }
    return rows;
}

Rows track_surveys_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    if (!results.tracks) return rows;
    for (const regions::TrackFit& r : results.tracks->fits) {
        rows.push_back({text(regions::name_of(r.crop)), whole(r.year), r.fit.shift.x, r.fit.shift.y, r.fit.place_scale,
                        r.fit.ended_share, r.fit.new_share, count(r.fit.candidates), count(r.fit.components),
                        count(r.fit.wide_components), count(r.fit.unproved)});
    }
    return rows;
}

}  // namespace vereda::report
