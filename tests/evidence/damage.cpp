#include "tests/evidence/damage.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <random>
#include <sstream>

#include "tests/evidence/ledger_case.hpp"

namespace vereda::tests {

namespace {

namespace fs = std::filesystem;

constexpr const char* log_name = "entries.log";

std::vector<std::string> lines_in(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

std::string with_feeds(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines)
        text += line + "\n";
    return text;
}

std::vector<std::string> words_of(const std::string& line) {
    std::vector<std::string> words;
    std::istringstream stream(line);
    for (std::string word; stream >> word;)
        words.push_back(word);
    return words;
}

/// Lengths of the encrypted parts that a line brings, in their order, read as the format's text says.
std::vector<std::size_t> part_lengths(const std::string& line) {
    std::vector<std::string> words = words_of(line);
    while (words.at(1) == "F")
        words.erase(words.begin(), words.begin() + 4);
    std::vector<std::string> parts;
    if (words[1] == "G") parts = {words.at(5)};
    if (words[1] == "E") parts = {words.at(4)};
    if (words[1] == "R") parts = {words.at(8), words.at(9)};
    std::vector<std::size_t> lengths;
    for (const std::string& part : parts)
        if (part != "-") lengths.push_back(std::stoul(part.substr(0, part.find(':'))));
    return lengths;
}

std::string entry_of_log(std::size_t entry) {
    return fmt::format("{} entry {}", log_name, entry);
}

}  // namespace

DamagedCopies::DamagedCopies(std::string honest, std::string workshop)
    : honest_(std::move(honest)), workshop_(std::move(workshop)) {
    for (const auto& entry : fs::recursive_directory_iterator(honest_)) {
        const std::string name = fs::relative(entry.path(), honest_).string();
        if (entry.is_regular_file() && !name.starts_with("keys/")) files_[name] = bytes_at(entry.path());
    }
    lines_ = lines_in(files_.at(log_name));
    std::size_t offset = 0;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        for (const std::size_t length : part_lengths(lines_[i])) {
            parts_.push_back({i, offset, length});
            offset += length;
        }
    }
}

void DamagedCopies::make(const std::map<std::string, std::string>& files, const std::string& what,
                         const std::string& named) {
    const fs::path copy = fs::path(workshop_) / std::to_string(made_.size());
    fs::create_directories(copy / "objects");
    for (const auto& [name, bytes] : files_) {
        const auto found = files.find(name);
        if (found == files.end()) fs::create_hard_link(fs::path(honest_) / name, copy / name);
    }
    for (const auto& [name, bytes] : files)
        if (bytes != "absent") write_bytes(copy / name, bytes);
    made_.push_back({copy.string(), what, named});
}

void DamagedCopies::make(const std::string& file, const std::string& bytes, const std::string& what,
                         const std::string& named) {
    if (bytes != files_.at(file)) make({{file, bytes}}, what + " in " + file, named);
}

std::string DamagedCopies::place_of(const std::string& file, std::size_t byte) const {
    if (file == log_name) {
        const std::string& text = files_.at(file);
        return entry_of_log(
            static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(byte), '\n')));
    }
    if (file != "sealed.dat") return file;
    const auto part = std::ranges::find_if(parts_, [&](const Part& p) { return byte < p.offset + p.length; });
    return part == parts_.end() ? file : fmt::format("{} entry {}", file, part->entry);
}

void DamagedCopies::flip_bits(std::size_t count, std::uint32_t seed) {
    std::mt19937 random(seed);
    std::vector<std::pair<std::string, std::size_t>> sizes;
    std::size_t all = 0;
    for (const auto& [name, bytes] : files_) {
        sizes.emplace_back(name, bytes.size());
        all += bytes.size();
    }
    for (std::size_t i = 0; i < count; ++i) {
        // Half of them in the small files, which random bytes of the whole would seldom meet.
        std::size_t byte = random() % all;
        std::size_t file = 0;
        if (i % 2 == 0) {
            file = random() % sizes.size();
            byte = random() % sizes[file].second;
        } else {
            for (; byte >= sizes[file].second; ++file)
                byte -= sizes[file].second;
        }
        const auto& name = sizes[file].first;
        std::string bytes = files_.at(name);
        bytes[byte] = static_cast<char>(bytes[byte] ^ (1 << random() % 8));
        make(name, bytes, fmt::format("a bit of byte {} flipped", byte), place_of(name, byte));
    }
}

