/// SQLite behind one owner per handle, its failures as errors. Used inside geo/io only.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace vereda::geo::io {

struct SqliteCloser {
    void operator()(sqlite3* database) const noexcept { sqlite3_close_v2(database); }
};
struct SqliteFinaliser {
    void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};

class SqliteDatabase;

/// One prepared statement. Bound texts are copied, blobs must live until the statement is run; parameters
/// and columns count from 0.
class SqliteStatement {
  public:
    SqliteStatement(SqliteDatabase& database, const std::string& sql);
    void bind(int parameter, std::int64_t value);
    void bind(int parameter, double value);
    void bind(int parameter, std::string_view text);
    void bind_blob(int parameter, std::string_view bytes);
    void bind_null(int parameter);
    /// Whether there is a row.
    bool step();
    /// Steps through a statement without rows and readies it for its next use.
    void run();

    [[nodiscard]] int columns() const { return sqlite3_column_count(statement_.get()); }
    /// Type as SQLITE_INTEGER, SQLITE_FLOAT, SQLITE_TEXT, SQLITE_BLOB or SQLITE_NULL.
    [[nodiscard]] int type(int column) const { return sqlite3_column_type(statement_.get(), column); }
    [[nodiscard]] std::int64_t integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }
    [[nodiscard]] double real(int column) const { return sqlite3_column_double(statement_.get(), column); }
    /// Text or blob, good until the next step.
    [[nodiscard]] std::string_view bytes(int column) const;

  private:
    void require(int status);
    SqliteDatabase& database_;
    std::unique_ptr<sqlite3_stmt, SqliteFinaliser> statement_;
};

/// An open file. Neither synced nor journalled: whoever owns the file syncs it before it gets its name, and throws it
/// away when something failed. Calls may come from different threads, one at a time.
class SqliteDatabase {
  public:
    enum class Mode { read, write };
    /// `shown` is the path that errors name. Throws Error(resource, "file.not_written"), as every call here does.
    SqliteDatabase(const std::string& path, std::string shown, Mode mode);
    void execute(const std::string& sql);
    [[nodiscard]] sqlite3* handle() const { return database_.get(); }
    [[noreturn]] void fail() const;

  private:
    std::string shown_;
    std::unique_ptr<sqlite3, SqliteCloser> database_;
};

/// "name" as SQL writes identifiers.
[[nodiscard]] std::string sql_name(std::string_view name);

}  // namespace vereda::geo::io
