using EvCharge.Domain.Identity;
using EvCharge.Domain.Metering;
using EvCharge.History.Engines;
using EvCharge.Storage;

namespace EvCharge.History.Sessions;

/// <summary>Writes frames of meter values, one row each.</summary>
internal static class FrameWriter
{
    /// <returns>False when the frame is a repeat.</returns>
    public static bool Insert(HistoryWrite write, TenantId tenant, MeterFrame frame, byte[] packed) =>
        write.Execute(
            SessionStatements.InsertFrame,
            ("@tenant", tenant.Value),
            ("@charger", frame.Connector.Charger.Name),
            ("@connector", frame.Connector.Number),
            ("@transaction", frame.TransactionId),
            ("@device_stamp", StorableValue.Key(frame.DeviceStamp)),
            ("@payload_hash", frame.PayloadHash),
            ("@received_at", write.Time(frame.ReceivedAt)),
            ("@flags", (int)frame.Flags),
            ("@samples", packed)) == 1;
}
