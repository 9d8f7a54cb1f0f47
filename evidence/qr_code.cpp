#include "evidence/qr_code.hpp"

#include <fmt/format.h>
#include <qrencode.h>
#include <algorithm>
#include <cctype>
#include <memory>

#include "geo/error.hpp"

namespace vereda::evidence {

using geo::operator""_msg;

QrCode::QrCode(std::string_view text) {
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString(std::string(text).c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1), QRcode_free);
    if (!code) throw geo::Error(geo::ErrorKind::internal, {"qr.too_long"_msg, {}});
    size_ = static_cast<std::size_t>(code->width);
    dark_.resize(size_ * size_);
    for (std::size_t i = 0; i < dark_.size(); ++i)
        dark_[i] = (code->data[i] & 1U) != 0;
}

bool QrCode::dark(long row, long column) const {
    const long size = static_cast<long>(size_);
    if (row < 0 || column < 0 || row >= size || column >= size) return false;
    return dark_[static_cast<std::size_t>(row * size + column)];
}

std::string terminal_text(const QrCode& code, bool coloured) {
    constexpr long quiet = 2;
    const long end = static_cast<long>(code.size()) + quiet;
    std::string text;
    for (long row = -quiet; row < end; row += 2) {
        if (coloured) text += "\x1b[40;97m";
        for (long column = -quiet; column < end; ++column) {
            const bool above = !code.dark(row, column);
            const bool below = row + 1 < end && !code.dark(row + 1, column);
            text += above && below ? "█" : above ? "▀" : below ? "▄" : " ";
        }
        text += coloured ? "\x1b[0m\n" : "\n";
    }
    return text;
}

std::string svg_picture(const QrCode& code, std::string_view label) {
    constexpr long quiet = 4;
    const long size = static_cast<long>(code.size());
    std::string path;
    for (long row = 0; row < size; ++row) {
        for (long column = 0; column < size; ++column) {
            if (!code.dark(row, column)) continue;
            long length = 1;
            while (code.dark(row, column + length))
                ++length;
            path += fmt::format("M{} {}h{}v1h-{}z", column + quiet, row + quiet, length, length);
            column += length;
        }
    }
    return fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {0}\" shape-rendering=\"crispEdges\" "
        "role=\"img\" aria-label=\"{1}\"><path fill=\"#fff\" d=\"M0 0h{0}v{0}h-{0}z\"/><path d=\"{2}\"/></svg>",
        size + 2 * quiet, label, path);
}

std::string upper_case(std::string_view text) {
    std::string upper(text);
    std::ranges::transform(upper, upper.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return upper;
}

}  // namespace vereda::evidence
