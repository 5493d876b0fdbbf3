namespace EvCharge.History.Engines;

/// <summary>The column types of an engine: the one place that knows them.</summary>
/// <param name="Key">Text that is compared byte by byte, case-sensitive, at most 255 characters.</param>
/// <param name="Text">Text of any length.</param>
/// <param name="Time">A moment, UTC, to the millisecond.</param>
/// <param name="Number">An IEEE 754 double.</param>
/// <param name="Flag">True or false.</param>
/// <param name="Integer">32 bits.</param>
/// <param name="Long">64 bits.</param>
/// <param name="Bytes">Octets of any length.</param>
public sealed record ColumnTypes(
    string Key,
    string Text,
    string Time,
    string Number,
    string Flag,
    string Integer,
    string Long,
    string Bytes)
{
    /// <summary>SQLite's TEXT compares binary by itself; a time is the count of milliseconds since 1970.</summary>
    public static readonly ColumnTypes Sqlite =
        new("TEXT", "TEXT", "INTEGER", "REAL", "INTEGER", "INTEGER", "INTEGER", "BLOB");

    /// <summary>The collation C compares bytes; the precision is that of the other engine.</summary>
    public static readonly ColumnTypes PostgreSql =
        new("text COLLATE \"C\"", "text", "timestamptz(3)", "double precision", "boolean", "integer", "bigint", "bytea");
}
