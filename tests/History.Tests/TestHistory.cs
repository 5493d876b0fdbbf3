using EvCharge.Domain.Identity;
using EvCharge.History;
using EvCharge.History.Chargers;
using EvCharge.History.Commands;
using EvCharge.History.Configuration;
using EvCharge.History.Migrations;
using EvCharge.History.Queries;
using EvCharge.History.Sessions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EvCharge.HistoryTests;

/// <summary>A migrated History in a folder of its own, on real files.</summary>
public sealed class TestHistory : IAsyncDisposable
{
    public static readonly TenantId Tenant = TenantId.Default;

    /// <summary>A database fresh from the migrations, made once and copied for each test.</summary>
    private static readonly Lazy<Task<string>> Migrated = new(Migrate);

    private readonly ServiceProvider _services;
    private readonly bool _ownsFolder;

    private TestHistory(string folder, bool ownsFolder, Action<HistoryOptions>? configure)
    {
        Folder = folder;
        _ownsFolder = ownsFolder;
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Clock)
            .AddEvChargeHistory(options =>
            {
                options.DataFolder = folder;
                configure?.Invoke(options);
            })
            .BuildServiceProvider();
    }

    public string Folder { get; }
    public string File => Path.Combine(Folder, "history.db");
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    public SessionLog Sessions => _services.GetRequiredService<SessionLog>();
    public CommandLog Commands => _services.GetRequiredService<CommandLog>();
    public ChargerLog Chargers => _services.GetRequiredService<ChargerLog>();
    public ConfigurationStore Configuration => _services.GetRequiredService<ConfigurationStore>();
    public FleetQueries Fleet => _services.GetRequiredService<FleetQueries>();
    public TransactionQueries Transactions => _services.GetRequiredService<TransactionQueries>();

    public static async Task<TestHistory> Create(Action<HistoryOptions>? configure = null)
    {
        var folder = Directory.CreateTempSubdirectory("history-").FullName;
        System.IO.File.Copy(await Migrated.Value, Path.Combine(folder, "history.db"));
        return new TestHistory(folder, true, configure);
    }

    /// <summary>A History on a folder that exists; the folder stays.</summary>
    public static TestHistory Open(string folder) => new(folder, false, null);

    /// <summary>Reads one value with plain SQL, past everything under test.</summary>
    public async Task<T> Scalar<T>(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, true);
        }
    }

    private static async Task<string> Migrate()
    {
        var options = new HistoryOptions { DataFolder = Directory.CreateTempSubdirectory("history-template-").FullName };
        await MigrationsRunner.Run(options, NullLoggerFactory.Instance);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(options.DataFolder, true);
        return Path.Combine(options.DataFolder, "history.db");
    }
}
