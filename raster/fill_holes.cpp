#include "raster/fill_holes.hpp"

#include <algorithm>

namespace vereda::raster {

namespace {

/// The cells between two runs of a row.
struct Gap {
    int row = 0;
    int col_begin = 0;
    int col_end = 0;
    bool clean = true;  ///< no run of another component lies in it
    std::size_t parent = 0;
};

/// Gaps joined to holes by union-find; gap 0 stands for everything outside.
class Gaps {
  public:
    Gaps(std::span<const Run> runs, int reach) : gaps_(1), reach_(reach) {
        for (std::size_t begin = 0; begin < runs.size();) {
            std::size_t end = begin;
            while (end < runs.size() && runs[end].row == runs[begin].row)
                ++end;
            add_row(runs.subspan(begin, end - begin));
            begin = end;
        }
        for (std::size_t gap = row_begin_; gap < gaps_.size(); ++gap)
            unite(gap, 0);
    }

    [[nodiscard]] std::size_t size() const { return gaps_.size(); }
    [[nodiscard]] const Gap& operator[](std::size_t gap) const { return gaps_[gap]; }
    [[nodiscard]] std::size_t find(std::size_t gap) {
        while (gaps_[gap].parent != gap) {
            gaps_[gap].parent = gaps_[gaps_[gap].parent].parent;
            gap = gaps_[gap].parent;
        }
        return gap;
    }

  private:
    void unite(std::size_t a, std::size_t b) {
        a = find(a);
        b = find(b);
        gaps_[std::max(a, b)].parent = std::min(a, b);
    }

    void add_row(std::span<const Run> runs) {
        const std::size_t first = gaps_.size();
        for (std::size_t i = 1; i < runs.size(); ++i) {
            gaps_.push_back({runs[i].row, runs[i - 1].col_end, runs[i].col_begin,
                             runs[i].order == runs[i - 1].order + 1, gaps_.size()});
        }
        const bool first_row = row_first_col_ > row_last_col_;
        // What reaches beyond the outermost runs of the row above, or beyond the first row, is outside.
        for (std::size_t gap = first; gap < gaps_.size(); ++gap) {
            if (first_row || gaps_[gap].col_begin < row_first_col_ + reach_ ||
                gaps_[gap].col_end > row_last_col_ - reach_) {
                unite(gap, 0);
            }
        }
        for (std::size_t gap = row_begin_; gap < first; ++gap) {
            if (gaps_[gap].col_begin < runs.front().col_begin + reach_ ||
                gaps_[gap].col_end > runs.back().col_end - reach_) {
                unite(gap, 0);
            }
        }
        std::size_t above = row_begin_;
        for (std::size_t gap = first; gap < gaps_.size(); ++gap) {
            while (above < first && gaps_[above].col_end + reach_ <= gaps_[gap].col_begin)
                ++above;
            for (std::size_t k = above; k < first && gaps_[k].col_begin < gaps_[gap].col_end + reach_; ++k)
                unite(gap, k);
        }
        row_begin_ = first;
        row_first_col_ = runs.front().col_begin;
        row_last_col_ = runs.back().col_end;
    }

    std::vector<Gap> gaps_;
    int reach_;
    std::size_t row_begin_ = 1;  ///< first gap of the row above
    int row_first_col_ = 0;      ///< of the row above: where its first run begins
    int row_last_col_ = -1;      ///< and its last one ends
};

struct Hole {
    double area = 0;
    std::int64_t cells = 0;
    bool clean = true;
};

}  // namespace

FilledHoles fill_holes(std::span<const Run> runs, Connectivity connectivity, geo::SquareMetres at_most,
                       RunArea& areas) {
    Gaps gaps(runs, connectivity == Connectivity::eight ? 0 : 1);
    std::vector<Hole> holes(gaps.size());
    for (std::size_t i = 1; i < gaps.size(); ++i) {
        const std::size_t root = gaps.find(i);
        if (root == 0) continue;
        const Gap& gap = gaps[i];
        holes[root].area += areas.area(gap.row, gap.col_begin, gap.col_end);
        holes[root].cells += gap.col_end - gap.col_begin;
        holes[root].clean = holes[root].clean && gap.clean;
    }
    FilledHoles result;
    double area = 0;
    for (std::size_t i = 1; i < holes.size(); ++i) {
        Hole& hole = holes[i];
        hole.clean = hole.clean && hole.cells > 0 && hole.area <= at_most.value();
        if (!hole.clean) continue;
        result.cells += hole.cells;
        area += hole.area;
    }
    result.area = geo::SquareMetres(area);
    std::size_t gap = 0;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const bool after_gap = i > 0 && runs[i - 1].row == runs[i].row;
        if (after_gap) ++gap;
        if (after_gap && gaps.find(gap) != 0 && holes[gaps.find(gap)].clean) {
            result.runs.back().col_end = runs[i].col_end;
        } else {
            result.runs.push_back(runs[i]);
        }
    }
    return result;
}

}  // namespace vereda::raster
