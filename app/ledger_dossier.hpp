/// The two editions of a ledger's dossier, made from a ledger that a key holder has opened.
#pragma once

#include <string>
#include <vector>

#include "app/ledger_release.hpp"
#include "app/session.hpp"
#include "evidence/io/ledger.hpp"
#include "evidence/public_statement.hpp"
#include "report/evidence_sheet.hpp"

namespace vereda::app {

/// What a public sheet would say, before anybody decides on it.
struct ProposedSheet {
    evidence::PublicStatement statement;
    std::optional<geo::Date> consented;  ///< last giving of the consents that it rests on
    std::optional<geo::Date> until;      ///< first of their ends
    std::vector<geo::Message> learns;    ///< what a reader could learn
    std::vector<geo::Message> angered;   ///< who could be angered
    std::size_t left_out = 0;            ///< events without consent
};

/// Throws Error(policy) where an event lacks consent to be published (unless such events are left out), Error(input,
/// "ledger.nothing_public") where no event remains.
[[nodiscard]] ProposedSheet proposed_sheet(const evidence::io::Ledger& ledger, bool leave_out);

/// The sheet as it leaves the house. Its words are sealed as an entry of their own, once: the same words later give the
/// same sheet, byte for byte, with the same checkpoint.
struct ReleasedSheet {
    report::EvidenceSheet sheet;
    std::string committed;   ///< bytes of statement.bin
    std::string checkpoint;  ///< text of checkpoint.txt
};
[[nodiscard]] ReleasedSheet released_sheet(evidence::io::Ledger& ledger, const ProposedSheet& proposed);

/// Files of the public folder by name: hoja.html, sheet.html, checkpoint.txt, statement.bin, verify.py, SHA256SUMS.
struct NamedFile {
    std::string name;
    std::string bytes;
};
[[nodiscard]] std::vector<NamedFile> public_files(const ReleasedSheet& released, const Session& session);
/// The page in one language.
[[nodiscard]] std::string sheet_page(const ReleasedSheet& released, const report::Catalogue& words);

/// Seals the words, then writes that folder, whole or not at all.
struct FolderTarget {
    std::string path;
    bool overwrite = false;
};
ReleasedSheet write_public_folder(evidence::io::Ledger& ledger, const ProposedSheet& proposed,
                                  const FolderTarget& target, const Session& session);
/// The run.json of a dossier's folder: what it is, and that it may be replaced.
[[nodiscard]] std::string dossier_record(const char* audience);

/// Every record with its photos and documents. `use` is what an opened copy is for; nullopt for one that is sealed for
/// those who hold a passphrase, which needs nobody's consent.
[[nodiscard]] std::string internal_page(const evidence::io::Ledger& ledger, std::optional<Release> release,
                                        const Session& session);

}  // namespace vereda::app
