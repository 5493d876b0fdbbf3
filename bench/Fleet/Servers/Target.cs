using System.Net;
using EvCharge.Servers;

namespace EvCharge.Fleet.Servers;

/// <summary>What is measured: a server as its users would run it, with all its processes.</summary>
internal enum TargetKind
{
    /// <summary>Kestrel alone.</summary>
    Echo,

    /// <summary>One process on the embedded engine.</summary>
    Sqlite,

    /// <summary>One process on PostgreSQL.</summary>
    PostgreSql,

    /// <summary>Silos, one when nothing else is said, and a gateway on PostgreSQL.</summary>
    Split,

    /// <summary>A central system on the npm package ocpp-rpc, which stores nothing; where Node is installed.</summary>
    Peer,
}

/// <summary>
/// A running server without data. It keeps no frame log and prints warnings only; all other settings are those that it has
/// when nobody says anything.
/// </summary>
internal sealed class Target : IAsyncDisposable
{
    public const string AdminPassword = "fleet-admin-password";

    private static readonly string[] Settings = ["--FrameLog:Mode=off", "--Logging:LogLevel:Default=Warning"];
    private readonly string _folder = Directory.CreateTempSubdirectory("evcharge-fleet-").FullName;
    private readonly string[] _settings;
    private readonly int _silos;
    private readonly List<ServerProcess> _processes = [];
    private readonly HashSet<string> _chargers = new(StringComparer.Ordinal);
    private ManagementApi? _api;
    private PostgresServer? _database;

    private Target(TargetKind kind, int silos, string[] settings)
    {
        Kind = kind;
        _silos = silos;
        _settings = [.. Settings, .. settings];
    }

    public TargetKind Kind { get; }

    public string Name => Kind switch
    {
        TargetKind.Echo => "echo",
        TargetKind.Sqlite => "standalone, SQLite",
        TargetKind.PostgreSql => "standalone, PostgreSQL",
        TargetKind.Peer => "ocpp-rpc 2.2.1 on Node",
        _ => "split, PostgreSQL",
    };

    /// <summary>Where chargers connect.</summary>
    public IPEndPoint Address => _processes[^1].Address;

    /// <summary>Of all its processes; the database server is not one of them.</summary>
    public TimeSpan Cpu => TimeSpan.FromTicks(_processes.Sum(process => process.Cpu.Ticks));

    public long Memory => _processes.Sum(process => process.Memory);

    /// <summary>The processes that hold grains.</summary>
    public IReadOnlyList<ServerProcess> Silos => _processes[..^1];

    /// <summary>The process that chargers connect to.</summary>
    public ServerProcess Gateway => _processes[^1];

    /// <summary>Null on the embedded engine.</summary>
    public PostgresServer? Database => _database;

    /// <param name="settings">Command line options that take the place of what the product does when nobody says anything.</param>
    public static Task<Target> Start(TargetKind kind, params string[] settings) => Start(new Target(kind, silos: 1, settings));

    public static Task<Target> StartSplit(int silos) => Start(new Target(TargetKind.Split, silos, []));

    private static async Task<Target> Start(Target target)
    {
        try
        {
            await target.Start();
            return target;
        }
        catch
        {
            await target.DisposeAsync();
            throw;
        }
    }

    /// <summary>Configures the chargers that are not yet.</summary>
    public Task Provide(IEnumerable<string> chargers) =>
        _api?.PutChargers([.. chargers.Where(_chargers.Add)]) ?? Task.CompletedTask;

    /// <summary>The REST interface of a server of the product.</summary>
    public ManagementApi Api => _api ?? throw new InvalidOperationException("It is no server of the product.");

    /// <summary>Makes a tag known that may charge everywhere.</summary>
    public Task ProvideTag(string tag) => _api?.PutTag(tag) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _api?.Dispose();
        foreach (var process in _processes.AsEnumerable().Reverse())
        {
            await process.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task Start()
    {
        if (Kind == TargetKind.Echo)
        {
            // With the garbage collector that every web project has, the product's included.
            await Add("echo", BuiltAssembly.Echo, ["echo"], new Dictionary<string, string> { ["DOTNET_gcServer"] = "1" });
            return;
        }

        if (Kind == TargetKind.Peer)
        {
            await Add("ocpp-rpc", await OcppRpc.Install(), [], []);
            return;
        }

        var environment = new Dictionary<string, string>
        {
            ["EVCHARGE_ADMIN_PASSWORD"] = AdminPassword,
            ["DOTNET_hostBuilder__reloadConfigOnChange"] = "false",
        };
        if (Kind != TargetKind.Sqlite)
        {
            _database = await PostgresServer.Start();
            environment["EVCHARGE_DB"] = "postgresql";
            environment["EVCHARGE_CONNECTION"] = await _database.CreateDatabase();
        }

        if (Kind == TargetKind.Split)
        {
            environment["EVCHARGE_CLUSTER_ID"] = $"fleet-{Guid.NewGuid():N}";
            environment["EVCHARGE_SILO_ADDRESS"] = "127.0.0.1";
            environment["EVCHARGE_SILO_PORT"] = "0";
            await ServerProcess.Run("migrate", _folder, BuiltAssembly.Silo, ["--migrate"], environment);
            for (var silo = 1; silo <= _silos; silo++)
            {
                await Add($"silo{silo}", BuiltAssembly.Silo, _settings, environment);
            }

            await Add("gateway", BuiltAssembly.Gateway, _settings, environment);
        }
        else
        {
            await Add("standalone", BuiltAssembly.Standalone, ["--data", Path.Combine(_folder, "data"), .. _settings], environment);
        }

        _api = await ManagementApi.Login(Address);
        await _api.PutSite();
    }

    private async Task Add(string name, string assembly, string[] arguments, Dictionary<string, string> environment) =>
        _processes.Add(await ServerProcess.Start(name, _folder, assembly, arguments, environment));
}
