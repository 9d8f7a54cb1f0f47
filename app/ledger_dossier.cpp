#include "app/ledger_dossier.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/ledger_session.hpp"
#include "app/output_folder.hpp"
#include "app/second_verifier.hpp"
#include "app/version.hpp"
#include "evidence/checkpoint.hpp"
#include "evidence/release_review.hpp"
#include "geo/error.hpp"
#include "geo/io/atomic_file.hpp"
#include "geo/io/content_hash.hpp"
#include "report/internal_dossier.hpp"

namespace vereda::app {

using namespace geo;

namespace {

constexpr const char* sealed_words = "statement";

bool is_event(const evidence::Record& record) {
    return record.type == "event";
}

bool allowed(const std::vector<const evidence::Record*>& events, evidence::Use use) {
    return std::ranges::all_of(events, [&](const evidence::Record* event) {
        return !evidence::consent_lacking(event->consents, use, device_day());
    });
}

/// The consents to publish that are in force for these events: the day of the last, and the first of their ends.
void take_consents(const std::vector<const evidence::Record*>& events, ProposedSheet& proposed) {
    for (const evidence::Record* event : events) {
        for (const evidence::Consent& consent : event->consents) {
            if (consent.revokes || !consent.scope.contains(evidence::Use::publication)) continue;
            proposed.consented = std::max(proposed.consented.value_or(consent.from), consent.from);
            if (consent.until && *consent.until >= device_day())
                proposed.until = std::min(proposed.until.value_or(*consent.until), *consent.until);
        }
    }
}

/// The entry whose sealed words are these.
const evidence::OpenEntry* entry_with(const std::vector<evidence::OpenEntry>& entries, const std::string& words) {
    const auto found = std::ranges::find_if(entries, [&](const evidence::OpenEntry& entry) {
        const evidence::Field* field = evidence::find(entry.fields, sealed_words);
        return field != nullptr && field->value == words;
    });
    return found == entries.end() ? nullptr : &*found;
}

/// As it was when the first `size` entries were all.
evidence::Checkpoint checkpoint_at(const evidence::io::Ledger& ledger, std::span<const evidence::Digest> leaves,
                                   std::uint64_t size) {
    evidence::Checkpoint checkpoint = evidence::checkpoint_of(ledger.head());
    checkpoint.size = size;
    checkpoint.root = evidence::frontier_of(leaves.first(size), {}).root();
    return checkpoint;
}

}  // namespace

ProposedSheet proposed_sheet(const evidence::io::Ledger& ledger, bool leave_out) {
    const std::vector<evidence::OpenEntry> entries = ledger.entries();
    const std::vector<evidence::Record> records = evidence::records_of(entries);
    evidence::Permissions permissions;
    permissions.left_out =
        without_consent(records, {evidence::Use::publication, {"event"}, leave_out}, ledger.folder().path());
    std::vector<const evidence::Record*> events;
    for (const evidence::Record& record : records)
        if (is_event(record) && !permissions.left_out.contains(record.entry)) events.push_back(&record);
    if (events.empty())
        throw Error(ErrorKind::input, {"ledger.nothing_public"_msg, {}}, Locus{ledger.folder().path(), {}, {}, 0, {}});
    permissions.place = allowed(events, evidence::Use::place);
    permissions.council = allowed(events, evidence::Use::council_name);
    ProposedSheet proposed;
    proposed.statement = evidence::public_statement(records, permissions);
    take_consents(events, proposed);
    proposed.learns = evidence::what_a_reader_learns(proposed.statement, records);
    proposed.angered = evidence::who_could_be_angered(proposed.statement, records);
    proposed.left_out = permissions.left_out.size();
    return proposed;
}

ReleasedSheet released_sheet(evidence::io::Ledger& ledger, const ProposedSheet& proposed) {
    const std::string words = evidence::statement_text(proposed.statement);
    std::vector<evidence::OpenEntry> entries = ledger.entries();
    if (entry_with(entries, words) == nullptr) {
        const evidence::Fields fields{evidence::field("type", "statement"), evidence::field(sealed_words, words)};
        ledger.add(fields, {}, device_time());
        entries = ledger.entries();
    }
    const evidence::OpenEntry& entry = *entry_with(entries, words);
    const evidence::Field& field = *evidence::find(entry.fields, sealed_words);
    ReleasedSheet released;
    released.committed = evidence::committed_bytes(field);
    const std::vector<evidence::Digest> leaves = evidence::leaves_of(ledger.folder().entries());
    const evidence::Checkpoint checkpoint = checkpoint_at(ledger, leaves, entry.sequence + 1);
    released.checkpoint = evidence::long_text(checkpoint, leaves);
    released.sheet = {.statement = proposed.statement,
                      .words = words,
                      .commitment = evidence::hex(evidence::commitment(field)),
                      .line = entry.sequence + 1,
                      .checkpoint = evidence::checkpoint_text(checkpoint),
                      .consented = proposed.consented,
                      .until = proposed.until};
    return released;
}

std::string sheet_page(const ReleasedSheet& released, const report::Catalogue& words) {
    std::ostringstream page;
    report::write_evidence_sheet(page, released.sheet, words);
    return std::move(page).str();
}

std::vector<NamedFile> public_files(const ReleasedSheet& released, const Session& session) {
    std::vector<NamedFile> files{
        {"hoja.html", sheet_page(released, load_catalogue(session.share, Language::spanish))},
        {"sheet.html", sheet_page(released, load_catalogue(session.share, Language::english))},
        {"checkpoint.txt", released.checkpoint + "\n"},
        {"statement.bin", released.committed},
        {"verify.py", std::string(second_verifier())},
    };
    std::string sums;
    for (const NamedFile& file : files)
        sums += io::sha256_of_bytes(file.bytes) + "  " + file.name + "\n";
    files.push_back({"SHA256SUMS", sums});
    return files;
}

ReleasedSheet write_public_folder(evidence::io::Ledger& ledger, const ProposedSheet& proposed,
                                  const FolderTarget& target, const Session& session) {
    OutputFolder folder(target.path, target.overwrite);
    ReleasedSheet released = released_sheet(ledger, proposed);
    for (const NamedFile& file : public_files(released, session))
        io::write_file(folder.path() + "/" + file.name, file.bytes);
    io::write_file(folder.path() + "/run.json", dossier_record("public"));
    folder.commit();
    return released;
}

std::string dossier_record(const char* audience) {
    const nlohmann::ordered_json json{{"vereda", version()},
                                      {"command", "ledger dossier"},
                                      {"audience", audience},
                                      {"inputs", nlohmann::ordered_json::array()}};
    return json.dump(2) + "\n";
}

std::string internal_page(const evidence::io::Ledger& ledger, std::optional<Release> release, const Session& session) {
    const std::vector<evidence::OpenEntry> entries = ledger.entries();
    const std::vector<evidence::Record> records = evidence::records_of(entries);
    report::InternalDossier dossier;
    dossier.checkpoint = evidence::checkpoint_text(evidence::checkpoint_of(ledger.head()));
    std::set<std::uint64_t> left_out;
    if (release) {
        left_out = without_consent(records, *release, ledger.folder().path());
        dossier.use = std::string(evidence::code_of(release->use));
        dossier.left_out = left_out.size();
    }
    for (const evidence::Record& record : records) {
        if (left_out.contains(record.entry)) continue;
        report::DossierRecord shown{record, {}};
        for (const evidence::SealedBytes& object : record.objects)
            shown.objects.push_back({evidence::object_name(object), ledger.object(object)});
        dossier.records.push_back(std::move(shown));
    }
    std::ostringstream page;
    report::write_internal_dossier(page, dossier, session.messages.catalogue());
    return std::move(page).str();
}

}  // namespace vereda::app
