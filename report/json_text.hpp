/// JSON written straight to text, for more values than a tree of them should hold.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vereda::report {

/// The commas are its own; the caller closes what it opened. Texts pass through safe_text().
class JsonText {
  public:
    JsonText& object() { return open('{'); }
    JsonText& array() { return open('['); }
    JsonText& end_object() { return close('}'); }
    JsonText& end_array() { return close(']'); }
    JsonText& key(std::string_view name);

    JsonText& text(std::string_view value);
    JsonText& number(std::int64_t value);
    /// As few digits as name the double; null where it is not finite.
    JsonText& real(double value);
    JsonText& real(std::optional<double> value) { return value ? real(*value) : null(); }
    /// `digits` must be a JSON number.
    JsonText& digits(std::string_view digits);
    JsonText& null() { return digits("null"); }
    JsonText& boolean(bool value) { return digits(value ? "true" : "false"); }

    [[nodiscard]] const std::string& str() const { return text_; }

  private:
    JsonText& open(char bracket);
    JsonText& close(char bracket);
    void separate();

    std::string text_;
    bool first_ = true;  ///< nothing stands yet in the innermost object or array
};

}  // namespace vereda::report
