#include "app/run_outputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>
#include <sstream>
#include <system_error>

#include "app/file_word.hpp"
#include "app/messages.hpp"
#include "app/viewer_files.hpp"
#include "app/workbook_sheets.hpp"
#include "geo/error.hpp"
#include "geo/io/atomic_file.hpp"
#include "geo/io/content_hash.hpp"
#include "geo/io/feature_writer.hpp"
#include "raster/io/gdal_raster_source.hpp"
#include "report/csv.hpp"
#include "report/datapackage.hpp"
#include "report/layers.hpp"
#include "report/page.hpp"
#include "report/public_edition.hpp"
#include "report/qgis_project.hpp"
#include "report/region_memo.hpp"
#include "report/tables.hpp"

namespace vereda::app {

using namespace geo;
namespace fs = std::filesystem;

namespace {

io::WrittenBytes write_csv_file(const std::string& path, const report::Table& table, Parallelism parallelism) {
    return io::write_file(path, [&](const auto& put) { report::put_csv(put, table, parallelism); });
}

/// The files of one output folder as they come into being.
class OutputWriter {
  public:
    OutputWriter(fs::path folder, Session& session)
        : folder_(std::move(folder)), progress_(session.progress), parallelism_(session.parallelism) {}

    void write(const std::string& name, const std::string& bytes) {
        progress_.check();
        const fs::path path = folder_ / name;
        make_folder(path.parent_path());
        io::write_file(path.string(), bytes);
        const std::string hash = io::sha256_of_file(path.string());
        if (hash != io::sha256_of_bytes(bytes)) {
            throw Error(ErrorKind::resource, {"output.differs"_msg, {}}, Locus{name, {}, {}, 0, {}});
        }
        files_.push_back({name, hash});
        progress_.advance();
    }

    /// The same of a table; gives what was written.
    report::TableFile write_csv(const std::string& name, const report::Table& table) {
        progress_.check();
        const fs::path path = folder_ / name;
        make_folder(path.parent_path());
        const io::WrittenBytes written = write_csv_file(path.string(), table, parallelism_);
        if (written.sha256 != io::sha256_of_file(path.string())) {
            throw Error(ErrorKind::resource, {"output.differs"_msg, {}}, Locus{name, {}, {}, 0, {}});
        }
        files_.push_back({name, written.sha256});
        progress_.advance();
        return {&table, path.filename().string(), written.sha256, written.count};
    }

    /// All in one file, and with `alone` each in one of its own: that text before and after its name.
    void write_layers(const std::string& name, std::vector<report::MapLayer> layers,
                      const std::optional<std::pair<std::string, std::string>>& alone) {
        if (layers.empty()) return;
        std::vector<io::LayerToWrite> to_write;
        for (report::MapLayer& layer : layers) {
            std::vector<io::FieldText> texts;
            for (const report::LayerFieldText& text : layer.texts)
                texts.push_back({text.name, text.alias, text.comment});
            to_write.push_back({std::move(layer.name), std::move(layer.description), std::move(layer.schema), layer.crs,
                                std::move(layer.geometry_type), std::move(layer.features), std::move(texts),
                                std::move(layer.qml)});
        }
        write_layer_file(name, to_write);
        if (!alone) return;
        for (io::LayerToWrite& layer : to_write) {
            const std::string own = alone->first + layer.name + alone->second;
            write_layer_file(own, {std::move(layer)});
        }
    }

    void write_workbook(const std::string& name, const std::vector<io::Sheet>& sheets) {
        progress_.check();
        const fs::path path = folder_ / name;
        make_folder(path.parent_path());
        io::write_workbook(path.string(), sheets);
        files_.push_back({name, io::sha256_of_file(path.string())});
        progress_.advance();
    }

    void attach(const Attachment& attachment) {
        progress_.check();
        const fs::path path = folder_ / attachment.path;
        make_folder(path.parent_path());
        attachment.write(path.string());
        files_.push_back({attachment.path, io::sha256_of_file(path.string())});
        progress_.advance();
    }

