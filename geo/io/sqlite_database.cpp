#include "geo/io/sqlite_database.hpp"

#include <utility>

#include "geo/io/write_errors.hpp"

namespace vereda::geo::io {

SqliteStatement::SqliteStatement(SqliteDatabase& database, const std::string& sql) : database_(database) {
    sqlite3_stmt* prepared = nullptr;
    const int status = sqlite3_prepare_v2(database.handle(), sql.c_str(), -1, &prepared, nullptr);
    statement_.reset(prepared);
    require(status);
}

void SqliteStatement::bind(int parameter, std::int64_t value) {
    require(sqlite3_bind_int64(statement_.get(), parameter + 1, value));
}

void SqliteStatement::bind(int parameter, double value) {
    require(sqlite3_bind_double(statement_.get(), parameter + 1, value));
}

void SqliteStatement::bind(int parameter, std::string_view text) {
    require(
        sqlite3_bind_text64(statement_.get(), parameter + 1, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void SqliteStatement::bind_blob(int parameter, std::string_view bytes) {
    require(sqlite3_bind_blob64(statement_.get(), parameter + 1, bytes.data(), bytes.size(), nullptr));
}

void SqliteStatement::bind_null(int parameter) {
    require(sqlite3_bind_null(statement_.get(), parameter + 1));
}

bool SqliteStatement::step() {
    const int status = sqlite3_step(statement_.get());
    if (status != SQLITE_ROW && status != SQLITE_DONE) database_.fail();
    return status == SQLITE_ROW;
}

void SqliteStatement::run() {
    while (step()) {
    }
    require(sqlite3_reset(statement_.get()));
}

std::string_view SqliteStatement::bytes(int column) const {
    const void* start = sqlite3_column_blob(statement_.get(), column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
    return size == 0 ? std::string_view() : std::string_view(static_cast<const char*>(start), size);
}

void SqliteStatement::require(int status) {
    if (status != SQLITE_OK) database_.fail();
}

SqliteDatabase::SqliteDatabase(const std::string& path, std::string shown, Mode mode) : shown_(std::move(shown)) {
    sqlite3* opened = nullptr;
    const int flags = (mode == Mode::read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) | SQLITE_OPEN_NOMUTEX;
    const int status = sqlite3_open_v2(path.c_str(), &opened, flags, nullptr);
    database_.reset(opened);
    if (status != SQLITE_OK) fail();
    if (mode == Mode::write)
        execute("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
}

void SqliteDatabase::execute(const std::string& sql) {
    if (sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail();
}

void SqliteDatabase::fail() const {
    throw not_written(shown_, database_ ? sqlite3_errmsg(handle()) : sqlite3_errstr(SQLITE_NOMEM));
}

std::string sql_name(std::string_view name) {
    std::string quoted = "\"";
    for (const char c : name) {
        if (c == '"') quoted += c;
        quoted += c;
    }
    return quoted + '"';
}

}  // namespace vereda::geo::io
