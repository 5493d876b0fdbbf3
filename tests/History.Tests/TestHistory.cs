using System.Globalization;
using EvCharge.Domain.Identity;
using EvCharge.History;
using EvCharge.History.Allocation;
using EvCharge.History.Audit;
using EvCharge.History.Authorization;
using EvCharge.History.Chargers;
using EvCharge.History.Commands;
using EvCharge.History.Configuration;
using EvCharge.History.Engines;
using EvCharge.History.Frames;
using EvCharge.History.ChargingProfiles;
using EvCharge.History.Commissioning;
using EvCharge.History.LocalLists;
using EvCharge.History.Proxy;
using EvCharge.History.Queries;
using EvCharge.History.Reservations;
using EvCharge.History.Sessions;
using EvCharge.History.Tenants;
using EvCharge.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace EvCharge.HistoryTests;

/// <summary>A migrated History in a database of its own, on the engine that the tests run on.</summary>
public sealed class TestHistory : IAsyncDisposable
{
    public static readonly TenantId Tenant = TenantId.Default;

    private readonly ServiceProvider _services;
    private readonly bool _ownsDatabase;

    private TestHistory(DatabaseLocation database, bool ownsDatabase, Action<HistoryOptions>? configure)
    {
        Database = database;
        _ownsDatabase = ownsDatabase;
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Clock)
            .AddEvChargeHistory(options =>
            {
                options.Database = database;
                configure?.Invoke(options);
            })
            .BuildServiceProvider();
    }

    public DatabaseLocation Database { get; }

    /// <summary>Where the embedded engine keeps it.</summary>
    public string File => Path.Combine(Database.Address, "history.db");

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    public SessionLog Sessions => _services.GetRequiredService<SessionLog>();
    public CommandLog Commands => _services.GetRequiredService<CommandLog>();
    public AuthorizationLog Authorization => _services.GetRequiredService<AuthorizationLog>();
    public ChargerLog Chargers => _services.GetRequiredService<ChargerLog>();
    public ProxyLog Proxy => _services.GetRequiredService<ProxyLog>();
    public AllocationLog Allocation => _services.GetRequiredService<AllocationLog>();
    public AllocationQueries Allocations => _services.GetRequiredService<AllocationQueries>();
    public ConfigurationStore Configuration => _services.GetRequiredService<ConfigurationStore>();
    public ReceivedFacts Received => _services.GetRequiredService<ReceivedFacts>();
    public ReservationStore Reservations => _services.GetRequiredService<ReservationStore>();
    public LocalListStore LocalLists => _services.GetRequiredService<LocalListStore>();

    public ProfileStore Profiles => _services.GetRequiredService<ProfileStore>();

    public CommissioningStore Commissioning => _services.GetRequiredService<CommissioningStore>();
    public FrameLog Frames => _services.GetRequiredService<FrameLog>();
    public FleetQueries Fleet => _services.GetRequiredService<FleetQueries>();
    public LiveQueries Live => _services.GetRequiredService<LiveQueries>();
    public TransactionQueries Transactions => _services.GetRequiredService<TransactionQueries>();
    public HistoryAvailability Availability => _services.GetRequiredService<HistoryAvailability>();
    public HistoryProbe Probe => _services.GetRequiredService<HistoryProbe>();
    public AuditLog Audit => _services.GetRequiredService<AuditLog>();
    public TenantRecords Tenants => _services.GetRequiredService<TenantRecords>();

    /// <summary>A service that a host would run, on this History.</summary>
    public T Service<T>() => ActivatorUtilities.CreateInstance<T>(_services);

    internal HistoryEngine Engine => _services.GetRequiredService<HistoryEngine>();

    public static async Task<TestHistory> Create(Action<HistoryOptions>? configure = null) =>
        new(await TestEngine.Migrated(), true, configure);

    /// <summary>A History on files, whatever the others run on.</summary>
    public static async Task<TestHistory> CreateSqlite() => new(await TestEngine.Migrated(TestEngine.Sqlite), true, null);

    /// <summary>A History on a server, whatever the others run on; skips the test without one.</summary>
    public static async Task<TestHistory> CreateOnServer(Action<HistoryOptions>? configure = null) =>
        new(await TestEngine.Migrated(TestEngine.Server), true, configure);

    /// <summary>A History on a database that exists and stays: what another process would see.</summary>
    public static TestHistory Open(DatabaseLocation database, Action<HistoryOptions>? configure = null) =>
        new(database, false, configure);

    /// <summary>Reads one value with plain SQL, past everything under test.</summary>
    public async Task<T> Scalar<T>(string sql)
    {
        await using var connection = await TestEngine.Connect(Database);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)Convert.ChangeType((await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!, typeof(T), CultureInfo.InvariantCulture);
    }

    /// <summary>Changes rows with plain SQL, past everything under test.</summary>
    public async Task Execute(string sql)
    {
        await using var connection = await TestEngine.Connect(Database);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_ownsDatabase)
        {
            TestEngine.Remove(Database);
        }
    }
}
