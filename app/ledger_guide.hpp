/// The guided mode of a ledger: what a secretary without GIS is led through, question by question.
#pragma once

#include <set>
#include <string>

#include "app/dialogue.hpp"
#include "app/guide_questions.hpp"
#include "app/session.hpp"
#include "evidence/io/ledger.hpp"

namespace vereda::app {

class LedgerGuide {
  public:
    LedgerGuide(evidence::io::Ledger& ledger, Dialogue& dialogue, Session& session)
        : ledger_(&ledger), dialogue_(&dialogue), session_(&session) {}

    /// Menu after menu until the one who answers leaves. Nothing is written before a yes to the summary that was read
    /// aloud.
    void run();

  private:
    void record();
    /// What the assembly agreed to: all its records or none, then its photos.
    void write(const GuideAnswers& answers, geo::Date today);
    void correct();
    void take_back();
    void release();
    void show_checkpoint();
    void show_diagnostics();

    evidence::io::Ledger* ledger_;
    Dialogue* dialogue_;
    Session* session_;
    std::set<std::string> told_;  ///< warnings that were shown already
};

}  // namespace vereda::app
