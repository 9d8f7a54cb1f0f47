#include "geo/io/gdal_handle.hpp"

#include <cpl_conv.h>
#include <ogr_srs_api.h>

#include <algorithm>
#include <array>
#include <mutex>

namespace vereda::geo::io {

namespace {

void start_once() {
    // Decided before the drivers read them.
    CPLSetConfigOption("GDAL_VRT_ENABLE_PYTHON", "NO");
    CPLSetConfigOption("GDAL_DISABLE_READDIR_ON_OPEN", "TRUE");
    CPLSetConfigOption("OGR_CURRENT_DATE", "2000-01-01T00:00:00.000Z");
    CPLSetConfigOption("OGR_SQLITE_SYNCHRONOUS", "FULL");
    CPLSetConfigOption("CPL_VSIL_CURL_ALLOWED_EXTENSIONS", "{none}");
    CPLSetConfigOption("GDAL_DRIVER_PATH", "disable");
    OSRSetPROJEnableNetwork(0);
    GDALAllRegister();
}

std::string one_line(std::string text) {
    std::ranges::replace_if(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
    return text;
}

}  // namespace

void start_gdal() {
    static std::once_flag started;
    std::call_once(started, start_once);
}

GdalErrors::GdalErrors() {
    CPLPushErrorHandlerEx(&GdalErrors::keep, this);
}

GdalErrors::~GdalErrors() {
    CPLPopErrorHandler();
}

void CPL_STDCALL GdalErrors::keep(CPLErr kind, CPLErrorNum, const char* text) noexcept {
    auto* self = static_cast<GdalErrors*>(CPLGetErrorHandlerUserData());
    constexpr std::size_t enough = 64;
    try {
        auto& list = kind >= CE_Failure ? self->failures_ : self->warnings_;
        if (kind >= CE_Warning && list.size() < enough) list.emplace_back(text);
    } catch (...) {  // no memory for the text: GDAL's own return value still tells of the failure
    }
}

std::string GdalErrors::text() const {
    if (!failures_.empty()) return one_line(failures_.front());
    return warnings_.empty() ? std::string() : one_line(warnings_.front());
}

bool GdalErrors::out_of_space() const {
    static constexpr std::array<std::string_view, 7> signs = {"No space left",     "disk is full",   "disk I/O error",
                                                              "Permission denied", "Read-only file", "File too large",
                                                              "Input/output error"};
    return std::ranges::any_of(failures_, [](const std::string& failure) {
        return std::ranges::any_of(signs,
                                   [&](std::string_view sign) { return failure.find(sign) != std::string::npos; });
    });
}

void GdalErrors::clear() {
    failures_.clear();
    warnings_.clear();
}

GdalSetting::GdalSetting(const char* name, const char* value) : name_(name) {
    const char* previous = CPLGetThreadLocalConfigOption(name, nullptr);
    had_previous_ = previous != nullptr;
    if (had_previous_) previous_ = previous;
    CPLSetThreadLocalConfigOption(name, value);
}

GdalSetting::~GdalSetting() {
    CPLSetThreadLocalConfigOption(name_, had_previous_ ? previous_.c_str() : nullptr);
}

GdalDataset open_with(const std::string& path, unsigned flags, const std::vector<std::string>& drivers,
                      const std::vector<std::string>& open_options) {
    start_gdal();
    const auto listed = [](const std::vector<std::string>& texts) {
        std::vector<const char*> list;
        for (const std::string& text : texts)
            list.push_back(text.c_str());
        list.push_back(nullptr);
        return list;
    };
    const std::vector<const char*> allowed = listed(drivers);
    const std::vector<const char*> options = listed(open_options);
    return GdalDataset(GDALDataset::Open(path.c_str(), flags | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, allowed.data(),
                                         options.data(), nullptr));
}

}  // namespace vereda::geo::io
