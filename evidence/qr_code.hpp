/// QR codes (ISO/IEC 18004, error correction M), by libqrencode: for a terminal and for a page.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace vereda::evidence {

/// The modules without a quiet zone.
class QrCode {
  public:
    /// Throws geo::Error(internal, "qr.too_long") for a text that fits no code.
    explicit QrCode(std::string_view text);

    [[nodiscard]] std::size_t size() const { return size_; }  ///< modules along one side
    /// False outside the code, so that a quiet zone can be read as well.
    [[nodiscard]] bool dark(long row, long column) const;

  private:
    std::size_t size_ = 0;
    std::vector<bool> dark_;
};

/// Two rows of modules in each line of text, light modules drawn: right on a terminal that writes light on dark.
/// `coloured` sets black on white by escape sequences, right on every terminal. A quiet zone of two modules.
[[nodiscard]] std::string terminal_text(const QrCode& code, bool coloured);

/// An `<svg>` element with a quiet zone of four modules, scalable. `label` is what a reader of the screen hears; it
/// must be safe for an attribute.
[[nodiscard]] std::string svg_picture(const QrCode& code, std::string_view label);

/// Text in which letters' case does not matter, written so that its code is smallest.
[[nodiscard]] std::string upper_case(std::string_view text);

}  // namespace vereda::evidence
