using System.Diagnostics;
using System.Globalization;
using System.Text;
using Npgsql;

namespace EvCharge.Servers;

/// <summary>
/// A PostgreSQL server of a test's own, from the installed programs: its own folder, its own port, never the
/// distribution's cluster. It can be stopped as by a power cut and started again on the same port.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "evcharge";

    /// <summary>initdb refuses root, so root runs the server as the user that the distribution made for it.</summary>
    private const string ServiceUser = "postgres";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Lazy<Task<PostgresServer>> OfProcess = new(StartOfProcess);

    private readonly string _folder;
    private readonly string[] _settings;
    private readonly StringBuilder _output = new();
    private Process? _server;
    private int _databases;

    private PostgresServer(string folder, int port, string[] settings)
    {
        _folder = folder;
        Port = port;
        _settings = settings;
    }

    /// <summary>Whether the server's programs are there.</summary>
    public static bool IsInstalled => File.Exists(Program("initdb"));

    public int Port { get; }

    public int Pid => _server?.Id ?? throw new InvalidOperationException("The server does not run.");

    /// <summary>One server for all tests of this process; it ends with it.</summary>
    public static Task<PostgresServer> Shared() => OfProcess.Value;

    /// <param name="settings">As in postgresql.conf, <c>max_connections=50</c>.</param>
    public static async Task<PostgresServer> Start(params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("evcharge-postgres-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            await Run("chown", ServiceUser, folder);
        }

        var server = new PostgresServer(folder, FreePort.Draw(), settings);
        await Run([.. AsServiceUser(), Program("initdb"), "--pgdata", server.Data, "--username", User, "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync"]);
        await server.Start();
        return server;
    }

    /// <summary>Starts the server again after <see cref="Kill"/>, on the same folder and port, and waits until it takes queries.</summary>
    public async Task Start()
    {
        // Pools of installations that have ended keep their connections for minutes.
        string[] standard =
        [
            "listen_addresses=127.0.0.1", $"port={Port}", "unix_socket_directories=", "max_connections=600", "shared_buffers=64MB",
            "logging_collector=off", "log_min_messages=fatal",
        ];
        string[] command = [.. AsServiceUser(), Program("postgres"), "-D", Data, .. standard.Concat(_settings).SelectMany(setting => (string[])["-c", setting])];
        _server = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = "/" })!;
        _server.OutputDataReceived += Keep;
        _server.ErrorDataReceived += Keep;
        _server.BeginOutputReadLine();
        _server.BeginErrorReadLine();
        await TakesQueries();
    }

    /// <summary>Ends the server without a checkpoint: sessions are cut, and the next start recovers from the log.</summary>
    public async Task Kill()
    {
        var server = _server ?? throw new InvalidOperationException("The server does not run.");
        await Run("kill", "-QUIT", server.Id.ToString(CultureInfo.InvariantCulture)); // immediate shutdown, as pg_ctl -m immediate
        await server.WaitForExitAsync();
        server.Dispose();
        _server = null;
    }

    /// <summary>Makes an empty database, or a copy of one of this server that nobody is connected to.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabase(string? template = null)
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        // Not from a pool: what lies there may be of a server that is gone.
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names cannot be parameters; both are this class's own.
        command.CommandText = $"CREATE DATABASE {name} TEMPLATE {(template is null ? "template0" : new NpgsqlConnectionStringBuilder(template).Database)}";
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    public string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={Port};Username={User};Database={database};Timeout=5;Command Timeout=15";

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await Kill();
        }

        // Hundreds of databases are a hundred thousand files: to remove them takes longer than a runner waits for its end.
        Process.Start("rm", ["-rf", _folder]).Dispose();
    }

    private string Data => Path.Combine(_folder, "data");

    private static async Task<PostgresServer> StartOfProcess()
    {
        // Tests need crashes of processes, never of the system: without fsync a thousand databases are made in no time.
        var server = await Start("fsync=off", "synchronous_commit=off", "full_page_writes=off");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return server;
    }

    private async Task TakesQueries()
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException notYet)
            {
                if (_server!.HasExited || clock.Elapsed > Patience)
                {
                    throw new InvalidOperationException($"PostgreSQL did not start: {notYet.Message}\n{_output}");
                }
            }

            await Task.Delay(50);
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            if (_output.Length < 100_000)
            {
                _output.AppendLine(line.Data);
            }
        }
    }

    private static string[] AsServiceUser() => Environment.IsPrivilegedProcess
        ? ["setpriv", $"--reuid={ServiceUser}", $"--regid={ServiceUser}", "--clear-groups"]
        : [];

    /// <summary>The newest installed one: Debian keeps the server's programs out of the path.</summary>
    private static string Program(string name)
    {
        const string debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(debian)
            ? Directory.GetDirectories(debian)
                .OrderByDescending(version => int.TryParse(Path.GetFileName(version), out var number) ? number : 0)
                .Select(version => Path.Combine(version, "bin"))
            : [];
        var path = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        return versions.Concat(path).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) ?? name;
    }

    private static async Task Run(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = "/" })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)}: {await output}{errors}");
        }
    }
}
