#include "livelihoods/kinship.hpp"

#include <algorithm>
#include <set>

#include "livelihoods/name_match.hpp"

namespace vereda::livelihoods {

namespace {

bool names(const Household& a, const Household& b) {
    return std::ranges::find(a.kin, b.id) != a.kin.end();
}

}  // namespace

Kinship::Kinship(std::span<const Household> households) : households_(households) {
    surnames_.reserve(households.size());
    for (const Household& household : households) {
        surnames_.push_back(surnames_of(household.name));
        if (surnames_.back().empty()) continue;
        ++named_;
        for (const std::string& surname : std::set(surnames_.back().begin(), surnames_.back().end()))
            ++bearers_[surname];
    }
}

double Kinship::rarity(const std::string& surname) const {
    return 1 - static_cast<double>(bearers_.at(surname)) / static_cast<double>(named_);
}

std::optional<KinshipSign> Kinship::between(const Household& a, const Household& b) const {
    KinshipSign sign;
    sign.declared = names(a, b) || names(b, a);
    std::vector<std::string> left = surnames_[static_cast<std::size_t>(&b - households_.data())];
    for (const std::string& surname : surnames_[static_cast<std::size_t>(&a - households_.data())]) {
        const auto same = std::ranges::find_if(
            left, [&](const std::string& other) { return jaro_winkler(surname, other) >= same_surname_at_least; });
        if (same == left.end()) continue;
        sign.score += 0.5 * std::min(rarity(surname), rarity(*same));
        sign.surnames.push_back(surname);
        left.erase(same);
    }
    if (sign.score < kinship_score_at_least) {
        sign.score = 0;
        sign.surnames.clear();
    }
    return sign.declared || !sign.surnames.empty() ? std::optional(std::move(sign)) : std::nullopt;
}

}  // namespace vereda::livelihoods
