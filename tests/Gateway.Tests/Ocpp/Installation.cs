using System.Data.Common;
using EvCharge.Hosting;
using EvCharge.Servers;
using EvCharge.Silo;
using EvCharge.Standalone;
using EvCharge.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EvCharge.GatewayTests.Ocpp;

/// <summary>
/// The product as <see cref="InstallationKind"/> says, composed by its executables' own hosts, with a database and settings
/// of its own. It can be stopped and started on its data.
/// </summary>
internal sealed class Installation : IAsyncDisposable
{
    public const string AdminPassword = "correct horse battery";

    private readonly string _data = Directory.CreateTempSubdirectory("evcharge-installation-").FullName;
    private readonly string _cluster = Guid.NewGuid().ToString("N");
    private readonly string[] _settings;
    private readonly List<WebApplication> _hosts = [];
    private readonly List<IDisposable> _claims = [];
    private WebApplication[] _gateways = [];
    private DatabaseLocation _database;
    private uint _turns;

    private Installation(string[] settings)
    {
        _settings = settings;
        _database = DatabaseLocation.Folder(_data);
    }

    /// <summary>Where the embedded engine keeps its files.</summary>
    public string Folder => _data;

    /// <summary>Of the first gateway.</summary>
    public IServiceProvider Services => _gateways[0].Services;

    public IEnumerable<IServiceProvider> Gateways => _gateways.Select(gateway => gateway.Services);

    /// <summary>Of one gateway after the other: who asks twice meets both.</summary>
    public Uri Address => new(_gateways[Interlocked.Increment(ref _turns) % (uint)_gateways.Length].Urls.First());

    public Uri FirstAddress => new(_gateways[0].Urls.First());

    /// <summary>Of the first gateway, over TLS.</summary>
    public Uri SecureAddress => new(_gateways[0].Urls.First(url => url.StartsWith("https", StringComparison.Ordinal)));

    public Records Records => new(Services);

    /// <param name="settings">As on the command line, <c>--Ocpp:PingSeconds=1</c>.</param>
    public static async Task<Installation> Start(params string[] settings)
    {
        var installation = new Installation(settings);
        if (InstallationKind.Current != InstallationKind.Standalone)
        {
            installation._database = await CreateDatabase();
            await Hosting.Installation.Migrate(new DatabaseLocations(installation._database), NullLoggerFactory.Instance);
        }

        await installation.Start();
        return installation;
    }

    public async Task Start()
    {
        if (InstallationKind.IsSplit)
        {
            await Task.WhenAll(StartSilo(), StartSilo());
            _gateways = await Task.WhenAll(StartGateway(), StartGateway());
        }
        else
        {
            _gateways = [await StartStandalone()];
        }
    }

    /// <summary>Stops as on SIGTERM, gateways first.</summary>
    public async Task Stop()
    {
        await Task.WhenAll(_gateways.Select(Stop));
        await Task.WhenAll(_hosts.Except(_gateways).Select(Stop));
        _claims.ForEach(claim => claim.Dispose());
        _gateways = [];
        _hosts.Clear();
        _claims.Clear();
    }

    public async Task Restart()
    {
        await Stop();
        await Start();
    }

    /// <summary>Changes the database past the product; the statement may name <c>@value</c>.</summary>
    public async Task<int> Execute(string sql, string value)
    {
        await using DbConnection connection = _database.Engine switch
        {
            DatabaseEngine.PostgreSql => new NpgsqlConnection(_database.Address),
            DatabaseEngine.SqlServer => new SqlConnection(_database.Address),
            _ => new SqliteConnection($"Data Source={Path.Combine(_data, "history.db")};Pooling=False"),
        };
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("@value", value);
        command.Parameters.Add(parameter);
        return await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Directory.Delete(_data, recursive: true);
    }

    private static async Task<DatabaseLocation> CreateDatabase()
    {
        if (InstallationKind.Current is not (InstallationKind.StandaloneOnSqlServer or InstallationKind.SplitOnSqlServer))
        {
            return DatabaseLocation.PostgreSql(await (await PostgresServer.Shared()).CreateDatabase());
        }

        var server = await SqlServerInstance.Shared();
        Assert.SkipWhen(
            server is null, $"There is no SQL Server: {SqlServerInstance.ConnectionKey} names none, and no engine for containers runs.");
        return DatabaseLocation.SqlServer(await server.CreateDatabase());
    }

    private async Task<WebApplication> StartStandalone()
    {
        var line = Read(["--data", _data, .. Arguments()], StandaloneOptions.ReadLine);
        var builder = ProcessSettings.CreateBuilder(line, StandaloneOptions.DefaultUrl);
        var options = Valid(StandaloneOptions.Read(line, builder.Configuration, out var problem), problem);
        var folder = DataFolder.TryOpen(options.DataFolder);
        _claims.Add(folder!);
        return await Started(await StandaloneHost.Build(builder, options, folder!, TestContext.Current.CancellationToken));
    }

    private Task<WebApplication> StartSilo()
    {
        var line = Read(Arguments(), SiloOptions.ReadLine);
        var builder = ProcessSettings.CreateBuilder(line, SiloOptions.DefaultUrl);
        var options = Valid(SiloOptions.Read(line, builder.Configuration, out var problem), problem);
        var ports = Valid(SiloPorts.Claim(options, out problem), problem);
        _claims.Add(ports);
        return Started(SiloHost.Build(builder, options, ports));
    }

    private Task<WebApplication> StartGateway()
    {
        var line = Read(Arguments(), Gateway.GatewayOptions.ReadLine);
        var builder = ProcessSettings.CreateBuilder(line, Gateway.GatewayOptions.DefaultUrl);
        var options = Valid(Gateway.GatewayOptions.Read(line, builder.Configuration, out var problem), problem);
        return Started(Gateway.GatewayHost.Build(builder, options));
    }

    private string[] Arguments() =>
    [
        "--urls", "http://127.0.0.1:0;https://127.0.0.1:0", $"--Kestrel:Certificates:Default:Path={TestAuthority.ServerCertificateFile}",
        $"--Kestrel:Certificates:Default:KeyPath={TestAuthority.ServerKeyFile}", $"--EVCHARGE_ADMIN_PASSWORD={AdminPassword}", "--Logging:Console:LogLevel:Default=None",
        .. _database.Engine == DatabaseEngine.Sqlite
            ? Array.Empty<string>()
            : [$"--EVCHARGE_DB={_database.Engine.ToString().ToLowerInvariant()}", $"--EVCHARGE_CONNECTION={_database.Address}", $"--EVCHARGE_CLUSTER_ID={_cluster}", "--EVCHARGE_SILO_ADDRESS=127.0.0.1"],
        .. _settings,
    ];

    private async Task<WebApplication> Started(WebApplication host)
    {
        lock (_hosts)
        {
            _hosts.Add(host);
        }

        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    private static async Task Stop(WebApplication host)
    {
        await host.StopAsync(CancellationToken.None);
        await host.DisposeAsync();
    }

    private static CommandLine Read(string[] arguments, Reader read) => Valid(read(arguments, out var problem), problem);

    private static T Valid<T>(T? options, string? problem)
        where T : class
    {
        Assert.Null(problem);
        return options!;
    }

    private delegate CommandLine? Reader(string[] arguments, out string? problem);
}
