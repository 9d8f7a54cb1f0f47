/// A readiness model is data: gates, pillars, indicators (share/vereda/readiness/*.toml, read by app/formats).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "geo/message.hpp"

namespace vereda::livelihoods {

enum class GateBasis { un_text, wola, ours };  ///< UN text, WOLA development-first (stricter), our default
enum class Comparison { at_least, at_most };
enum class Direction { higher_is_better, lower_is_better };

struct Gate {
    std::string id;
    std::string title_en;
    std::string title_es;
    GateBasis basis = GateBasis::ours;
    std::string clause;   ///< of A/RES/68/196, verbatim between “ ”; empty: none
    std::string measure;  ///< name of the measure compared; empty: decided by the evidence table alone
    Comparison comparison = Comparison::at_least;
    double threshold = 0;
    std::optional<int> max_age_months;  ///< older evidence is unknown
    /// The gate holds only where this measure is above `only_above`; empty: everywhere. Where the measure is not known
    /// the gate is unknown.
    std::string only_where = {};
    double only_above = 0;
    bool consent = false;        ///< tells whether the community has agreed
    std::string clause_es = {};  ///< `clause` in Spanish; empty: as it is
};

struct Indicator {
    std::string id;
    std::string pillar;
    std::string title_en;
    std::string title_es;
    std::string unit;
    Direction direction = Direction::higher_is_better;
    double lo = 0;  ///< goalposts: z = clip((x − lo) / (hi − lo)), inverted where lower is better
    double hi = 1;
    double weight = 1;  ///< within its pillar
    std::string source;
    std::string clause;
};

struct Pillar {
    std::string id;
    std::string title_en;
    std::string title_es;
    double weight = 1;
};

/// Where the pillars' weights come from.
enum class Weighting {
    equal,             ///< all pillars alike, all indicators of a pillar alike
    given,             ///< as the model states them
    budget_allocation  ///< the mean of the shares in which each ballot divides its points over the pillars
};

/// What one member or assembly of the community would spend on each pillar; the unit is its own.
struct Ballot {
    std::string voter;
    std::map<std::string, double> points;  ///< by pillar id; a pillar left out gets none
};

struct ReadinessModel {
    std::string name;
    std::string version;
    std::string source;
    double threshold = 0.5;
    std::vector<Gate> gates;
    std::vector<Pillar> pillars;
    std::vector<Indicator> indicators;
    std::string clauses_not_covered;  ///< clauses of A/RES/68/196 that no gate covers, for the report
    Weighting weighting = Weighting::given;
    std::vector<Ballot> ballots = {};  ///< of a budget allocation
    double rater_agreement = 0.667;    ///< least α of indicators that people score (livelihoods/rater_agreement.hpp)
};

/// The model with the weights that its weighting gives. Throws Error(usage): duplicate ids, indicator of an unknown
/// pillar, goalposts lo >= hi, weights not above zero, threshold outside [0, 1], rater agreement
/// over 1, no gate at all; ballots without
/// points, with negative ones or for unknown pillars, a pillar that no ballot gives anything, ballots in a model that
/// does not count them.
[[nodiscard]] ReadinessModel validated(ReadinessModel model, const geo::Locus& source);

}  // namespace vereda::livelihoods
