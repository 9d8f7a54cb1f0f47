#include "evidence/merkle.hpp"

#include <bit>

#include "evidence/checkpoint.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::evidence;

namespace {

/// RFC 6962 §2.1 written as it stands there.
Digest by_definition(const std::vector<Digest>& leaves, std::size_t from, std::size_t to) {
    if (to - from == 1) return leaves[from];
    const std::size_t split = from + std::bit_floor(to - from - 1);
    return node_hash(by_definition(leaves, from, split), by_definition(leaves, split, to));
}

std::vector<Digest> some_leaves(std::size_t count) {
    std::vector<Digest> leaves;
    for (std::size_t i = 0; i < count; ++i)
        leaves.push_back(leaf_hash("line " + std::to_string(i)));
    return leaves;
}

}  // namespace

TEST_CASE("SHA-256 and the leaf and node domains are those of the standards") {
    // FIPS 180-4 example, and the empty tree and leaf of RFC 6962 as Certificate Transparency prints them.
    CHECK(hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(hex(Frontier().root()) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(hex(leaf_hash("")) == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
}

TEST_CASE("the root by peaks is the root of RFC 6962 for every size") {
    for (std::size_t size = 1; size <= 130; ++size) {
        const auto leaves = some_leaves(size);
        const Frontier tree = frontier_of(leaves, {});
        CHECK(tree.root() == by_definition(leaves, 0, size));
        Frontier one_by_one;
        for (const Digest& leaf : leaves)
            one_by_one.add(leaf);
        CHECK(one_by_one.peaks() == tree.peaks());
    }
}

TEST_CASE("a tree of many blocks has the same root on one thread and on eight") {
    const auto leaves = some_leaves(3 * 4096 + 1234);
    CHECK(frontier_of(leaves, {1}).root() == frontier_of(leaves, {8}).root());
    CHECK(frontier_of(leaves, {8}).root() == by_definition(leaves, 0, leaves.size()));
}

TEST_CASE("an inclusion path leads from its own leaf to the root and from no other") {
    for (const std::size_t size : {1U, 2U, 3U, 7U, 8U, 21U}) {
        const auto leaves = some_leaves(size);
        const Digest root = by_definition(leaves, 0, size);
        for (std::size_t i = 0; i < size; ++i) {
            const auto path = inclusion_path(leaves, i);
            CHECK(root_by_path(leaves[i], i, size, path) == root);
            CHECK_FALSE(root_by_path(leaf_hash("another"), i, size, path) == root);
            if (size > 1) CHECK_FALSE(root_by_path(leaves[i], (i + 1) % size, size, path) == root);
        }
    }
}

TEST_CASE("a checkpoint is found in an SMS whatever its letters and line breaks") {
    const Checkpoint checkpoint{"0123456789abcdef", 42, sha256("abc")};
    std::string text = "Acta: " + checkpoint_text(checkpoint) + " guardar";
    for (const bool upper : {false, true}) {
        if (upper)
            for (char& c : text)
                c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        const auto found = find_checkpoint(text.substr(0, 60) + "\n" + text.substr(60));
        REQUIRE(found);
        CHECK(found->ledger == checkpoint.ledger);
        CHECK(found->size == 42);
        CHECK(found->root == checkpoint.root);
    }
    CHECK_FALSE(find_checkpoint("VEREDA1 0123 4 5"));
    CHECK_FALSE(find_checkpoint("nothing"));
}
