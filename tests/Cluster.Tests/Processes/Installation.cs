using System.Collections.Immutable;
using EvCharge.Servers;
using Npgsql;

namespace EvCharge.ClusterTests;

/// <summary>The ways to run the product that must behave alike.</summary>
public enum InstallationKind
{
    /// <summary>One process on the embedded engine.</summary>
    Standalone,

    /// <summary>One process on PostgreSQL.</summary>
    StandaloneOnPostgreSql,

    /// <summary>Two silos and two gateways on PostgreSQL.</summary>
    Split,
}

/// <summary>The product with all its processes and its database server, on a folder of its own.</summary>
internal sealed class Installation : IAsyncDisposable
{
    public const string AdminPassword = "cluster-tests-admin";

    private static readonly Lazy<Task<string>> MigratedDatabase = new(MigrateAsync);

    private readonly Build _build;

    private Installation(string folder, Build? build = null) => (Folder, _build) = (folder, build ?? Build.Ours);

    /// <summary>Holds the logs, and the data of the embedded engine; it stays until the next run of the same test.</summary>
    public string Folder { get; }

    /// <summary>The server of its own, which may be killed; null where it shares one, or is on the embedded engine.</summary>
    public PostgresServer? Database { get; private init; }

    private TcpRelay? Line { get; init; }

    /// <summary>Where the second silo runs; null for this machine.</summary>
    private NetworkNamespace? Apart { get; init; }

    /// <summary>The processes that hold grains.</summary>
    public ImmutableArray<ProductProcess> Silos { get; private set; } = [];

    /// <summary>The processes that hold sockets: those of <see cref="Silos"/> when they are not split.</summary>
    public ImmutableArray<ProductProcess> Gateways { get; private set; } = [];

    public IEnumerable<ProductProcess> Processes => Silos.Union(Gateways);

    /// <summary>Where chargers connect that do not care where.</summary>
    public Uri Ocpp => Gateways[0].Ocpp;

    public Uri Http => Gateways[0].Http;

    /// <summary>Starts an installation without data and waits until it is ready.</summary>
    public static Task<Installation> StartAsync(InstallationKind kind, string name, params string[] arguments) =>
        StartAsync(kind, name, null, null, arguments);

    /// <summary>The same on a database server of its own, which ends with it.</summary>
    /// <param name="line">Through which the server is reached; null for no other than the machine's own.</param>
    public static async Task<Installation> StartAsync(
        InstallationKind kind, string name, PostgresServer? server, TcpRelay? line = null, params string[] arguments)
    {
        var installation = new Installation(EmptyFolder(kind == InstallationKind.Standalone ? name : $"{name}-{kind}")) { Database = server, Line = line };
        return await installation.StartedAsync(kind, arguments);
    }

    /// <summary>A split installation whose second silo is on the other side of a line, as is the database for it.</summary>
    /// <param name="line">From there to the server that all share.</param>
    public static Task<Installation> StartAsync(string name, NetworkNamespace apart, TcpRelay line) =>
        new Installation(EmptyFolder(name)) { Apart = apart, Line = line }.StartedAsync(InstallationKind.Split, []);

    /// <summary>A split installation of another version, on a database that was made by it.</summary>
    public static Task<Installation> StartAsync(string name, Build build) => new Installation(EmptyFolder(name), build).StartedAsync(InstallationKind.Split, []);

    /// <summary>Brings the database to that version while the processes run.</summary>
    public Task MigrateAsync(Build build) =>
        Make("migration", build.Silo, Silos[0].Environment["EVCHARGE_CONNECTION"], null, []).RunAsync("--migrate");

    public Task<ProductApi> LoginAsync() => ProductApi.LoginAsync(Http);

    /// <summary>Where that charger connects: they are dealt out round the gateways.</summary>
    public Uri OcppOf(int charger) => Gateways[charger % Gateways.Length].Ocpp;

    /// <summary>Starts all processes that were killed, silos first, and waits until each is ready.</summary>
    public async Task StartAsync(TimeSpan patience)
    {
        foreach (var process in Processes)
            process.Launch();
        foreach (var process in Processes)
            await process.ReadyAsync(patience);
    }

