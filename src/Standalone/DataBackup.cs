using System.Globalization;
using EvCharge.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EvCharge.Standalone;

/// <summary>
/// Copies of what an installation on the embedded engine keeps: <c>history.db</c>, <c>state.db</c> and <c>secrets.key</c>, without which the
/// secrets in the first cannot be read.
/// </summary>
internal static class DataBackup
{
    private const string SecretsKey = "secrets.key";
    private const string Unfinished = ".unfinished";

    /// <summary>The first is the record; the second is made anew where it is missing.</summary>
    private static readonly string[] Databases = ["history.db", "state.db"];

    /// <summary>
    /// Copies beside whatever runs, each database as it is at one moment. A backup that was broken off has another name than the one that was
    /// asked for.
    /// </summary>
    /// <returns>The exit code: 0, or 1 with the reason in a line on standard error.</returns>
    public static int Write(string data, string target)
    {
        if (!File.Exists(Path.Combine(data, Databases[0])))
        {
            return Refuse($"There is no {Databases[0]} in {data}.");
        }

        if (Path.Exists(target))
        {
            return Refuse($"{target} is there already.");
        }

        var part = target.TrimEnd(Path.DirectorySeparatorChar) + Unfinished;
        try
        {
            MakePrivate(part);
            foreach (var name in Databases.Where(name => File.Exists(Path.Combine(data, name))))
            {
                Copy(Path.Combine(data, name), Path.Combine(part, name));
            }

            CopyKey(data, part);
            Directory.Move(part, target);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or SqliteException)
        {
            return Refuse(failure.Message);
        }

        Console.WriteLine($"The data of {data} are in {target}.");
        return 0;
    }

    /// <summary>Puts a backup in the place of the data, which stay beside it in a folder of their own.</summary>
    /// <returns>The exit code, as of <see cref="Write"/>.</returns>
    public static int Restore(string data, string source, DateTimeOffset now)
    {
        try
        {
            using var folder = DataFolder.TryOpen(data);
            if (folder is null)
            {
                return Refuse(DataFolder.Taken(data));
            }

            if (!File.Exists(Path.Combine(source, Databases[0])))
            {
                return Refuse($"There is no {Databases[0]} in {source}.");
            }

            if (Databases.Where(name => File.Exists(Path.Combine(source, name))).FirstOrDefault(name => !IsWhole(Path.Combine(source, name))) is { } broken)
            {
                return Refuse($"{broken} in {source} is damaged.");
            }

            var former = Path.Combine(data, now.ToString("'before-restore-'yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
            MakePrivate(former);
            string[] replaced = [.. Databases.SelectMany(name => (string[])[name, $"{name}-wal", $"{name}-shm"]), SecretsKey];
            foreach (var name in replaced.Where(name => File.Exists(Path.Combine(data, name))))
            {
                File.Move(Path.Combine(data, name), Path.Combine(former, name));
            }

            foreach (var name in Databases.Where(name => File.Exists(Path.Combine(source, name))))
            {
                Copy(Path.Combine(source, name), Path.Combine(data, name));
            }

            CopyKey(source, data);
            Console.WriteLine($"The data of {source} are in {data}; what was there is in {former}.");
            return 0;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or SqliteException)
        {
            return Refuse(failure.Message);
        }
    }

    private static int Refuse(string reason)
    {
        Console.Error.WriteLine(reason);
        return 1;
    }

    private static void Copy(string from, string to)
    {
        using var source = new SqliteFile(from).OpenReader();
        using var target = new SqliteFile(to).OpenWriter();
        source.BackupDatabase(target);
    }

    private static void CopyKey(string from, string to)
    {
        var key = Path.Combine(from, SecretsKey);
        if (File.Exists(key))
        {
            File.Copy(key, Path.Combine(to, SecretsKey)); // with its mode
        }
    }

    private static bool IsWhole(string file)
    {
        using var connection = new SqliteFile(file).OpenReader();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check(1)";
        return command.ExecuteScalar() is "ok";
    }

    private static void MakePrivate(string folder)
    {
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
