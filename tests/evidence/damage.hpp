/// One ledger altered in many ways, each copy sharing the files that were not touched.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace vereda::tests {

/// What was done to a copy, and what a verifier must name first; `named` empty: anything but "holds".
struct Damage {
    std::string path;
    std::string what;
    std::string named;
};

class DamagedCopies {
  public:
    /// `honest` is a ledger's folder; copies are made below `workshop`.
    DamagedCopies(std::string honest, std::string workshop);

    /// Random bits, one each, of every file but the keys, chosen as likely as the file is long.
    void flip_bits(std::size_t count, std::uint32_t seed);
    /// Every line dropped, swapped with the next, repeated, replaced by the one of `other` at its place, re-encoded;
    /// every cut of the files; every part, object and line of the head out of its place.
    void disorder(const std::string& other);

    [[nodiscard]] const std::vector<Damage>& made() const { return made_; }

  private:
    void make(const std::string& file, const std::string& bytes, const std::string& what, const std::string& named);
    void make(const std::map<std::string, std::string>& files, const std::string& what, const std::string& named);
    void disorder_lines(const std::vector<std::string>& others);
    void recode_lines();
    void cut_files();
    void disorder_parts(const std::string& other_sealed);
    void disorder_objects();
    void disorder_head(const std::string& other_head);
    /// What names the byte of a file.
    [[nodiscard]] std::string place_of(const std::string& file, std::size_t byte) const;

    std::string honest_;
    std::string workshop_;
    std::map<std::string, std::string> files_;  ///< names and bytes, without keys
    std::vector<std::string> lines_;
    struct Part {
        std::size_t entry, offset, length;
    };
    std::vector<Part> parts_;  ///< of sealed.dat
    std::vector<Damage> made_;
};

}  // namespace vereda::tests