    /// <summary>A power cut of all machines but that of the database.</summary>
    public Task KillAsync() => Task.WhenAll(Processes.Select(process => process.KillAsync()));

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Processes)
            await process.DisposeAsync();
        if (Database is not null)
            await Database.DisposeAsync();
    }

    private async Task<Installation> StartedAsync(InstallationKind kind, string[] arguments)
    {
        try
        {
            await InitializeAsync(kind, arguments);
            return this;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    private async Task InitializeAsync(InstallationKind kind, string[] arguments)
    {
        var connection = kind == InstallationKind.Standalone ? null : await CreateDatabaseAsync();
        if (kind == InstallationKind.Split)
        {
            var cluster = $"test-{Guid.NewGuid():N}";
            Silos = [.. Enumerable.Range(1, 2).Select(number => Make($"silo{number}", _build.Silo, connection, cluster, arguments))];
            Gateways = [.. Enumerable.Range(1, 2).Select(number => Make($"gateway{number}", _build.Gateway, connection, cluster, arguments))];
        }
        else
        {
            string[] data = ["--data", Path.Combine(Folder, "data"), .. arguments];
            Silos = Gateways = [Make("standalone", BuiltAssembly.Standalone, connection, null, data)];
        }

        if (Apart is not null)
            SetApart(Silos[1], Apart, Line!, connection!);
        await StartAsync(TimeSpan.FromSeconds(60));
    }

    private void SetApart(ProductProcess silo, NetworkNamespace apart, TcpRelay line, string connection)
    {
        foreach (var other in Silos)
            other.Environment["EVCHARGE_SILO_ADDRESS"] = apart.HostAddress.ToString();
        silo.Environment["EVCHARGE_SILO_ADDRESS"] = apart.Address.ToString();
        silo.Environment["EVCHARGE_CONNECTION"] = new NpgsqlConnectionStringBuilder(connection) { Host = apart.HostAddress.ToString(), Port = line.Port }.ToString();
        silo.Apart = apart;
        silo.MoveToOtherPorts();
    }

    private async Task<string> CreateDatabaseAsync()
    {
        if (Database is null && _build == Build.Ours)
            return await (await PostgresServer.Shared()).CreateDatabase(await MigratedDatabase.Value);

        var database = await (Database ?? await PostgresServer.Shared()).CreateDatabase();
        await MigrateAsync(database, Folder, _build);
        return Line is null ? database : database.Replace($"Port={Database!.Port};", $"Port={Line.Port};", StringComparison.Ordinal);
    }

    /// <summary>Made once and copied for each installation: to migrate takes as long as to start.</summary>
    private static async Task<string> MigrateAsync()
    {
        var database = await (await PostgresServer.Shared()).CreateDatabase();
        await MigrateAsync(database, EmptyFolder("migrated"), Build.Ours);
        return database;
    }

    private static Task MigrateAsync(string database, string folder, Build build) =>
        new Installation(folder).Make("migration", build.Silo, database, null, []).RunAsync("--migrate");

    private ProductProcess Make(string name, string assembly, string? connection, string? cluster, string[] arguments)
    {
        var process = new ProductProcess(name, assembly, Folder, arguments) { Environment = { ["EVCHARGE_ADMIN_PASSWORD"] = AdminPassword } };
        if (connection is not null)
        {
            process.Environment["EVCHARGE_DB"] = "postgresql";
            process.Environment["EVCHARGE_CONNECTION"] = connection;
        }

        if (cluster is not null)
        {
            process.Environment["EVCHARGE_CLUSTER_ID"] = cluster;
            process.Environment["EVCHARGE_SILO_ADDRESS"] = "127.0.0.1";
            process.Environment["EVCHARGE_SILO_PORT"] = "0";
        }

        return process;
    }

    /// <summary>A folder for a test of that name, emptied of what its last run left.</summary>
    internal static string EmptyFolder(string name)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "processes", name);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        return Directory.CreateDirectory(folder).FullName;
    }
}
