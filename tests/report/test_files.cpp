#include <map>
#include <nlohmann/json.hpp>

#include "report/datapackage.hpp"
#include "report/layers.hpp"
#include "report/provenance.hpp"
#include "report/tables.hpp"
#include "tests/report/sample_results.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using nlohmann::json;

namespace {

report::Styles installed_styles() {
    report::Styles styles;
    for (const auto name : report::style_names()) {
        styles.emplace(name, tests::source_file("share/vereda/styles/" + std::string(name) + ".qml"));
    }
    return styles;
}

}  // namespace

TEST_CASE("datapackage.json tells types, units, audience and personal columns of every table") {
    const auto words = tests::sample_catalogue("en");
    const auto tables = report::tables_of(tests::sample_results(), words);
    std::vector<report::TableFile> files;
    for (const auto& table : tables) {
        files.push_back({&table, "tables/" + std::string(table.declaration->name) + ".csv", std::string(64, 'c'), 42});
    }
    const json package = json::parse(report::datapackage_json("Valle", files, report::Edition::internal, words));
    REQUIRE(package["resources"].size() == tables.size());
    std::map<std::string, json> by_name;
    for (const auto& resource : package["resources"])
        by_name[resource["name"]] = resource;
    const json& area = by_name["plot_area"]["schema"]["fields"][5];
    CHECK(area["name"] == "area_ha");
    CHECK(area["type"] == "number");
    CHECK(area["unit"] == "ha");
    const json& household = by_name["small_plots"]["schema"]["fields"][0];
    CHECK(household["vereda:personal"] == true);
    CHECK(by_name["small_plots"]["vereda:audience"] == "internal");
    CHECK(by_name["small_plots"]["hash"] == "sha256:" + std::string(64, 'c'));
    CHECK(by_name["readiness"]["schema"]["missingValues"] == json::array({""}));
}

TEST_CASE("run.json holds what repeats the run and no time") {
    const auto results = tests::sample_results();
    const std::string text = report::run_json(results.provenance, results.study);
    const json run = json::parse(text);
    CHECK(run["vereda"] == "0.1.0");
    CHECK(run["seed"] == 1);
    CHECK(run["inputs"][1]["role"] == "people.households");
    CHECK(run["inputs"][1]["sha256"] == std::string(64, 'b'));
    CHECK(run["parameters"]["max_lag"] == "5");
    CHECK(text == report::run_json(results.provenance, results.study));
    for (const char* word : {"time", "date", "host", "user"})
        CHECK_FALSE(run.contains(word));
}

TEST_CASE("the summary is one line of JSON with the answers") {
    const std::vector<report::OutputFile> outputs{{"report-internal.html", std::string(64, 'd')}};
    const std::string text = report::summary_json(tests::sample_results(), outputs, tests::sample_catalogue("es"));
    CHECK(text.find('\n') == text.size() - 1);
    const json summary = json::parse(text);
    CHECK(summary["answers"].size() == 8);
    CHECK(summary["diagnostics"]["warning"] == 1);
    CHECK(summary["outputs"][0]["path"] == "report-internal.html");
}

TEST_CASE("text that is not UTF-8 cannot break the JSON files") {
    auto results = tests::sample_results();
    results.study.name = tests::hostile_text();
    results.provenance.inputs.push_back({"a\xff.csv", "", "role"});
    CHECK(json::accept(report::run_json(results.provenance, results.study)));
    CHECK(json::accept(report::summary_json(results, {}, tests::sample_catalogue("en"))));
}

TEST_CASE("every layer's features fill its fields, which have an alias each") {
    const auto layers = report::layers_of(tests::sample_results(), tests::sample_catalogue("en"), installed_styles());
    REQUIRE(layers.size() == 1 + 12 + 3);  // regions, six years of two crops, zones, eradication, registered plots
    CHECK(layers.front().name == "regions");
    CHECK(layers.front().features.size() == 28);
    for (const auto& layer : layers) {
        INFO(layer.name);
        REQUIRE(layer.texts.size() == layer.schema.fields.size());
        for (std::size_t i = 0; i < layer.texts.size(); ++i) {
            CHECK(layer.texts[i].name == layer.schema.fields[i].name);
            CHECK_FALSE(layer.texts[i].alias.empty());
        }
        for (const auto& feature : layer.features) {
            REQUIRE(feature.values.size() == layer.schema.fields.size());
            for (std::size_t i = 0; i < feature.values.size(); ++i) {
                if (feature.values[i].index() != 0 &&
                    feature.values[i].index() != static_cast<std::size_t>(layer.schema.fields[i].type) + 1) {
                    FAIL_CHECK(layer.schema.fields[i].name);
                }
            }
        }
    }
}

TEST_CASE("every style speaks the reader's language and classifies by a field that its layer has") {
    for (const auto& words : tests::sample_catalogues()) {
        for (const auto& layer : report::layers_of(tests::sample_results(), words, installed_styles())) {
            INFO(layer.name);
            CHECK_FALSE(layer.qml.empty());
            CHECK(layer.qml.find('{') == std::string::npos);
            const std::size_t start = layer.qml.find("attr=\"") + 6;
            const std::string field = layer.qml.substr(start, layer.qml.find('"', start) - start);
            CHECK(layer.schema.find(field).has_value());
        }
    }
    const auto spanish = report::layers_of(tests::sample_results(), tests::sample_catalogue("es"), installed_styles());
    CHECK_THAT(spanish.front().qml, tests::ContainsSubstring("NO LISTA"));
}
