using System.Collections.Immutable;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Metering;
using EvCharge.Domain.Sessions;

namespace EvCharge.HistoryTests.Sessions;

/// <summary>Facts to tell History, with nothing special about them.</summary>
internal static class Facts
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly ChargerId Charger = new(TestHistory.Tenant, "CP1");
    public static readonly ConnectorId Connector = new(Charger, 1);

    public static async Task<Transaction> NewStart(
        TestHistory history,
        ConnectorId? connector = null,
        string rawStart = "2026-03-01T12:00:00Z",
        string tag = "TAG1",
        DateTimeOffset? startedAt = null,
        string site = "home",
        string? vehicle = null)
    {
        var ids = await history.Sessions.NextIds((connector ?? Connector).Charger.Tenant);
        return new Transaction
        {
            Id = ids.Id,
            OcppId = ids.OcppId,
            Connector = connector ?? Connector,
            Site = site,
            IdTag = new IdTag(tag),
            Vehicle = vehicle,
            StartedAt = startedAt ?? Noon,
            RawStart = rawStart,
            MeterStart = 1000,
            StartMessageId = "start-1",
            ReceivedAt = startedAt ?? Noon,
            OcppVersion = "ocpp1.6",
        };
    }

    public static Transaction Ended(this Transaction transaction, double meterStop = 3500, string messageId = "stop-1") =>
        transaction with
        {
            StoppedAt = transaction.StartedAt.AddHours(1),
            MeterStop = meterStop,
            StopReason = "Local",
            StopMessageId = messageId,
            EnergyWh = meterStop - transaction.MeterStart,
            Version = transaction.Version + 1,
        };

    public static Transaction Advanced(this Transaction transaction, double energyWh) => transaction with
    {
        EnergyWh = energyWh,
        PowerW = 11000,
        Soc = 55,
        LastSampleAt = transaction.StartedAt.AddMinutes(10),
        Version = transaction.Version + 1,
    };

    public static MeterFrame Frame(ConnectorId connector, long transactionId, string stamp, string hash = "00") => new(
        connector,
        transactionId,
        stamp,
        hash.PadLeft(32, '0'),
        Noon.AddMinutes(10),
        [new Sample(Noon.AddMinutes(10), stamp, [new Reading("Energy.Active.Import.Register", null, "Outlet", "Sample.Periodic", 1500, "Wh", "1500")])]);

    public static ConnectorStatus Status(string status, DateTimeOffset receivedAt) =>
        new(status, ConnectorStatus.NoError, null, null, null, "2026-03-01T12:00:00Z", receivedAt);
}
