/// A terminal that shows nothing of what is typed: for passphrases.
#pragma once

namespace vereda::app {

/// As long as one lives, the terminal of stdin is silent. What was typed before is dropped.
class SilentTerminal {
  public:
    SilentTerminal();
    SilentTerminal(const SilentTerminal&) = delete;
    SilentTerminal& operator=(const SilentTerminal&) = delete;
    ~SilentTerminal();
};

/// For a process that ends without destructors while one lives: the terminal shows again what is typed. From any
/// thread; does nothing where none lives.
void end_silence();

}  // namespace vereda::app
