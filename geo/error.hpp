/// The one exception type the library throws. Its kind decides the exit code, its message id the words, its locus the
/// place.
#pragma once

#include <exception>
#include <string>

#include "geo/message.hpp"

namespace vereda::geo {

/// The value is the process's exit code.
enum class ErrorKind : int {
    usage = 2,      ///< wrong command line or configuration
    input = 3,      ///< input refused
    policy = 4,     ///< a file that points elsewhere, a bomb, a path outside
    resource = 5,   ///< disk, memory, permission, lock
    integrity = 6,  ///< ledger, checkpoint, frozen baseline
    internal = 7,   ///< a bug of ours
    interrupted = 130,
    terminated = 143,
};

/// Thrown for what cannot be repaired. Inner code throws with what it knows; outer code adds the place on the way up:
///
///     catch (Error& error) { throw std::move(error.in_file(path)); }
class Error : public std::exception {
  public:
    Error(ErrorKind kind, Message message, Locus locus = {});

    [[nodiscard]] ErrorKind kind() const { return kind_; }
    [[nodiscard]] const Message& message() const { return message_; }
    [[nodiscard]] const Locus& locus() const { return locus_; }

    /// Each fills its part of the locus only where that part is still empty: the innermost knowledge wins.
    Error& in_file(std::string file);
    Error& in_layer(std::string layer);
    Error& at_feature(std::string feature);
    Error& at_line(long line);
    Error& in_field(std::string field);

    /// The message id and arguments: for logs and test failures only; people get the catalogue's text.
    [[nodiscard]] const char* what() const noexcept override { return what_.c_str(); }

  private:
    ErrorKind kind_;
    Message message_;
    Locus locus_;
    std::string what_;
};

}  // namespace vereda::geo
