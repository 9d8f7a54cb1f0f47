/// How alike two names of persons are when they were written by different hands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vereda::livelihoods {

/// Jaro–Winkler similarity in [0, 1] of two byte strings, prefix scale 0.1 over at most four letters (M. A. Jaro,
/// J. Am. Stat. Assoc. 84, 1989; W. E. Winkler, "String comparator metrics and enhanced decision rules", 1990).
/// Oracles: MARTHA, MARHTA → 0.9611; DIXON, DICKSONX → 0.8133. Two empty strings: 1.
[[nodiscard]] double jaro_winkler(std::string_view a, std::string_view b);

/// A name as what is compared: its words without case, accents, punctuation and particles (de, del, la, las, los, y),
/// sorted, so that "PÉREZ Quispe, María" and "maria perez quispe" are the same words. Latin letters.
[[nodiscard]] std::vector<std::string> name_words(std::string_view utf8);

/// The surnames of a Spanish name as written, folded like name_words(), at most two and in their order: what stands
/// before a comma, else the last two of three or more words, the last of two. A name of one word has none.
[[nodiscard]] std::vector<std::string> surnames_of(std::string_view utf8);

/// The first letters of a word as it sounds in Spanish: b and v, s, z and soft c, c, qu and k, ll and y, i and y are
/// one, h is mute, doubled letters count once. At most four letters. For finding candidates, never for a score.
[[nodiscard]] std::string sound_key(std::string_view word);

/// Similarity in [0, 1] of two names as name_words() gives them: every word of the shorter name with its most similar
/// unused word of the longer one, weighed by length; times 0.85 + 0.15 · (words of the shorter ÷ of the longer),
/// because a second surname is often left out (d). 0 where either is empty.
[[nodiscard]] double name_similarity(const std::vector<std::string>& a, const std::vector<std::string>& b);

}  // namespace vereda::livelihoods
