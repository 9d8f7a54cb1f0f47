#include "livelihoods/register_duplicates.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <map>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "livelihoods/name_match.hpp"
#include "regions/look_alike.hpp"

namespace vereda::livelihoods {

namespace {

using geo::operator""_msg;

constexpr std::size_t largest_block = 2000;

/// Letters and digits only: "RF-001 003" and "rf001003" are one number.
std::string code_key(std::string_view code) {
    std::string key = regions::look_alike_key(code);
    std::erase_if(key, [](char c) { return c == '-' || c == '.' || c == '/' || c == '_' || c == ','; });
    return key;
}

struct Profile {
    std::vector<std::string> words;
    std::vector<std::string> sounds;  ///< of the words, each once
    std::uint32_t letters = 0;        ///< of the whole name, a bit for each
    std::string birth_year;
    std::string number;  ///< key of the registration id
    std::string id;
    std::string union_key;
};

Profile profile_of(const Household& household) {
    Profile profile;
    profile.words = name_words(household.name);
    for (const std::string& word : profile.words)
        profile.sounds.push_back(sound_key(word));
    for (const std::string& word : profile.words)
        for (const char c : word)
            profile.letters |= 1U << (static_cast<unsigned char>(c) % 32U);
    std::ranges::sort(profile.sounds);
    profile.sounds.erase(std::ranges::unique(profile.sounds).begin(), profile.sounds.end());
    if (household.birth_year) profile.birth_year = std::to_string(*household.birth_year);
    profile.number = code_key(household.registration_id);
    profile.id = code_key(household.id);
    profile.union_key = regions::look_alike_key(household.union_name);
    return profile;
}

class DuplicateSearch {
  public:
    explicit DuplicateSearch(std::span<const Household> households) : households_(households) {
        profiles_.reserve(households.size());
        for (const Household& household : households)
            profiles_.push_back(profile_of(household));
    }

    [[nodiscard]] std::vector<RegisterDuplicate> pairs(double least) {
        compare_blocks_by([](const Profile& profile, auto&& put) { put(profile.number); }, least);
        compare_blocks_by([](const Profile& profile, auto&& put) { put(profile.id); }, least);
        compare_blocks_by([](const Profile& profile, auto&& put) { put_pairs(profile, put); }, least);
        compare_blocks_by([](const Profile& profile, auto&& put) { put_words_and_year(profile, put); }, least);
        std::ranges::sort(found_, [](const RegisterDuplicate& a, const RegisterDuplicate& b) {
            return std::tie(b.score, a.household_a, a.household_b) < std::tie(a.score, b.household_a, b.household_b);
        });
        return std::move(found_);
    }
    [[nodiscard]] long blocks_cut() const { return blocks_cut_; }

  private:
    using Block = std::vector<std::uint32_t>;

    template <class Put>
    static void put_pairs(const Profile& profile, const Put& put) {
        for (std::size_t i = 0; i < profile.sounds.size(); ++i)
            for (std::size_t j = i + 1; j < profile.sounds.size(); ++j)
                put(profile.sounds[i] + "|" + profile.sounds[j]);
    }
    template <class Put>
    static void put_words_and_year(const Profile& profile, const Put& put) {
        if (profile.birth_year.empty()) return;
        for (const std::string& sound : profile.sounds)
            put(sound + profile.birth_year);
    }

    template <class Keys>
    void compare_blocks_by(Keys keys, double least) {
        std::unordered_map<std::string, Block> blocks;
        for (std::uint32_t i = 0; i < profiles_.size(); ++i) {
            keys(profiles_[i], [&](const std::string& key) {
                if (!key.empty()) blocks[key].push_back(i);
            });
        }
        for (const auto& [key, block] : blocks) {
            if (block.size() <= largest_block) {
                compare(block, least);
            } else {
                ++blocks_cut_;
                compare_parts(block, least);
            }
        }
    }

    void compare_parts(const Block& block, double least) {
        std::map<int, Block> by_year;
        std::map<std::string_view, Block> by_union;
        for (const std::uint32_t i : block) {
            if (households_[i].birth_year) by_year[*households_[i].birth_year].push_back(i);
            if (!profiles_[i].union_key.empty()) by_union[profiles_[i].union_key].push_back(i);
        }
        for (const auto& [year, part] : by_year)
            if (part.size() <= largest_block) compare(part, least);
        for (const auto& [name, part] : by_union)
            if (part.size() <= largest_block) compare(part, least);
    }

    void compare(const Block& block, double least) {
        for (std::size_t i = 0; i < block.size(); ++i) {
            for (std::size_t j = i + 1; j < block.size(); ++j) {
                const std::uint64_t pair = (std::uint64_t{block[i]} << 32U) | block[j];
                const std::optional<double> score = score_of(block[i], block[j], least);
                if (!score || !seen_.insert(pair).second) continue;
                found_.push_back(described(block[i], block[j], *score));
            }
        }
    }

