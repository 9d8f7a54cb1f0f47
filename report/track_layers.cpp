#include "report/track_layers.hpp"

#include <chrono>
#include <map>
#include <string>
#include <utility>

#include "report/labels.hpp"
#include "report/layer_builder.hpp"

namespace vereda::report {

using geo::FieldType;
using geo::operator""_msg;

namespace {

geo::Date first_day(int year) {
    return std::chrono::sys_days{std::chrono::year{year} / 1 / 1};
}
geo::Date last_day(int year) {
    return std::chrono::sys_days{std::chrono::year{year} / 12 / 31};
}

void add_fields(LayerBuilder& layer) {
    layer.field("track_id", FieldType::text, "column.track_id"_msg);
    layer.field("year", FieldType::integer, "column.year"_msg);
    layer.field("plot_id", FieldType::text, "column.plot_id"_msg);
    layer.field("event", FieldType::text, "column.track_event"_msg);
    layer.field("area_ha", FieldType::real, "column.track_area"_msg, "ha");
    layer.field("link_score", FieldType::real, "column.link_score"_msg, "1");
    layer.field("observed_share", FieldType::real, "column.track_observed_share"_msg, "1");
    layer.field("from_date", FieldType::date, "field.from_date"_msg);
    layer.field("to_date", FieldType::date, "field.to_date"_msg);
    layer.field("event_text", FieldType::text, "field.event_text"_msg);
}

std::vector<geo::Value> values_of(const regions::TrackRow& row, const Catalogue& words) {
    return {row.track_id,
            std::int64_t{row.year},
            row.plot_id.empty() ? geo::Value() : geo::Value(row.plot_id),
            std::string(regions::name_of(row.event)),
            optional_value(row.area),
            optional_value(row.link_score),
            row.observed_share,
            first_day(row.year),
            last_day(row.year),
            track_event_word(row.event, words)};
}

class Layers {
  public:
    Layers(const RunResults& results, const Catalogue& words, const Styles& styles)
        : results_(results), words_(words), styles_(styles) {}

    std::vector<MapLayer> all() {
        const std::string* track = nullptr;
        regions::Outline last{regions::no_plot, regions::no_plot};
        for (const regions::TrackRow& row : results_.tracks->rows) {
            if (track == nullptr || *track != row.track_id) last = {regions::no_plot, regions::no_plot};
            track = &row.track_id;
            if (row.outline.survey != regions::no_plot) last = row.outline;
            const geo::MultiPolygon& shape = results_.surveys[last.survey].plots[last.plot].outline;
            whole(row.crop).feature(shape, values_of(row, words_));
            of_year(row.year, row.crop).feature(shape, values_of(row, words_));
        }
        std::vector<MapLayer> layers;
        for (auto& [key, layer] : layers_)
            layers.push_back(layer.finished(styles_, "tracks"));
        if (!results_.tracks->review.empty()) layers.push_back(review());
        return layers;
    }

  private:
    /// Year 0: the space-time layer.
    LayerBuilder& layer(int year, regions::Crop crop) {
        const auto found = layers_.find({year, crop});
        if (found != layers_.end()) return found->second;
        const std::string code(regions::name_of(crop));
        const std::string name = "tracks_" + (year == 0 ? "" : std::to_string(year) + "_") + code;
        const std::string title = year == 0 ? words_.text("layer.tracks"_msg, {{"crop", crop_word(crop, words_)}})
                                            : words_.text("layer.tracks_year"_msg, {{"crop", crop_word(crop, words_)},
                                                                                    {"year", std::to_string(year)}});
        LayerBuilder& made =
            layers_.try_emplace({year, crop}, name, title, results_.regions->crs(), "MultiPolygon", words_)
                .first->second;
        add_fields(made);
        return made;
    }
    LayerBuilder& whole(regions::Crop crop) { return layer(0, crop); }
    LayerBuilder& of_year(int year, regions::Crop crop) { return layer(year, crop); }

    [[nodiscard]] MapLayer review() const {
        LayerBuilder layer("track_review", words_.text("layer.track_review"_msg), results_.regions->crs(),
                           "MultiPolygon", words_);
        layer.field("year", FieldType::integer, "column.year"_msg);
        layer.field("plot_id", FieldType::text, "column.plot_id"_msg);
        layer.field("track_id", FieldType::text, "column.review_track"_msg);
        layer.field("from_year", FieldType::integer, "column.review_from_year"_msg);
        layer.field("from_plot", FieldType::text, "column.review_from_plot"_msg);
        layer.field("link_score", FieldType::real, "column.link_score"_msg, "1");
        std::map<std::pair<int, std::string>, const geo::MultiPolygon*> outlines[2];
        for (const regions::Survey& survey : results_.surveys)
            for (const regions::Plot& plot : survey.plots)
                outlines[static_cast<int>(survey.crop)][{survey.year, plot.id}] = &plot.outline;
        for (const regions::TrackReview& row : results_.tracks->review) {
            const auto* outline = outlines[static_cast<int>(row.crop)].at({row.year, row.plot_id});
            layer.feature(*outline, {std::int64_t{row.year}, row.plot_id, row.track_id, std::int64_t{row.from_year},
                                     row.from_plot, row.link_score});
        }
        return layer.finished(styles_, "plots");
    }

    const RunResults& results_;
    const Catalogue& words_;
    const Styles& styles_;
    std::map<std::pair<int, regions::Crop>, LayerBuilder> layers_;
};

}  // namespace

std::vector<MapLayer> track_layers(const RunResults& results, const Catalogue& words, const Styles& styles) {
    if (!results.tracks || !results.regions) return {};
    return Layers(results, words, styles).all();
}

}  // namespace vereda::report
