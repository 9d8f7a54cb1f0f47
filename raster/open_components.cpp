#include "raster/open_components.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "raster/run_strip.hpp"

namespace vereda::raster::detail {

OpenComponents::OpenComponents(const Grid& grid, const ClassSet& classes, Connectivity connectivity, bool keep_runs)
    : width_(grid.width),
      height_(grid.height),
      classes_(&classes),
      reach_(connectivity == Connectivity::eight ? 1 : 0),
      keep_runs_(keep_runs),
      stored_(1) {}

/// Path halving.
OpenComponents::Label OpenComponents::find(Label label) {
    while (states_[label].parent != label) {
        states_[label].parent = states_[states_[label].parent].parent;
        label = states_[label].parent;
    }
    return label;
}

/// The first of the two lives on.
OpenComponents::Label OpenComponents::join(Label a, Label b) {
    if (a == b) return a;
    State& kept = states_[a];
    State& gone = states_[b];
    gone.parent = a;
    kept.last_row = std::max(kept.last_row, gone.last_row);
    kept.row_begin = std::min(kept.row_begin, gone.row_begin);
    kept.col_begin = std::min(kept.col_begin, gone.col_begin);
    kept.col_end = std::max(kept.col_end, gone.col_end);
    kept.cells += gone.cells;
    kept.area += gone.area;
    kept.probability_sum += gone.probability_sum;
    kept.probability_cells += gone.probability_cells;
    if (keep_runs_) {
        stored_[kept.last_run].next = gone.first_run;
        kept.last_run = gone.last_run;
    }
    to_free_.push_back(b);
    return a;
}

OpenComponents::Label OpenComponents::new_label(int cls, int row) {
    Label label = 0;
    if (free_.empty()) {
        label = static_cast<Label>(states_.size());
        states_.emplace_back();
    } else {
        label = free_.back();
        free_.pop_back();
        states_[label] = {};
    }
    State& state = states_[label];
    state.parent = label;
    state.cls = cls;
    state.row_begin = row;
    state.col_begin = width_;
    return label;
}

void OpenComponents::store_run(State& state, const Run& run) {
    std::uint32_t place = free_run_;
    if (place != 0) {
        free_run_ = stored_[place].next;
    } else {
        place = static_cast<std::uint32_t>(stored_.size());
        stored_.emplace_back();
    }
    stored_[place] = {run, 0};
    if (state.first_run == 0) {
        state.first_run = place;
    } else {
        stored_[state.last_run].next = place;
    }
    state.last_run = place;
}

void OpenComponents::add_run(const LabelledRow& row, std::size_t index, PlacedRun& placed) {
    State& state = states_[placed.label];
    state.last_row = row.row;
    state.col_begin = std::min(state.col_begin, placed.col_begin);
    state.col_end = std::max(state.col_end, placed.col_end);
    state.cells += placed.col_end - placed.col_begin;
    if (!row.areas.empty()) state.area += row.areas[index];
    if (!row.probability_sums.empty()) {
        state.probability_sum += static_cast<double>(row.probability_sums[index]);
        state.probability_cells += row.probability_cells[index];
    }
    if (keep_runs_) store_run(state, {row.row, placed.col_begin, placed.col_end, static_cast<int>(index)});
}

void OpenComponents::add_row(const LabelledRow& row, const ComponentSink& sink) {
    current_.resize(row.runs.size());
    std::size_t above = 0;
    for (std::size_t i = 0; i < row.runs.size(); ++i) {
        const ClassRun& run = row.runs[i];
        while (above < previous_.size() && previous_[above].col_end + reach_ <= run.col_begin)
            ++above;
        constexpr Label none = ~Label{0};
        Label label = none;
        for (std::size_t k = above; k < previous_.size() && previous_[k].col_begin < run.col_end + reach_; ++k) {
            if (previous_[k].cls != run.cls) continue;
            const Label other = find(previous_[k].label);
            label = label == none ? other : join(label, other);
        }
        if (label == none) label = new_label(run.cls, row.row);
        current_[i] = {run.col_begin, run.col_end, run.cls, label};
        add_run(row, i, current_[i]);
    }
    for (PlacedRun& placed : current_)
        placed.label = find(placed.label);
    for (const PlacedRun& placed : previous_) {
        const Label label = find(placed.label);
        if (states_[label].last_row >= 0 && states_[label].last_row < row.row) close(label, sink);
    }
    for (const Label label : to_free_)
        free_.push_back(label);
    to_free_.clear();
    std::swap(previous_, current_);
}

void OpenComponents::end(const ComponentSink& sink) {
    LabelledRow beyond;
    beyond.row = height_;
    add_row(beyond, sink);
}

void OpenComponents::gather_runs(const State& state) {
    gathered_.clear();
    std::uint32_t place = state.first_run;
    while (true) {
        gathered_.push_back(stored_[place].run);
        if (place == state.last_run) break;
        place = stored_[place].next;
    }
    stored_[state.last_run].next = free_run_;
    free_run_ = state.first_run;
    const auto before = [](const Run& a, const Run& b) {
        return std::tie(a.row, a.col_begin) < std::tie(b.row, b.col_begin);
    };
    if (!std::ranges::is_sorted(gathered_, before)) std::ranges::sort(gathered_, before);
}

void OpenComponents::close(Label label, const ComponentSink& sink) {
    State& state = states_[label];
    if (keep_runs_) gather_runs(state);
    Component component;
    component.class_value = classes_->value(state.cls);
    component.cells = state.cells;
    component.area = geo::SquareMetres(state.area);
    component.bounds = {state.col_begin, state.row_begin, state.col_end - state.col_begin,
                        state.last_row + 1 - state.row_begin};
    component.touches_edge =
        state.col_begin == 0 || state.row_begin == 0 || state.col_end == width_ || state.last_row + 1 == height_;
    component.probability_sum = state.probability_sum * probability_unit;
    component.probability_cells = state.probability_cells;
    if (keep_runs_) component.runs = gathered_;
    state.last_row = -1;
    to_free_.push_back(label);
    sink(component);
}

}  // namespace vereda::raster::detail