    [[nodiscard]] bool same_number(std::uint32_t a, std::uint32_t b) const {
        return !profiles_[a].number.empty() && profiles_[a].number == profiles_[b].number;
    }
    [[nodiscard]] bool same_union(std::uint32_t a, std::uint32_t b) const {
        return !profiles_[a].union_key.empty() && profiles_[a].union_key == profiles_[b].union_key;
    }
    [[nodiscard]] bool named(std::uint32_t a, std::uint32_t b) const {
        return !profiles_[a].words.empty() && !profiles_[b].words.empty();
    }

    /// Half of the letters that stand in either name stand in both: a slip of the pen leaves more. Spares most pairs
    /// the comparison.
    [[nodiscard]] bool share_letters(std::uint32_t i, std::uint32_t j) const {
        const std::uint32_t a = profiles_[i].letters;
        const std::uint32_t b = profiles_[j].letters;
        return 2 * std::popcount(a & b) >= std::popcount(a | b);
    }

    /// What speaks for and against the pair beside the names.
    [[nodiscard]] double adjustment(std::uint32_t i, std::uint32_t j) const {
        const Household& a = households_[i];
        const Household& b = households_[j];
        double sum = 0;
        if (same_number(i, j)) sum += 0.10;
        if (profiles_[i].id == profiles_[j].id) sum += 0.10;
        if (a.birth_year && b.birth_year) {
            const int apart = std::abs(*a.birth_year - *b.birth_year);
            sum += apart == 0 ? 0.04 : apart == 1 ? -0.04 : -0.15;
        }
        if (same_union(i, j)) sum += 0.02;
        if (!a.sex.empty() && !b.sex.empty() && a.sex != b.sex) sum -= 0.12;
        if (a.region_id != b.region_id) sum -= 0.02;
        return sum;
    }

    /// Nullopt where even equal names would not reach `least`.
    [[nodiscard]] std::optional<double> score_of(std::uint32_t i, std::uint32_t j, double least) const {
        const double beside = adjustment(i, j);
        if (1 + beside < least) return std::nullopt;
        const bool number = same_number(i, j);
        double names = number || profiles_[i].id == profiles_[j].id ? 0.8 : 0;
        if (named(i, j)) {
            if (!number && !share_letters(i, j)) return std::nullopt;
            names = name_similarity(profiles_[i].words, profiles_[j].words);
            if (number) names = std::max(names, 0.75);
        }
        const double score = std::clamp(names + beside, 0.0, 1.0);
        return score >= least ? std::optional(score) : std::nullopt;
    }

    [[nodiscard]] RegisterDuplicate described(std::uint32_t i, std::uint32_t j, double score) const {
        const Household& a = households_[i];
        const Household& b = households_[j];
        RegisterDuplicate row{a.id, b.id, score, std::nullopt, a.name, b.name, a.region_id, b.region_id, {}};
        if (named(i, j)) row.name_similarity = name_similarity(profiles_[i].words, profiles_[j].words);
        if (same_number(i, j)) row.signs.emplace_back("same_registration_id");
        if (profiles_[i].id == profiles_[j].id) row.signs.emplace_back("id_spelled_alike");
        if (a.birth_year && b.birth_year)
            row.signs.emplace_back(*a.birth_year == *b.birth_year ? "same_birth_year" : "other_birth_year");
        if (same_union(i, j)) row.signs.emplace_back("same_union");
        if (!a.sex.empty() && !b.sex.empty()) row.signs.emplace_back(a.sex == b.sex ? "same_sex" : "other_sex");
        row.signs.emplace_back(a.region_id == b.region_id ? "same_region" : "other_region");
        return row;
    }

    std::span<const Household> households_;
    std::vector<Profile> profiles_;
    std::unordered_set<std::uint64_t> seen_;
    std::vector<RegisterDuplicate> found_;
    long blocks_cut_ = 0;
};

}  // namespace

std::vector<RegisterDuplicate> register_duplicates(std::span<const Household> households, geo::Diagnostics& diagnostics,
                                                   double least) {
    DuplicateSearch search(households);
    std::vector<RegisterDuplicate> pairs = search.pairs(least);
    if (!pairs.empty()) {
        diagnostics.add(
            {geo::Severity::warning, {"register.duplicates"_msg, {{"count", std::to_string(pairs.size())}}}, {}});
    }
    if (search.blocks_cut() > 0) {
        diagnostics.add({geo::Severity::note,
                         {"register.duplicates_cut"_msg, {{"count", std::to_string(search.blocks_cut())}}},
                         {}});
    }
    return pairs;
}

}  // namespace vereda::livelihoods
