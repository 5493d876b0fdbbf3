using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using EvCharge.History.Engines;
using EvCharge.Storage;

namespace EvCharge.History.Sessions;

/// <summary>Writes status reports: as history, and as what the connector's status is now.</summary>
internal static class StatusWriter
{
    public static void Write(HistoryWrite write, TenantId tenant, ConnectorId connector, ConnectorStatus status)
    {
        ReadOnlySpan<(string, object?)> values =
        [
            ("@tenant", tenant.Value),
            ("@charger", connector.Charger.Name),
            ("@connector", connector.Number),
            ("@status", StorableValue.Key(status.Status)),
            ("@error_code", StorableValue.Key(status.ErrorCode)),
            ("@info", status.Info),
            ("@vendor_id", status.VendorId),
            ("@vendor_error_code", status.VendorErrorCode),
            ("@device_stamp", status.DeviceStamp),
            ("@received_at", write.Time(status.ReceivedAt)),
        ];
        if (write.Assumes)
        {
            write.Post(SentTogether.StatusAndState, values);
            return;
        }

        write.Post(SessionStatements.InsertStatus, values);
        write.Post(SessionStatements.UpsertConnectorState, values);
    }
}