    /// Of a raster that was written.
    [[nodiscard]] Crs crs_of(const std::string& raster) const {
        Diagnostics ignored;
        return raster::io::open_raster({(folder_ / raster).string(), 1}, {}, ignored)->grid().crs;
    }

    [[nodiscard]] std::vector<report::OutputFile> files() && {
        std::ranges::sort(files_, {}, &report::OutputFile::path);
        return std::move(files_);
    }

  private:
    void write_layer_file(const std::string& name, const std::vector<io::LayerToWrite>& layers) {
        progress_.check();
        const fs::path path = folder_ / name;
        make_folder(path.parent_path());
        io::write_layers(path.string(), layers);
        files_.push_back({name, io::sha256_of_file(path.string())});
        progress_.advance();
    }

    static void make_folder(const fs::path& folder) {
        std::error_code error;
        fs::create_directories(folder, error);
        if (error) {
            throw Error(ErrorKind::resource, {"output.not_written"_msg, {{"reason", error.message()}}},
                        Locus{folder.string(), {}, {}, 0, {}});
        }
    }

    fs::path folder_;
    Progress& progress_;
    Parallelism parallelism_;
    std::vector<report::OutputFile> files_;
};

report::Styles load_styles(const fs::path& share) {
    report::Styles styles;
    for (const std::string_view name : report::style_names()) {
        const fs::path path = share / "styles" / (std::string(name) + ".qml");
        std::error_code error;
        if (fs::is_regular_file(path, error)) styles.emplace(name, io::read_file(path.string()));
    }
    return styles;
}

/// The language asked for, then the other one: the order of the report's switch.
std::vector<report::Catalogue> both_catalogues(const Session& session) {
    const Language other = session.messages.language() == Language::english ? Language::spanish : Language::english;
    return {session.messages.catalogue(), load_catalogue(session.share, other)};
}

/// An edition's tables as CSV under `folder`tables/ with the data package that describes them, and as one workbook.
/// `diagnostics` stands beside, not among them.
void write_tables(OutputWriter& writer, const std::vector<report::Table>& tables, const std::string& folder,
                  const std::string& study_name, report::Edition edition, const report::Catalogue& words) {
    const std::string prefix = folder + "tables/";
    std::vector<report::TableFile> described;
    for (const report::Table& table : tables) {
        const std::string name(table.declaration->name);
        if (name == "diagnostics") {
            writer.write_csv("diagnostics.csv", table);
        } else {
            described.push_back(writer.write_csv(prefix + name + ".csv", table));
        }
    }
    writer.write(prefix + "datapackage.json", report::datapackage_json(study_name, described, edition, words));
    const std::string workbook = edition == report::Edition::internal ? "vereda-internal.xlsx" : "vereda-public.xlsx";
    writer.write_workbook(folder + workbook, workbook_sheets(study_name, described, edition, words));
}

/// Title of a raster by its file: "travel_time_clinic" is that of clinics.
std::string raster_title(const std::string& name, const report::Catalogue& words) {
    const std::string kind = name == "travel_time" ? "market" : name.substr(std::min(name.size(), name.rfind('_') + 1));
    return words.text("layer.travel_time"_msg, {{"place", words.find("place." + kind).value_or(kind)}});
}

/// The GeoPackage, the attachments with a style beside each raster, and the QGIS project that opens them all.
void write_map_layers(OutputWriter& writer, const RunFindings& found, const report::Catalogue& words,
                      const report::Styles& styles, bool flatgeobuf) {
    const report::RunResults& results = found.results;
    std::vector<report::MapLayer> layers = report::layers_of(results, words, styles);
    auto shown = report::project_layers(layers, "vereda-internal.gpkg", words);
    writer.write_layers(
        "vereda-internal.gpkg", std::move(layers),
        flatgeobuf ? std::optional(std::pair<std::string, std::string>("layers/", "-internal.fgb")) : std::nullopt);
    const auto style = styles.find("travel_time");
    for (const Attachment& attachment : found.attachments) {
        writer.attach(attachment);
        const fs::path path(attachment.path);
        if (path.extension() != ".tif" || style == styles.end()) continue;
        writer.write(fs::path(path).replace_extension(".qml").string(), style->second);
        const std::string name = path.stem().string();
        shown.push_back({name, raster_title(name, words), words.text("qgis.group.rasters"_msg), false, "",
                         attachment.path, style->second, writer.crs_of(attachment.path)});
    }
    if (shown.empty() || !results.regions) return;
    const std::string title = words.text("edition.internal"_msg) + " · " + results.study.name;
    writer.write("vereda-internal.qgs",
                 report::qgis_project(title, shown, results.regions->crs(), results.regions->extent()));
}

/// memos/LANGUAGE/NNN-NAME-internal.html, one for each region whose readiness was judged.
void write_memos(OutputWriter& writer, const report::RunResults& results,
                 std::span<const report::Catalogue> languages) {
    const report::KeyFigures figures = report::key_figures(results);
    for (const report::Catalogue& words : languages) {
        const report::PageContext page{results, figures, words, report::NumberFormat(words.language())};
        std::size_t number = 0;
        for (const livelihoods::ReadinessRow& row : results.readiness) {
            const auto region = results.regions->find(row.region_id);
            const std::string name = region ? results.regions->regions()[*region].name : row.region_id;
            std::ostringstream memo;
            report::write_region_memo(memo, page, row);
            writer.write(fmt::format("memos/{}/{:03}-{}-internal.html", words.language(), ++number, file_word(name)),
                         std::move(memo).str());
        }
    }
}

void write_public(OutputWriter& writer, const report::PublicEdition& edition,
                  std::span<const report::Catalogue> languages, const report::ViewerFiles* viewer) {
    const report::Catalogue& words = languages.front();
    std::ostringstream page;
    report::write_public_page(page, edition, languages, words.language(), viewer);
    writer.write("public/report.html", std::move(page).str());
    write_tables(writer, edition.tables, "public/", edition.study_name, report::Edition::public_release, words);
}

void write_public_layers(OutputWriter& writer, const report::PublicEdition& edition, const report::Catalogue& words,
                         const report::Styles& styles, bool flatgeobuf) {
    writer.write_layers("public/vereda-public.gpkg", report::public_layers(edition, words, styles),
                        flatgeobuf ? std::optional(std::pair<std::string, std::string>("public/layers/", "-public.fgb"))
                                   : std::nullopt);
}

}  // namespace

std::vector<report::OutputFile> write_run(const RunFindings& found, const OutputChoices& choices,
                                          const fs::path& folder, Session& session) {
    const report::RunResults& results = found.results;
    session.progress.start_stage({"stage.writing"_msg, {}}, choices.public_edition ? 24 : 14);
    const std::vector<report::Catalogue> languages = both_catalogues(session);
    const report::Catalogue& words = languages.front();
    const report::Styles styles = load_styles(session.share);
    const std::optional<report::ViewerFiles> viewer = viewer_files(session.share);
    OutputWriter writer(folder, session);
    std::ostringstream page;
    report::write_internal_page(page, results, languages, words.language(), viewer ? &*viewer : nullptr);
    writer.write("report-internal.html", std::move(page).str());
    write_map_layers(writer, found, words, styles, choices.flatgeobuf);
    write_tables(writer, report::tables_of(results, words), "", results.study.name, report::Edition::internal, words);
    write_memos(writer, results, languages);
    if (choices.public_edition) {
        const report::PublicEdition edition = report::public_edition(results, words);
        write_public(writer, edition, languages, viewer ? &*viewer : nullptr);
        write_public_layers(writer, edition, words, styles, choices.flatgeobuf);
    }
    writer.write("run.json", report::run_json(results.provenance, results.study));
    return std::move(writer).files();
}

report::OutputFile write_table_file(const report::RunResults& results, const std::string& name, const std::string& path,
                                    Session& session) {
    session.progress.start_stage({"stage.writing"_msg, {}}, 1);
    const report::Table table = report::table_of(results, name, session.messages.catalogue());
    if (fs::path(path).extension() == ".xlsx") {
        io::write_workbook(path, {sheet_of(table)});
    } else {
        write_csv_file(path, table, session.parallelism);
    }
    return {path, session.json ? io::sha256_of_file(path) : std::string()};
}

}  // namespace vereda::app
