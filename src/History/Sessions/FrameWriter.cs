using EvCharge.Domain.Identity;
using EvCharge.Domain.Metering;
using EvCharge.History.Engines;
using EvCharge.History.Tables;
using EvCharge.Storage;

namespace EvCharge.History.Sessions;

/// <summary>Writes frames of meter values, one row each.</summary>
internal static class FrameWriter
{
    /// <returns>False when the frame is a repeat.</returns>
    public static bool Insert(HistoryWrite write, TenantId tenant, MeterFrame frame, byte[] packed) => Insert(
        write, tenant.Value, frame.Connector.Charger.Name, frame.Connector.Number, frame.TransactionId,
        StorableValue.Key(frame.DeviceStamp), frame.PayloadHash, frame.ReceivedAt, (int)frame.Flags, packed);

    /// <summary>The same of a frame from another database; its row id is not kept.</summary>
    public static bool Insert(HistoryWrite write, MeterFrameRow row) => Insert(
        write, row.TenantId, row.ChargerId, row.Connector, row.TransactionId, row.DeviceStamp, row.PayloadHash, row.ReceivedAt, row.Flags,
        row.Samples);

    private static bool Insert(
        HistoryWrite write, string tenant, string charger, int connector, long transaction, string deviceStamp, string payloadHash,
        DateTimeOffset receivedAt, int flags, byte[] samples) =>
        write.ExecuteOne(
            SessionStatements.InsertFrame,
            ("@tenant", tenant),
            ("@charger", charger),
            ("@connector", connector),
            ("@transaction", transaction),
            ("@device_stamp", deviceStamp),
            ("@payload_hash", payloadHash),
            ("@received_at", write.Time(receivedAt)),
            ("@flags", flags),
            ("@samples", samples));
}
