#include "regions/field_blocks.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "geo/shared_area.hpp"
#include "geo/spatial_index.hpp"
#include "geo/topology.hpp"
#include "regions/observed_land.hpp"
#include "regions/plot_error.hpp"

namespace vereda::regions {

namespace {

struct Field {
    std::uint32_t survey;
    std::uint32_t plot;
};

class Sets {
  public:
    explicit Sets(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }
    [[nodiscard]] std::size_t lowest(std::size_t i) {
        while (parent_[i] != i)
            i = parent_[i] = parent_[parent_[i]];
        return i;
    }
    void join(std::size_t a, std::size_t b) {
        a = lowest(a);
        b = lowest(b);
        if (a != b) parent_[std::max(a, b)] = std::min(a, b);
    }

  private:
    std::vector<std::size_t> parent_;
};

geo::Box grown(geo::Box box, double by) {
    return {{box.min.x - by, box.min.y - by}, {box.max.x + by, box.max.y + by}};
}

class Blocks {
  public:
    Blocks(std::span<const Survey> surveys, geo::Metres gap, geo::Parallelism parallelism)
        : surveys_(surveys), gap_(gap.value()), parallelism_(parallelism) {
        for (std::uint32_t s = 0; s < surveys.size(); ++s) {
            result_.block_of.emplace_back(surveys[s].plots.size());
            for (std::uint32_t p = 0; p < surveys[s].plots.size(); ++p)
                fields_.push_back({s, p});
        }
    }

    FieldBlocks all() {
        group();
        describe();
        return std::move(result_);
    }

  private:
    [[nodiscard]] const Plot& plot(const Field& field) const { return surveys_[field.survey].plots[field.plot]; }

    void group() {
        std::vector<geo::Box> boxes;
        for (const Field& field : fields_)
            boxes.push_back(geo::envelope(plot(field).outline));
        const geo::SpatialIndex index(boxes);
        Sets sets(fields_.size());
        geo::parallel_ordered<std::vector<std::size_t>>(
            fields_.size(), parallelism_,
            [&](std::size_t i) {
                std::vector<std::size_t> near;
                for (const std::size_t j : index.query(grown(boxes[i], gap_)))
                    if (j > i && geo::distance(plot(fields_[i]).outline, plot(fields_[j]).outline) <= gap_)
                        near.push_back(j);
                return near;
            },
            [&](std::size_t i, std::vector<std::size_t>&& near) {
                for (const std::size_t j : near)
                    sets.join(i, j);
            });
        std::vector<std::uint32_t> number(fields_.size(), 0);
        for (std::size_t i = 0; i < fields_.size(); ++i) {
            if (sets.lowest(i) == i) {
                number[i] = static_cast<std::uint32_t>(members_.size());
                members_.emplace_back();
                const Survey& survey = surveys_[fields_[i].survey];
                result_.ids.push_back(std::string(name_of(survey.crop)) + "-block-" + std::to_string(survey.year) +
                                      "-" + plot(fields_[i]).id);
            }
            const std::uint32_t block = number[sets.lowest(i)];
            members_[block].push_back(fields_[i]);
            result_.block_of[fields_[i].survey][fields_[i].plot] = block;
        }
    }

    void describe() {
        std::vector<ObservedLand> lands;
        for (const Survey& survey : surveys_)
            lands.emplace_back(survey.observed);
        result_.fields.assign(members_.size(), std::vector<int>(surveys_.size(), 0));
        geo::parallel_ordered<std::vector<FieldBlockRow>>(
            members_.size(), parallelism_, [&](std::size_t b) { return rows_of(b, lands); },
            [&](std::size_t b, std::vector<FieldBlockRow>&& rows) {
                for (std::size_t s = 0; s < rows.size(); ++s)
                    result_.fields[b][s] = rows[s].fields;
                std::ranges::move(rows, std::back_inserter(result_.rows));
            });
    }

    [[nodiscard]] std::vector<FieldBlockRow> rows_of(std::size_t block, std::span<const ObservedLand> lands) const {
        std::vector<geo::MultiPolygon> outlines;
        geo::SquareMetres area;
        double planar = 0;
        for (const Field& field : members_[block]) {
            outlines.push_back(plot(field).outline);
            area += plot(field).area;
            planar += geo::planar_area(outlines.back());
        }
        const geo::MultiPolygon ground = geo::union_of(outlines);
        const geo::Hectares whole = geo::to_hectares(area * (geo::planar_area(ground) / planar));
        std::vector<FieldBlockRow> rows(surveys_.size());
        for (std::size_t s = 0; s < surveys_.size(); ++s) {
            rows[s].block_id = result_.ids[block];
            rows[s].year = surveys_[s].year;
            rows[s].crop = surveys_[s].crop;
            rows[s].block_area = whole;
            rows[s].observed_share = lands[s].share(ground);
            if (s > 0) rows[s].repeated = geo::Hectares(0);
        }
        for (const Field& field : members_[block])
            add(rows[field.survey], field, members_[block]);
        for (std::size_t s = 0; s < surveys_.size(); ++s)
            rows[s].interval = interval(static_cast<std::uint32_t>(s), rows[s].area, members_[block]);
        return rows;
    }

    [[nodiscard]] std::optional<AreaInterval> interval(std::uint32_t survey, geo::Hectares area,
                                                       std::span<const Field> members) const {
        double variance = 0;
        double shared = 0;
        for (const Field& field : members) {
            if (field.survey != survey) continue;
            const PlotError error = plot_error(plot(field), surveys_[survey]);
            if (!error.own) return std::nullopt;
            variance += error.own->value() * error.own->value();
            shared += error.shared.value();
        }
        return interval_of({geo::to_square_metres(area), geo::SquareMetres(std::hypot(std::sqrt(variance), shared))});
    }

    void add(FieldBlockRow& row, const Field& field, std::span<const Field> members) const {
        const Plot& own = plot(field);
        ++row.fields;
        row.area += geo::to_hectares(own.area);
        for (const std::optional<geo::Date>& image : {own.image_date, own.post_harvest_date}) {
            if (!image) continue;
            row.first_image = row.first_image ? std::min(*row.first_image, *image) : *image;
            row.last_image = row.last_image ? std::max(*row.last_image, *image) : *image;
        }
        if (field.survey == 0) return;
        double shared = 0;
        for (const Field& other : members)
            if (other.survey + 1 == field.survey) shared += geo::shared_area(own.outline, plot(other).outline);
        const double share = std::min(1.0, shared / geo::planar_area(own.outline));
        *row.repeated += geo::to_hectares(own.area * share);
    }

    std::span<const Survey> surveys_;
    double gap_;
    geo::Parallelism parallelism_;
    std::vector<Field> fields_;
    std::vector<std::vector<Field>> members_;
    FieldBlocks result_;
};

}  // namespace

FieldBlocks field_blocks(std::span<const Survey> surveys, geo::Metres gap, geo::Parallelism parallelism) {
    return Blocks(surveys, gap, parallelism).all();
}

}  // namespace vereda::regions
