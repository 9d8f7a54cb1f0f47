/// The internal edition of a ledger's dossier: every record as it stands today, photos and documents in the page.
#pragma once

#include <ostream>
#include <span>
#include <string>
#include <vector>

#include "evidence/record.hpp"
#include "report/catalogue.hpp"

namespace vereda::report {

struct DossierObject {
    std::string name;   ///< of the sealed object
    std::string bytes;  ///< opened
};

struct DossierRecord {
    evidence::Record record;
    std::vector<DossierObject> objects;
};

struct InternalDossier {
    std::vector<DossierRecord> records;
    std::string checkpoint;
    std::string use;  ///< code of what this copy is for; empty where it is sealed for the council itself
    std::size_t left_out = 0;
};

/// Marked internal on every printed page. Contains everything: places, names, pictures.
void write_internal_dossier(std::ostream& out, const InternalDossier& dossier, const Catalogue& words);

}  // namespace vereda::report
