using EvCharge.Domain.Identity;
using EvCharge.Domain.Metering;
using EvCharge.Domain.Sessions;
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

    /// <summary>
    /// Writes a frame with the progress of its transaction, both assumed to be as expected: the frame no repeat, and the transaction
    /// at the version <paramref name="decidedOn"/>.
    /// </summary>
    public static void InsertWithProgress(
        HistoryWrite write, TenantId tenant, MeterFrame frame, byte[] packed, Transaction progress, int decidedOn) =>
        write.ExecuteOne(
            SentTogether.FrameWithProgress,
            ("@tenant", tenant.Value),
            ("@charger", frame.Connector.Charger.Name),
            ("@connector", frame.Connector.Number),
            ("@transaction", frame.TransactionId),
            ("@device_stamp", StorableValue.Key(frame.DeviceStamp)),
            ("@payload_hash", frame.PayloadHash),
            ("@received_at", write.Time(frame.ReceivedAt)),
            ("@frame_flags", (int)frame.Flags),
            ("@samples", packed),
            ("@energy_wh", progress.EnergyWh),
            ("@power_w", progress.PowerW),
            ("@soc", progress.Soc),
            ("@last_sample_at", write.Time(progress.LastSampleAt)),
            ("@flags", (int)progress.Flags),
            ("@version", progress.Version),
            ("@id", progress.Id),
            ("@decided_on", decidedOn));

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
            ("@frame_flags", flags),
            ("@samples", samples));
}
