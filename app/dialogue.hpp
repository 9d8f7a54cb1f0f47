/// Questions and answers in a terminal, line by line; the same over a pipe.
#pragma once

#include <functional>
#include <iosfwd>
#include <optional>
#include <string>

#include "app/messages.hpp"

namespace vereda::app {

/// Thrown where the one who answers wants to stop: "salir", "exit".
struct DialogueLeft {};

class Dialogue {
  public:
    Dialogue(std::istream& in, std::ostream& out, const Messages& messages)
        : in_(&in), out_(&out), messages_(&messages) {}

    void say(const geo::Message& message);
    void say(geo::MessageId id) { say(geo::Message{id, {}}); }
    void line(const std::string& text);

    /// Asks until `take` finds no fault; faults are told, "?" tells `help`. False where the answer was "atrás", "back".
    /// Throws DialogueLeft, and Error(usage, "guide.input_ended") where no answer comes.
    using Take = std::function<std::optional<geo::Message>(const std::string& answer)>;
    bool ask(const geo::Message& question, geo::MessageId help, const Take& take);

    /// A yes or a no; nullopt for "atrás".
    std::optional<bool> ask_yes(const geo::Message& question, geo::MessageId help);

    [[nodiscard]] const Messages& messages() const { return *messages_; }

  private:
    std::string next();

    std::istream* in_;
    std::ostream* out_;
    const Messages* messages_;
};

}  // namespace vereda::app
