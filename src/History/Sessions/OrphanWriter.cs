using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using EvCharge.History.Chargers;
using EvCharge.History.Engines;

namespace EvCharge.History.Sessions;

/// <summary>
/// Writes what nobody can place. A charger may repeat it for ever: that is one row, which counts, and one event for the
/// operator, in the same commit.
/// </summary>
internal static class OrphanWriter
{
    public static void Write(HistoryWrite write, TenantId tenant, OrphanRecorded orphan, string payloadHash)
    {
        var repeats = write.First(
            SessionStatements.UpsertOrphan,
            reader => reader.GetInt64(0),
            ("@tenant", tenant.Value),
            ("@charger", orphan.Charger.Name),
            ("@kind", orphan.Kind),
            ("@raw_transaction", orphan.RawTransaction),
            ("@payload_hash", payloadHash),
            ("@message_id", orphan.MessageId),
            ("@payload", orphan.Payload),
            ("@received_at", write.Time(orphan.ReceivedAt)));
        if (repeats > 0)
        {
            return;
        }

        write.Post(
            ChargerStatements.InsertEvent,
            ("@tenant", tenant.Value),
            ("@at", write.Time(orphan.ReceivedAt)),
            ("@kind", "unknown-transaction"),
            ("@charger", orphan.Charger.Name),
            ("@detail", $"A {orphan.Kind} names transaction {orphan.RawTransaction}, which this charger does not have."));
    }
}