void DamagedCopies::disorder_lines(const std::vector<std::string>& others) {
    const auto changed = [&](std::vector<std::string> lines, const char* what, std::size_t i, std::size_t named) {
        make(log_name, with_feeds(lines), fmt::format("line {} {}", i, what), entry_of_log(named));
    };
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        const auto at = static_cast<std::ptrdiff_t>(i);
        auto dropped = lines_;
        dropped.erase(dropped.begin() + at);
        changed(dropped, "dropped", i, i);
        auto repeated = lines_;
        repeated.insert(repeated.begin() + at, lines_[i]);
        changed(repeated, "repeated", i, i + 1);
        auto moved = lines_;
        std::rotate(moved.begin(), moved.begin() + at, moved.begin() + at + 1);
        if (i > 0) changed(moved, "moved to the front", i, 0);
        for (std::size_t k = i + 1; k < lines_.size(); k += 3) {
            auto swapped = lines_;
            std::swap(swapped[i], swapped[k]);
            changed(swapped, "swapped with a later one", i, i);
        }
        if (i < others.size()) {
            auto spliced = lines_;
            spliced[i] = others[i];
            changed(spliced, "taken from another ledger", i, i);
        }
    }
    auto longer = lines_;
    longer.push_back(lines_.back());
    changed(longer, "repeated at the end", lines_.size() - 1, lines_.size());
}

void DamagedCopies::recode_lines() {
    using Recode = std::string (*)(std::string);
    const std::vector<std::pair<const char*, Recode>> ways{
        {"with a space behind", [](std::string line) { return line + " "; }},
        {"with a space before", [](std::string line) { return " " + line; }},
        {"with a carriage return", [](std::string line) { return line + "\r"; }},
        {"with a tab", [](std::string line) { return line.replace(line.find(' '), 1, "\t"); }},
        {"with two spaces", [](std::string line) { return line.replace(line.find(' '), 1, "  "); }},
        {"with a leading zero", [](std::string line) { return "0" + line; }},
        {"with a plus sign", [](std::string line) { return "+" + line; }},
        {"with a byte order mark", [](std::string line) { return "\xef\xbb\xbf" + line; }},
        {"with a combining accent", [](std::string line) { return line.insert(line.size() / 2, "\xcc\x81"); }},
        {"with a soft hyphen", [](std::string line) { return line.insert(line.size() / 2, "\xc2\xad"); }},
        {"with a zero byte", [](std::string line) { return line + std::string(1, '\0'); }},
        {"with a full-width digit", [](std::string line) { return line.replace(line.size() - 1, 1, "\xef\xbc\x90"); }},
        {"with an empty line before", [](std::string line) { return "\n" + line; }},
        {"in capitals",
         [](std::string line) {
             std::ranges::transform(line, line.begin(), [](unsigned char c) { return std::toupper(c); });
             return line;
         }},
        {"with another time zone", [](std::string line) { return line.replace(line.find("Z "), 2, "+00:00 "); }},
    };
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        for (const auto& [what, recode] : ways) {
            auto lines = lines_;
            lines[i] = recode(lines[i]);
            make(log_name, with_feeds(lines), fmt::format("line {} {}", i, what), entry_of_log(i));
        }
    }
    std::string windows;
    for (const std::string& line : lines_)
        windows += line + "\r\n";
    make(log_name, windows, "line ends of another system", entry_of_log(0));
}

