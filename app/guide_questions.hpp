/// What `vereda ledger guide` asks, in order: one row per question.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "app/messages.hpp"
#include "app/phone_files.hpp"
#include "evidence/consent.hpp"
#include "geo/date.hpp"
#include "geo/diagnostic.hpp"

namespace vereda::app {

/// Everything answered so far. Stays in memory until the assembly has voted.
struct GuideAnswers {
    std::string type = "event";                 ///< "event", "minutes", "threat", "note"
    std::map<std::string, std::string> values;  ///< by the names of fields
    std::string place_file;
    std::string place_sha256;
    std::vector<PhoneFeature> places;
    std::set<geo::Date> place_days;  ///< on which the device says that they were recorded
    std::vector<std::string> photos;
    std::set<evidence::Use> scope;

    [[nodiscard]] bool has(const std::string& field) const { return values.contains(field); }
    [[nodiscard]] const std::string& value(const std::string& field) const;
};

struct GuideContext {
    geo::Date today;
    geo::Diagnostics& diagnostics;  ///< of files that are read
    const Messages& messages;
};

struct GuideQuestion {
    geo::MessageId text;  ///< may speak of {place}, see nameable_place()
    geo::MessageId help;
    geo::MessageId label;  ///< in the summary
    bool (*asked)(const GuideAnswers& answers);
    /// Takes the answer, or says in words what is wrong with it.
    std::optional<geo::Message> (*take)(const std::string& answer, GuideAnswers& answers, const GuideContext& context);
    /// In the summary; empty where nothing was answered.
    std::string (*shown)(const GuideAnswers& answers, const Messages& messages);
    bool may_be_skipped = false;  ///< by Enter, "no", "no sé", "ninguno"
};

[[nodiscard]] std::span<const GuideQuestion> guide_questions();
/// take(), with what means nothing taken as no answer where the question may be skipped.
[[nodiscard]] std::optional<geo::Message> taken(const GuideQuestion& question, const std::string& answer,
                                                GuideAnswers& answers, const GuideContext& context);

/// The finest of the areas told in which enough families live to name it in public; empty where there is none.
[[nodiscard]] std::string nameable_place(const GuideAnswers& answers);

}  // namespace vereda::app
