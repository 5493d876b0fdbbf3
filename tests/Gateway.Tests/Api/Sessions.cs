using System.Collections.Immutable;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Metering;
using EvCharge.Domain.Sessions;
using EvCharge.History.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace EvCharge.GatewayTests.Api;

/// <summary>Puts transactions into the record as a silo would, without a charger.</summary>
internal sealed class Sessions(GatewayHost host, string tenant = "default")
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly SessionLog log = host.Services.GetRequiredService<SessionLog>();
    private readonly TenantId tenantId = new(tenant);

    public async Task<Transaction> Start(
        string charger, DateTimeOffset at, int connector = 1, string tag = "TAG", string site = "", string? vehicle = null)
    {
        var ids = await log.NextIds(tenantId);
        var transaction = new Transaction
        {
            Id = ids.Id,
            OcppId = ids.OcppId,
            Connector = new ConnectorId(new ChargerId(tenantId, charger), connector),
            Site = site,
            IdTag = new IdTag(tag),
            Vehicle = vehicle,
            StartedAt = at,
            RawStart = at.ToString("O"),
            MeterStart = 1000,
            StartMessageId = $"start-{ids.Id}",
            ReceivedAt = at,
            OcppVersion = "ocpp1.6",
            Flags = TransactionFlags.NotAuthorized,
        };
        await log.Commit(tenantId, [new TransactionOpened(transaction)]);
        return transaction;
    }

    public async Task Stop(Transaction transaction) => await log.Commit(
        tenantId,
        [
            new TransactionEnded(transaction with
            {
                StoppedAt = transaction.StartedAt.AddHours(1),
                MeterStop = 3500,
                StopReason = "Local",
                StopMessageId = $"stop-{transaction.Id}",
                EnergyWh = 2500,
                Version = transaction.Version + 1,
            }),
        ]);

    /// <summary>One frame of so many samples a minute apart.</summary>
    public async Task Sample(Transaction transaction, int first, int count)
    {
        var samples = Enumerable.Range(first, count).Select(minute =>
        {
            var at = transaction.StartedAt.AddMinutes(minute);
            return new Sample(at, at.ToString("O"),
            [
                new Reading("Energy.Active.Import.Register", null, "Outlet", "Sample.Periodic", 1000 + minute, "Wh", $"{1000 + minute}"),
                new Reading("Current.Import", "L2", "Outlet", "Sample.Periodic", 15.5, "A", "15.5"),
                new Reading("SoC", null, "EV", "Sample.Periodic", null, "Percent", "n/a"),
            ]);
        }).ToImmutableArray();
        var frame = new MeterFrame(
            transaction.Connector, transaction.Id, samples[0].RawStamp, first.ToString("x32", null), samples[0].At, samples);
        await log.Commit(tenantId, [new MeterRecorded(frame, null)]);
    }
}
