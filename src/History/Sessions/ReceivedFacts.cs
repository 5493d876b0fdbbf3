using EvCharge.Domain.Identity;
using EvCharge.Domain.Metering;
using EvCharge.Domain.Sessions;
using EvCharge.History.Engines;
using EvCharge.History.Tables;
using EvCharge.Storage;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Sessions;

/// <summary>The record of one charger by when its facts were received, for comparison with a replay. Asked seldom.</summary>
public sealed class ReceivedFacts(HistoryEngine engine)
{
    /// <summary>Transactions whose start was received then, in the order of their ids.</summary>
    public Task<IReadOnlyList<Transaction>> Transactions(ChargerId charger, DateTimeOffset from, DateTimeOffset to) =>
        engine.Read<IReadOnlyList<Transaction>>(async tables =>
        {
            var rows = await Of(tables, charger).Where(row => row.ReceivedAt >= from && row.ReceivedAt < to).OrderBy(row => row.Id).ToListAsync();
            return rows.ConvertAll(row => row.ToTransaction());
        });

    /// <summary>A transaction that was started before the moment and not stopped by then, or null.</summary>
    public Task<Transaction?> RunningAt(ChargerId charger, DateTimeOffset moment) => engine.Read(async tables =>
        (await Of(tables, charger)
            .Where(row => row.ReceivedAt < moment && (row.StoppedAt == null || row.StoppedAt >= moment))
            .FirstOrDefaultAsync())?.ToTransaction());

    /// <summary>Frames of meter values that were received then, in the order in which they were stored.</summary>
    public Task<IReadOnlyList<MeterFrame>> MeterFrames(ChargerId charger, DateTimeOffset from, DateTimeOffset to) =>
        engine.Read<IReadOnlyList<MeterFrame>>(async tables =>
        {
            var rows = await tables.MeterFrames
                .Where(row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name)
                .Where(row => row.ReceivedAt >= from && row.ReceivedAt < to)
                .OrderBy(row => row.RowId)
                .ToListAsync();
            return rows.ConvertAll(row => row.ToFrame());
        });

    /// <summary>True when an equal frame of the charger was received before the moment.</summary>
    public Task<bool> HasFrame(ChargerId charger, MeterFrame frame, DateTimeOffset before) => engine.Read(tables =>
    {
        var stamp = StorableValue.Key(frame.DeviceStamp);
        return tables.MeterFrames.AnyAsync(row =>
            row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name && row.Connector == frame.Connector.Number
            && row.TransactionId == frame.TransactionId && row.DeviceStamp == stamp
            && row.PayloadHash == frame.PayloadHash && row.ReceivedAt < before);
    });

    /// <summary>The status that the connector had at the moment, or null when it had none.</summary>
    public Task<ConnectorStatus?> StatusAt(ConnectorId connector, DateTimeOffset moment) => engine.Read(async tables =>
    {
        var rows = await tables.Ask<ConnectorStateRow>(
            SessionQueries.StatusBefore,
            ("tenant", connector.Charger.Tenant.Value),
            ("charger", connector.Charger.Name),
            ("connector", connector.Number),
            ("moment", engine.Time(moment)));
        return rows.FirstOrDefault()?.ToStatus();
    });

    private static IQueryable<TransactionRow> Of(HistoryTables tables, ChargerId charger) =>
        tables.Transactions.Where(row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name);
}
