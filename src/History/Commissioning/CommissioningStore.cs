using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using EvCharge.Domain.Commissioning;
using EvCharge.Domain.Identity;
using EvCharge.History.Engines;
using EvCharge.History.Identifiers;
using EvCharge.History.Queries;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Commissioning;

/// <summary>Tests of chargers: asked for and watched by operators, written by the grains that run them.</summary>
public sealed class CommissioningStore(HistoryEngine engine)
{
    /// <summary>Tests kept of one charger; the oldest give way.</summary>
    public const int MostOfCharger = 20;

    /// <summary>The newest tests of a tenant that its compatibility list is made from.</summary>
    public const int MostCompared = 2_000;

    private const string IdName = "commissioning";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Stores a test under a new id.</summary>
    /// <returns>Null when one of the charger runs already.</returns>
    public Task<CommissioningReport?> Create(CommissioningReport report) => engine.Write(
        write =>
        {
            var (tables, tenant) = (write.Tables, report.Charger.Tenant);
            write.Alone(tenant, IdName);
            if (Of(tables, report.Charger).Any(row => row.Status == (int)CommissioningStatus.Running))
            {
                return null;
            }

            var stored = report with { Id = IdStatements.Reserve(write, tenant, IdName, 1) };
            tables.Insert(Row(stored));
            var tooMany = Of(tables, report.Charger).OrderByDescending(row => row.Id).Select(row => row.Id).Skip(MostOfCharger).ToList();
            Of(tables, report.Charger).Delete(row => tooMany.Contains(row.Id));
            return stored;
        },
        rows: 2,
        bytes: 2_048);

    /// <summary>Stores how far a test that runs has come.</summary>
    /// <returns>False when it runs no more: somebody ended it.</returns>
    public Task<bool> Save(CommissioningReport report) => engine.Write(
        write => Running(write.Tables, report.Charger.Tenant).Where(row => row.Id == report.Id)
            .Set(row => row.EndedAt, report.EndedAt)
            .Set(row => row.Status, (int)report.Status)
            .Set(row => row.Vendor, report.Vendor)
            .Set(row => row.Model, report.Model)
            .Set(row => row.Firmware, report.Firmware)
            .Set(row => row.Steps, JsonSerializer.Serialize(report.Steps, Format))
            .Update() > 0,
        rows: 1,
        bytes: 2_048);

    public Task<CommissioningReport?> Find(SiteScope scope, long id) => engine.Read(async tables =>
        await In(tables, scope).FirstOrDefaultAsync(row => row.Id == id) is { } row ? Read(row) : null);

    /// <summary>The test of the charger that runs; null for none.</summary>
    public Task<CommissioningReport?> FindRunning(ChargerId charger) => engine.Read(async tables =>
        await Of(tables, charger).FirstOrDefaultAsync(row => row.Status == (int)CommissioningStatus.Running) is { } row ? Read(row) : null);

    /// <summary>Newest first; <paramref name="before"/> is the last id seen.</summary>
    /// <param name="charger">Null for all.</param>
    public Task<IReadOnlyList<CommissioningReport>> List(SiteScope scope, string? charger, long? before, int limit) =>
        engine.Read<IReadOnlyList<CommissioningReport>>(async tables =>
        {
            var bound = before ?? long.MaxValue;
            var rows = In(tables, scope).Where(row => row.Id < bound);
            rows = charger is null ? rows : rows.Where(row => row.ChargerId == charger);
            return (await rows.OrderByDescending(row => row.Id).Take(limit).ToListAsync()).ConvertAll(Read);
        });

    private static IQueryable<CommissioningRow> In(HistoryTables tables, SiteScope scope)
    {
        var tests = tables.Commissionings.Where(row => row.TenantId == scope.Tenant.Value);
        return tables.NamesIn(scope) is { } names ? tests.Where(row => names.Contains(row.ChargerId)) : tests;
    }

    private static IQueryable<CommissioningRow> Of(HistoryTables tables, ChargerId charger) =>
        tables.Commissionings.Where(row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name);

    private static IQueryable<CommissioningRow> Running(HistoryTables tables, TenantId tenant) =>
        tables.Commissionings.Where(row => row.TenantId == tenant.Value && row.Status == (int)CommissioningStatus.Running);

    private static CommissioningRow Row(CommissioningReport report) => new()
    {
        TenantId = report.Charger.Tenant.Value,
        Id = report.Id,
        ChargerId = report.Charger.Name,
        Connector = report.Connector,
        Limit = report.Limit,
        RequestedBy = report.RequestedBy,
        RequestedAt = report.RequestedAt,
        EndedAt = report.EndedAt,
        Status = (int)report.Status,
        Vendor = report.Vendor,
        Model = report.Model,
        Firmware = report.Firmware,
        Steps = JsonSerializer.Serialize(report.Steps, Format),
    };

    private static CommissioningReport Read(CommissioningRow row) => new(
        new ChargerId(new TenantId(row.TenantId), row.ChargerId),
        row.Id,
        row.Connector,
        row.Limit,
        row.RequestedBy,
        row.RequestedAt,
        row.EndedAt,
        (CommissioningStatus)row.Status,
        JsonSerializer.Deserialize<ImmutableArray<StepReport>>(row.Steps, Format))
    {
        Vendor = row.Vendor,
        Model = row.Model,
        Firmware = row.Firmware,
    };
}
