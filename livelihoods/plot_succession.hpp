/// What happened to plots between surveys: passed to another family, or moved after a flood.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "livelihoods/area_verdict.hpp"
#include "livelihoods/finding.hpp"
#include "livelihoods/plot_findings.hpp"

namespace vereda::livelihoods {

class PlotSuccession {
  public:
    /// The spans and `findings` (over the same plots) must outlive this.
    PlotSuccession(std::span<const RegisteredPlot> plots, const PlotFindings& findings);

    /// transfer: ground that another family held in an earlier year, against the pack's transfer rule. relocation: a
    /// plot laid in place of a lost one (`replaces`) that is surely larger (P ≥ 0.95), lies with another union, or
    /// whose predecessor is still there. Each only where the pack sets the parameter.
    [[nodiscard]] std::vector<Finding> of(std::size_t plot, const RulePack& pack) const;

  private:
    void add_transfer(std::size_t plot, const RulePack& pack, std::vector<Finding>& findings) const;
    void add_relocation(std::size_t plot, const RulePack& pack, std::vector<Finding>& findings) const;
    [[nodiscard]] std::string_view union_of(std::size_t plot) const;

    std::span<const RegisteredPlot> plots_;
    const PlotFindings* findings_;
    std::map<std::string_view, std::vector<std::size_t>> by_id_;  ///< positions by year
    bool years_differ_ = false;
};

}  // namespace vereda::livelihoods
