using BenchmarkDotNet.Attributes;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using EvCharge.History;
using EvCharge.History.Migrations;
using EvCharge.History.Sessions;
using EvCharge.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvCharge.Micro;

/// <summary>The writer of the record on SQLite: status reports of so many connectors that wait for a commit together. Time is that of all.</summary>
public class HistoryBenchmarks
{
    private readonly string _folder = Directory.CreateTempSubdirectory("evcharge-micro-").FullName;
    private ServiceProvider _services = null!;
    private SessionLog _log = null!;
    private StatusRecorded[] _reports = [];

    [Params(1, 10, 100)]
    public int Together { get; set; }

    [GlobalSetup]
    public async Task Open()
    {
        var database = DatabaseLocation.Folder(_folder);
        await MigrationsRunner.Run(new HistoryOptions { Database = database }, NullLoggerFactory.Instance);
        _services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System)
            .AddEvChargeHistory(history => history.Database = database).BuildServiceProvider();
        _log = _services.GetRequiredService<SessionLog>();
        _reports =
        [
            .. Enumerable.Range(0, Together).Select(number => new StatusRecorded(
                new ConnectorId(new ChargerId(TenantId.Default, $"CP{number}"), 1),
                new ConnectorStatus("Available", "NoError", null, null, null, "", new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)))),
        ];
    }

    [GlobalCleanup]
    public async Task Close()
    {
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark]
    public Task CommitStatuses() => Task.WhenAll(_reports.Select(report => _log.Commit(TenantId.Default, [report])));
}
