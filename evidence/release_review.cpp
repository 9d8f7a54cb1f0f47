#include "evidence/release_review.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <charconv>

namespace vereda::evidence {

using geo::Message;
using geo::operator""_msg;

namespace {

std::string shown(double hectares) {
    return fmt::format("{:g}", hectares);
}

/// "11/2007", which both languages read.
std::string shown(geo::Month month) {
    return fmt::format("{:02d}/{}", static_cast<unsigned>(month.month()), static_cast<int>(month.year()));
}

bool drug_crop(const PublicStatement& statement) {
    return statement.crops.contains("coca") || statement.crops.contains("poppy");
}

long votes_against(std::span<const Record> records) {
    long most = 0;
    for (const Record& record : records) {
        const std::string& text = record.value("votes_against");
        long votes = 0;
        std::from_chars(text.data(), text.data() + text.size(), votes);
        most = std::max(most, votes);
    }
    return most;
}

struct Threats {
    long count = 0;
    std::string last;
};

Threats threats_in(std::span<const Record> records) {
    Threats threats;
    for (const Record& record : records) {
        if (record.type != "threat") continue;
        ++threats.count;
        threats.last = std::max(threats.last, record.value("date"));
    }
    return threats;
}

long revoked_records(std::span<const Record> records) {
    return std::ranges::count_if(
        records, [](const Record& record) { return std::ranges::any_of(record.consents, &Consent::revokes); });
}

void learn_of_place(const PublicStatement& statement, std::vector<Message>& learns) {
    if (!statement.place) {
        learns.push_back({"review.no_place"_msg, {}});
        return;
    }
    const std::string families = std::to_string(statement.families.value_or(0));
    learns.push_back({"review.place"_msg, {{"place", *statement.place}, {"families", families}}});
    if (statement.people && *statement.people >= statement.families.value_or(0)) {
        learns.push_back(
            {"review.everyone_there"_msg,
             {{"place", *statement.place}, {"people", std::to_string(*statement.people)}, {"families", families}}});
    }
}

}  // namespace

std::vector<Message> what_a_reader_learns(const PublicStatement& statement, std::span<const Record> records) {
    std::vector<Message> learns;
    if (statement.area) {
        learns.push_back({"review.removed"_msg, {{"hectares", shown(statement.area->hectares)}}});
    } else {
        learns.push_back({"review.area_withheld"_msg, {}});
    }
    if (statement.first && statement.first == statement.last) {
        learns.push_back({"review.one_month"_msg, {{"month", shown(*statement.first)}}});
    } else if (statement.first) {
        learns.push_back({"review.months"_msg, {{"first", shown(*statement.first)}, {"last", shown(*statement.last)}}});
    }
    learn_of_place(statement, learns);
    if (statement.people)
        learns.push_back({"review.people"_msg, {{"people", std::to_string(*statement.people)}}});
    else if (statement.people_withheld)
        learns.push_back({"review.people_withheld"_msg, {}});
    if (statement.council) learns.push_back({"review.council"_msg, {{"council", *statement.council}}});
    if (statement.satellite && statement.satellite->disagree > 0)
        learns.push_back({"review.disputed"_msg, {{"hectares", shown(statement.satellite->disagree)}}});
    const long left_behind = std::ranges::count_if(
        records, [](const Record& record) { return record.type == "photo" || record.type == "document"; });
    if (left_behind > 0) learns.push_back({"review.photos_stay"_msg, {{"count", std::to_string(left_behind)}}});
    return learns;
}

std::vector<Message> who_could_be_angered(const PublicStatement& statement, std::span<const Record> records) {
    std::vector<Message> angered;
    if (statement.area && drug_crop(statement)) {
        angered.push_back({statement.place ? "review.buyers_there"_msg : "review.buyers"_msg,
                           {{"hectares", shown(statement.area->hectares)}, {"place", statement.place.value_or("")}}});
    }
    if (const Threats threats = threats_in(records); threats.count > 0) {
        angered.push_back({"review.threats"_msg, {{"count", std::to_string(threats.count)}, {"last", threats.last}}});
    }
    if (statement.council) angered.push_back({"review.leaders"_msg, {{"council", *statement.council}}});
    if (const long against = votes_against(records); against > 0)
        angered.push_back({"review.against"_msg, {{"votes", std::to_string(against)}}});
    if (statement.satellite && statement.satellite->disagree > 0) {
        angered.push_back({"review.authority_doubts"_msg, {{"hectares", shown(statement.satellite->disagree)}}});
    }
    if (const long revoked = revoked_records(records); revoked > 0)
        angered.push_back({"review.revoked"_msg, {{"count", std::to_string(revoked)}}});
    if (!statement.by_assembly && statement.area) angered.push_back({"review.not_by_assembly"_msg, {}});
    if (angered.empty()) angered.push_back({"review.nobody"_msg, {}});
    return angered;
}

}  // namespace vereda::evidence
