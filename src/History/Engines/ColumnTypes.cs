namespace EvCharge.History.Engines;

/// <summary>The column types of an engine: the one place that knows them.</summary>
/// <param name="Name">
/// A short key: a tenant, charger, site or user name, a word of a standard, a hash as hex. Compared as a key, at most 64 characters.
/// </param>
/// <param name="Key">Text that is compared byte by byte, case-sensitive, at most 255 characters.</param>
/// <param name="Text">Text of any length.</param>
/// <param name="Time">A moment, UTC, to the millisecond.</param>
/// <param name="Number">An IEEE 754 double.</param>
/// <param name="Flag">True or false.</param>
/// <param name="Integer">32 bits.</param>
/// <param name="Long">64 bits.</param>
/// <param name="Hash">A SHA-256, to be found by.</param>
/// <param name="Bytes">Octets of any length.</param>
public sealed record ColumnTypes(
    string Name,
    string Key,
    string Text,
    string Time,
    string Number,
    string Flag,
    string Integer,
    string Long,
    string Hash,
    string Bytes)
{
    /// <summary>SQLite's TEXT compares binary by itself; a time is the count of milliseconds since 1970.</summary>
    public static readonly ColumnTypes Sqlite =
        new("TEXT", "TEXT", "TEXT", "INTEGER", "REAL", "INTEGER", "INTEGER", "INTEGER", "BLOB", "BLOB");

    /// <summary>The collation C compares bytes; the precision is that of the other engines.</summary>
    public static readonly ColumnTypes PostgreSql = new(
        "text COLLATE \"C\"", "text COLLATE \"C\"", "text", "timestamptz(3)", "double precision", "boolean", "integer", "bigint",
        "bytea", "bytea");

    /// <summary>
    /// The collation compares code points and is the same whatever the server's own. Chargers send any letter, hence
    /// <c>nvarchar</c>; keys are no longer than an index of this server can hold.
    /// </summary>
    public static readonly ColumnTypes SqlServer = new(
        "nvarchar(64) COLLATE Latin1_General_100_BIN2",
        "nvarchar(255) COLLATE Latin1_General_100_BIN2",
        "nvarchar(max) COLLATE Latin1_General_100_BIN2",
        "datetime2(3)",
        "float",
        "bit",
        "int",
        "bigint",
        "binary(32)",
        "varbinary(max)");
}
