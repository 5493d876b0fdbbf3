using EvCharge.Domain.Identity;
using EvCharge.Domain.Metering;
using EvCharge.Domain.Sessions;
using EvCharge.History.Tables;

namespace EvCharge.History.Sessions;

/// <summary>Between facts of sessions and their rows.</summary>
internal static class TransactionRows
{
    public static Transaction ToTransaction(this TransactionRow row) => new()
    {
        Id = row.Id,
        OcppId = row.OcppId,
        Connector = new ConnectorId(new ChargerId(new TenantId(row.TenantId), row.ChargerId), row.Connector),
        Site = row.SiteId,
        IdTag = new IdTag(row.IdTag),
        Vehicle = row.VehicleId,
        StartedAt = row.StartedAt,
        RawStart = row.RawStart,
        MeterStart = row.MeterStart,
        StartMessageId = row.StartMessageId,
        Again = row.Again,
        ReceivedAt = row.ReceivedAt,
        StoppedAt = row.StoppedAt,
        MeterStop = row.MeterStop,
        StopReason = row.StopReason,
        StopMessageId = row.StopMessageId,
        ClosedBySystem = row.ClosedBySystem,
        EnergyWh = row.EnergyWh,
        PowerW = row.PowerW,
        Soc = row.Soc,
        LastSampleAt = row.LastSampleAt,
        OcppVersion = row.OcppVersion,
        Flags = (TransactionFlags)row.Flags,
        Version = row.Version,
    };

    /// <summary>The frame with its samples, or with those of a period, half-open.</summary>
    public static MeterFrame ToFrame(this MeterFrameRow row, DateTimeOffset? from = null, DateTimeOffset? to = null) => new(
        new ConnectorId(new ChargerId(new TenantId(row.TenantId), row.ChargerId), row.Connector),
        row.TransactionId,
        row.DeviceStamp,
        row.PayloadHash,
        row.ReceivedAt,
        SamplePacking.Unpack(row.Samples, from, to),
        (MeterFlags)row.Flags);

    public static ConnectorStatus ToStatus(this ConnectorStateRow row) => new(
        row.Status, row.ErrorCode, row.Info, row.VendorId, row.VendorErrorCode, row.DeviceStamp, row.ReceivedAt);
}
