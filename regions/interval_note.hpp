/// Words of the note column of tables of areas: what an interval leaves out, or why there is none. Stable, not
/// translated, joined by ";".
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace vereda::regions {

namespace note {
inline constexpr std::string_view not_observed = "not_observed";
/// Some plot has no position error: no interval.
inline constexpr std::string_view no_outline_error = "no_outline_error";
/// Crop that was missed, and other land taken for crop: only a reference sample tells.
inline constexpr std::string_view omission_commission = "omission_commission_not_in_interval";
/// A reference sample tells it: the columns sampled_… hold it, by one ratio for the whole survey; the others do not.
inline constexpr std::string_view sampled_apart = "omission_commission_in_sampled_only";
[[nodiscard]] constexpr std::string_view of_sample(bool sampled) {
    return sampled ? sampled_apart : omission_commission;
}
/// Land that was not observed may hold more: not in this interval.
inline constexpr std::string_view unobserved_left_out = "unobserved_land_not_in_interval";
/// Where the event's own outline runs: not in this interval.
inline constexpr std::string_view event_outline_left_out = "event_outline_error_not_in_interval";
/// Crop that the later survey overlooked looks like crop that went: not in this interval.
inline constexpr std::string_view later_omission_left_out = "crop_overlooked_later_not_in_interval";
/// Crop near the least area that counts as present may be on its other side: not in these bounds.
inline constexpr std::string_view presence_left_out = "outline_error_of_presence_not_in_bounds";
/// Which holdings fall into a class is uncertain too: not in this interval.
inline constexpr std::string_view class_left_out = "size_class_error_not_in_interval";
/// Some crop has no image date: it could not be brought to the census cut-off.
inline constexpr std::string_view no_image_date = "no_image_date";
/// No earlier census to take the growth rate from: areas stay as of their images.
inline constexpr std::string_view no_growth_rate = "no_growth_rate";
/// The growth rate, or the change carried over a gap, is that of a larger unit.
inline constexpr std::string_view wider_rate = "rate_of_larger_unit";
inline constexpr std::string_view growth_error = "growth_rate_error_not_in_interval";
/// Crop carried over unobserved land unchanged: no two surveys saw the same crop.
inline constexpr std::string_view no_trend = "gap_carried_unchanged";
/// Land that no survey has seen up to this year: it holds what nobody knows.
inline constexpr std::string_view never_seen = "land_never_seen";
/// Eradication after the image on this crop whose effectiveness nobody states: not subtracted.
inline constexpr std::string_view no_effectiveness = "effectiveness_unknown";
/// Eradication in the time between image and cut-off that is only a point, a line or a region: not subtracted.
inline constexpr std::string_view no_outline = "eradication_without_outline";
/// Eradication of the survey's year on crop without an image date: nobody knows which came first.
inline constexpr std::string_view order_unknown = "eradication_order_unknown";
}  // namespace note

/// Those that are not empty, in the order given.
[[nodiscard]] inline std::string note_of(std::initializer_list<std::string_view> words) {
    std::string text;
    for (const std::string_view word : words) {
        if (word.empty()) continue;
        if (!text.empty()) text += ";";
        text += word;
    }
    return text;
}

}  // namespace vereda::regions
