using System.Security.Cryptography;
using System.Text;

namespace EvCharge.Standalone;

/// <summary>The folder of an installation, held by one process at a time: two on one database would both believe to own it.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    public string Path { get; }

    /// <summary>A cluster of its own for each folder, so that two installations on one machine never find each other.</summary>
    public string ClusterId => "standalone-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path)))[..12];

    /// <summary>Null when another process holds the folder.</summary>
    public static DataFolder? TryOpen(string path)
    {
        Directory.CreateDirectory(path);
        try
        {
            var file = System.IO.Path.Combine(path, "evcharge.lock");
            return new DataFolder(path, new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    public static string Taken(string path) => $"Another process uses the data folder {path}.";

    /// <summary>The file with the key for tenants' secrets, made at the first call. Whoever has it and the database has them.</summary>
    public string SecretsKeyFile()
    {
        var file = System.IO.Path.Combine(Path, "secrets.key");
        if (File.Exists(file))
        {
            return file;
        }

        var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(file, create);
        writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        return file;
    }

    public void Dispose() => _lock.Dispose();
}