void DamagedCopies::cut_files() {
    for (const auto& [name, bytes] : files_) {
        const std::size_t step = std::max<std::size_t>(1, bytes.size() / 60);
        for (std::size_t size = 0; size < bytes.size(); size += step)
            make(name, bytes.substr(0, size), fmt::format("cut to {} bytes", size), place_of(name, size));
        make(name, bytes.substr(0, bytes.size() - 1), "last byte cut", place_of(name, bytes.size() - 1));
        for (const char* more : {"\n", " ", "x"}) {
            const std::string place = name == log_name ? entry_of_log(lines_.size()) : name;
            make(name, bytes + more, "byte added", place);
        }
        make(name, bytes + std::string(1, '\0'), "zero byte added",
             name == log_name ? entry_of_log(lines_.size()) : name);
    }
}

void DamagedCopies::disorder_parts(const std::string& other_sealed) {
    const std::string& bytes = files_.at("sealed.dat");
    const auto is_empty = [&](const Part& part) {
        return bytes.substr(part.offset, part.length) == std::string(part.length, '\0');
    };
    for (std::size_t i = 0; i + 1 < parts_.size(); ++i) {
        const Part& a = parts_[i];
        const Part& b = parts_[i + 1];
        if (is_empty(a) && is_empty(b)) continue;
        const std::string named = fmt::format("sealed.dat entry {}", a.entry);
        std::string swapped = bytes;
        swapped.replace(a.offset, a.length + b.length,
                        bytes.substr(b.offset, b.length) + bytes.substr(a.offset, a.length));
        // Of parts of one length, a swap with an empty one is found in both; with others the first cannot fit either.
        make("sealed.dat", swapped, fmt::format("part {} swapped with the next", i), named);
        std::string zeroed = bytes;
        zeroed.replace(a.offset, a.length, a.length, '\0');
        make("sealed.dat", zeroed, fmt::format("part {} filled with zeros", i), named);
        if (is_empty(a)) {
            std::string undone = bytes;
            undone.replace(a.offset, b.length <= a.length ? b.length : a.length,
                           bytes.substr(b.offset, std::min(a.length, b.length)));
            make("sealed.dat", undone, fmt::format("redacted part {} filled", i), named);
        }
    }
    if (other_sealed.size() >= parts_[0].length)
        make("sealed.dat", other_sealed.substr(0, parts_[0].length) + bytes.substr(parts_[0].length),
             "first part of another ledger", "sealed.dat entry 0");
}

void DamagedCopies::disorder_objects() {
    std::string before;
    for (const auto& [name, bytes] : files_) {
        if (!name.starts_with("objects/")) continue;
        make({{name, "absent"}}, "object dropped: " + name, name);
        if (!before.empty()) make({{before, bytes}, {name, files_.at(before)}}, "objects swapped: " + name, before);
        before = name;
    }
}

void DamagedCopies::disorder_head(const std::string& other_head) {
    const auto lines = lines_in(files_.at("head.txt"));
    for (std::size_t i = 0; i < lines.size(); ++i) {
        auto dropped = lines;
        dropped.erase(dropped.begin() + static_cast<std::ptrdiff_t>(i));
        const bool one_of_two = lines[i].starts_with("signature") && lines.size() > 9;
        // A signature beside another one can be taken away: the head is then signed by the other alone.
        if (!one_of_two) make("head.txt", with_feeds(dropped), fmt::format("line {} dropped", i), "head.txt");
        auto repeated = lines;
        repeated.insert(repeated.begin() + static_cast<std::ptrdiff_t>(i), lines[i]);
        make("head.txt", with_feeds(repeated), fmt::format("line {} repeated", i), "head.txt");
        if (i + 1 < lines.size()) {
            auto swapped = lines;
            std::swap(swapped[i], swapped[i + 1]);
            make("head.txt", with_feeds(swapped), fmt::format("line {} swapped", i), "head.txt");
        }
    }
    make("head.txt", other_head, "head of another ledger", "");
}

void DamagedCopies::disorder(const std::string& other) {
    disorder_lines(lines_in(bytes_at(fs::path(other) / log_name)));
    recode_lines();
    cut_files();
    disorder_parts(bytes_at(fs::path(other) / "sealed.dat"));
    disorder_objects();
    disorder_head(bytes_at(fs::path(other) / "head.txt"));
}

}  // namespace vereda::tests
