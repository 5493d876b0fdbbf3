using Microsoft.Extensions.Configuration;
using Npgsql;

namespace EvCharge.Storage;

/// <summary>The databases that an installation can live in.</summary>
public enum DatabaseEngine
{
    /// <summary>Files in a folder, for one process.</summary>
    Sqlite,

    /// <summary>A database of a server, for any number of processes.</summary>
    PostgreSql,
}

/// <summary>Where an installation keeps what must last.</summary>
/// <param name="Address">A folder for <see cref="DatabaseEngine.Sqlite"/>, else a connection string.</param>
public sealed record DatabaseLocation(DatabaseEngine Engine, string Address)
{
    public const string EngineKey = "EVCHARGE_DB";
    public const string ConnectionKey = "EVCHARGE_CONNECTION";

    public static DatabaseLocation Folder(string path) => new(DatabaseEngine.Sqlite, path);

    public static DatabaseLocation PostgreSql(string connection) => new(DatabaseEngine.PostgreSql, connection);

    /// <summary>Reads <c>EVCHARGE_DB</c> and <c>EVCHARGE_CONNECTION</c>.</summary>
    /// <param name="dataFolder">Where the embedded engine keeps its files; null where a server is required.</param>
    /// <param name="problem">What is wrong, naming the key; null when nothing is.</param>
    public static DatabaseLocation? Read(IConfiguration configuration, string? dataFolder, out string? problem)
    {
        problem = null;
        var connection = configuration[ConnectionKey];
        switch (configuration[EngineKey])
        {
            case null or "" when dataFolder is null:
                problem = $"{EngineKey} is missing: it names the database server, postgresql.";
                return null;
            case "sqlite" when dataFolder is null:
                problem = $"{EngineKey} is sqlite, which serves one process alone: use postgresql.";
                return null;
            case null or "" or "sqlite":
                return Folder(dataFolder);
            case "postgresql" when string.IsNullOrWhiteSpace(connection):
                problem = $"{ConnectionKey} is missing: it says how to reach the database.";
                return null;
            case "postgresql" when !NamesServer(connection):
                // Not repeated: there may be a password in it.
                problem = $"{ConnectionKey} is no connection string of PostgreSQL: Host=…;Database=…;Username=…;Password=….";
                return null;
            case "postgresql":
                return PostgreSql(connection);
            case var unknown:
                problem = $"{EngineKey} is '{unknown}'; it may be {(dataFolder is null ? "postgresql" : "sqlite or postgresql")}.";
                return null;
        }
    }

    private static bool NamesServer(string connection)
    {
        try
        {
            return !string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(connection).Host);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
