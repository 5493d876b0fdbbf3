using Microsoft.Data.Sqlite;

namespace EvCharge.Storage.Sqlite;

/// <summary>
/// An SQLite database of this installation. Write-ahead log with a synchronous commit: what is committed survives a power
/// cut, and readers never wait for the writer.
/// </summary>
public sealed class SqliteFile(string path)
{
    public string Path { get; } = path;

    /// <summary>Opens the connection of the one writer; the folder is made when it is absent.</summary>
    public SqliteConnection OpenWriter()
    {
        CreateFolder();
        return Open(SqliteOpenMode.ReadWriteCreate,
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000; "
            + "PRAGMA journal_size_limit=67108864;");
    }

    public SqliteConnection OpenReader() =>
        Open(SqliteOpenMode.ReadWrite, "PRAGMA query_only=ON; PRAGMA cache_size=-8000;");

    private SqliteConnection Open(SqliteOpenMode mode, string pragmas)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 10,
        }.ToString());
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // One of the two constants above.
            command.CommandText = pragmas;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The files hold hashes of secrets: a folder that is made here is for its owner alone.</summary>
    private void CreateFolder()
    {
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
