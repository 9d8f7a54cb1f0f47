#include "app/study_files.hpp"

#include <sys/stat.h>
#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>
#include <tuple>

#include "app/file_reference.hpp"
#include "geo/error.hpp"
#include "geo/io/content_hash.hpp"
#include "geo/io/input_file.hpp"

namespace vereda::app {

using namespace geo;
namespace fs = std::filesystem;

namespace {

class FileList {
  public:
    void add(const std::string& path, const std::string& written, const std::string& role) {
        if (is_reference(path) && !path.starts_with("/")) return;
        if (path.starts_with("/vsi")) return;
        const std::string plain = path.substr(0, path.find('|'));
        const std::string plain_written = written.substr(0, written.find('|'));
        files_.push_back({plain, plain_written, role});
        constexpr std::array<std::string_view, 8> sidecars{".shx",  ".dbf",     ".prj", ".cpg",
                                                           ".csvt", ".aux.xml", ".tfw", ".pgw"};
        for (const std::string_view ending : sidecars) {
            // GDAL finds a.prj beside a.shp or a.asc, and a.tif.aux.xml beside a.tif.
            const bool appended = ending == ".aux.xml";
            const auto beside = [&](const std::string& of) {
                return appended ? of + std::string(ending) : fs::path(of).replace_extension(ending).string();
            };
            std::error_code error;
            if (beside(plain) != plain && fs::is_regular_file(beside(plain), error)) {
                files_.push_back({beside(plain), beside(plain_written), role});
            }
        }
    }
    void add(const StudySource& source) { add(source.path, source.written, source.key); }
    void add(const std::optional<StudySource>& source) {
        if (source) add(*source);
    }
    void add(const std::optional<StudyRaster>& raster) {
        if (raster) add(raster->band.path, raster::io::parse_band_reference(raster->written).path, raster->key);
    }
    [[nodiscard]] std::vector<StudyFile> sorted() && {
        std::ranges::sort(files_, {}, [](const StudyFile& f) { return std::tie(f.role, f.written, f.path); });
        const auto same = [](const StudyFile& a, const StudyFile& b) {
            return a.role == b.role && a.written == b.written;
        };
        files_.erase(std::unique(files_.begin(), files_.end(), same), files_.end());
        return std::move(files_);
    }

  private:
    std::vector<StudyFile> files_;
};

}  // namespace

std::vector<StudyFile> files_of(const Study& study) {
    FileList list;
    if (!study.regions.path.empty()) list.add(study.regions);
    for (const StudyZones& zones : study.zones)
        list.add(zones.source);
    for (const StudyBoundaries& boundaries : study.boundaries)
        list.add(boundaries.source);
    for (const StudySurvey& survey : study.surveys) {
        list.add(survey.plots);
        list.add(survey.classes);
        list.add(survey.observed);
        list.add(survey.observed_mask);
    }
    for (const StudyAccuracy& accuracy : study.accuracy) {
        list.add(accuracy.sample);
        list.add(accuracy.matrix);
        list.add(accuracy.areas);
    }
    list.add(study.forest.loss_year);
    list.add(study.forest.tree_cover);
    list.add(study.forest.biomass);
    list.add(study.forest.drivers);
    list.add(study.forest.driver_accuracy);
    list.add(study.eradication);
    list.add(study.panel);
    const StudyPeople& people = study.people;
    for (const auto* source : {&people.households, &people.deliveries, &people.programmes, &people.incomes,
                               &people.prices, &people.evidence, &people.incidents, &people.indicators,
                               &people.responsibilities, &people.sanctions, &people.context, &people.context_totals}) {
        list.add(*source);
    }
    list.add(study.places.markets);
    list.add(study.places.services);
    list.add(study.travel.friction);
    list.add(study.travel.elevation);
    list.add(study.travel.roads);
    list.add(study.travel.rivers);
    list.add(study.registered_plots);
    std::vector<StudyFile> files = std::move(list).sorted();
    if (!study.path.empty())
        files.insert(files.begin(), {study.path, fs::path(study.path).filename().string(), "study"});
    return files;
}

InputWatch::Stamp InputWatch::stamp_of(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return {};
    return {static_cast<unsigned long long>(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

InputWatch::InputWatch(std::vector<StudyFile> files, Parallelism parallelism) : files_(std::move(files)) {
    for (const StudyFile& file : files_) {
        const io::InputFile readable(file.path);
        stamps_.push_back(stamp_of(file.path));
    }
    const auto hash_all = [this] {
        std::vector<report::InputFile> hashed;
        for (const StudyFile& file : files_) {
            if (unwanted_.stop_requested()) break;
            hashed.push_back({file.written, io::sha256_of_file(file.path, unwanted_.get_token()), file.role});
        }
        return hashed;
    };
    hashes_ = std::async(parallelism.jobs == 1 ? std::launch::deferred : std::launch::async, hash_all);
}

InputWatch::~InputWatch() {
    unwanted_.request_stop();
}

const std::vector<report::InputFile>& InputWatch::hashed() {
    if (hashes_.valid()) hashed_ = hashes_.get();
    return hashed_;
}

void InputWatch::require_unchanged() const {
    for (std::size_t i = 0; i < files_.size(); ++i) {
        if (stamp_of(files_[i].path) == stamps_[i]) continue;
        throw Error(ErrorKind::input, {"input.changed"_msg, {}}, Locus{files_[i].written, {}, {}, 0, {}});
    }
}

}  // namespace vereda::app
