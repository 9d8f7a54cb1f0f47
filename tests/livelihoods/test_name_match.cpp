#include "livelihoods/name_match.hpp"

#include "tests/support/catch.hpp"

using namespace vereda::livelihoods;

TEST_CASE("Jaro-Winkler agrees with the published examples") {
    // W. E. Winkler's own examples, as printed in the record-linkage literature.
    CHECK(jaro_winkler("MARTHA", "MARHTA") == Approx(0.9611).margin(5e-5));
    CHECK(jaro_winkler("DIXON", "DICKSONX") == Approx(0.8133).margin(5e-5));
    CHECK(jaro_winkler("DWAYNE", "DUANE") == Approx(0.84).margin(5e-5));
    CHECK(jaro_winkler("abc", "abc") == 1);
    CHECK(jaro_winkler("abc", "xyz") == 0);
    CHECK(jaro_winkler("", "abc") == 0);
    CHECK(jaro_winkler("a", "b") == 0);
}

TEST_CASE("case, accents, order and particles do not part two spellings of a name") {
    CHECK(name_words("PÉREZ Quispe, María de los Ángeles") == name_words("maria angeles perez quispe"));
    CHECK(name_words("O'Connor") == std::vector<std::string>{"oconnor"});
    CHECK(name_words("  de la  ").empty());
    CHECK(name_similarity(name_words("María Pérez Quispe"), name_words("PEREZ QUISPE, MARIA")) == Approx(1));
}

TEST_CASE("a misspelt name stays alike, another name does not") {
    const auto alike = [](const char* a, const char* b) { return name_similarity(name_words(a), name_words(b)); };
    CHECK(alike("Juan Quispe Mamani", "Juan Quizpe Mamany") > 0.92);
    CHECK(alike("Juan Quispe Mamani", "Juan Quispe") > 0.9);
    CHECK(alike("Juan Quispe Mamani", "Rosa Condori Choque") < 0.7);
    CHECK(alike("", "Juan") == 0);
}

TEST_CASE("spellings that sound the same share their key") {
    CHECK(sound_key("quispe") == sound_key("kispe"));
    CHECK(sound_key("vargas") == sound_key("bargas"));
    CHECK(sound_key("zambrana") == sound_key("sambrana"));
    CHECK(sound_key("huanca") == sound_key("uanca"));
    CHECK(sound_key("mamani") == sound_key("mamany"));
    CHECK(sound_key("llanos") == sound_key("yanos"));
    CHECK(sound_key("cesar") == sound_key("sesar"));
    CHECK(sound_key("condori") != sound_key("mamani"));
}
