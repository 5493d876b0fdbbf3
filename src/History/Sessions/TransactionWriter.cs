using System.Text.Json;
using System.Text.Json.Serialization;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using EvCharge.History.Engines;
using EvCharge.Storage;

namespace EvCharge.History.Sessions;

/// <summary>Writes rows of transactions. Updates name the version they were decided on.</summary>
internal static partial class TransactionWriter
{
    /// <returns>False when one with an equal natural key stands already.</returns>
    public static bool Insert(HistoryWrite write, TenantId tenant, Transaction transaction) =>
        write.ExecuteOne(
            SessionStatements.InsertTransaction,
            ("@tenant", tenant.Value),
            ("@id", transaction.Id),
            ("@ocpp_id", transaction.OcppId),
            ("@charger", transaction.Connector.Charger.Name),
            ("@connector", transaction.Connector.Number),
            ("@site", transaction.Site),
            ("@id_tag", transaction.IdTag.Value),
            ("@tag_key", StorableValue.Key(transaction.IdTag.Key)),
            ("@vehicle", transaction.Vehicle),
            ("@started_at", write.Time(transaction.StartedAt)),
            ("@raw_start", StorableValue.Key(transaction.RawStart)),
            ("@meter_start", transaction.MeterStart),
            ("@start_message_id", transaction.StartMessageId),
            ("@again", transaction.Again),
            ("@received_at", write.Time(transaction.ReceivedAt)),
            ("@stopped_at", write.Time(transaction.StoppedAt)),
            ("@meter_stop", transaction.MeterStop),
            ("@stop_reason", transaction.StopReason),
            ("@stop_message_id", transaction.StopMessageId),
            ("@closed_by_system", transaction.ClosedBySystem),
            ("@energy_wh", transaction.EnergyWh),
            ("@power_w", transaction.PowerW),
            ("@soc", transaction.Soc),
            ("@last_sample_at", write.Time(transaction.LastSampleAt)),
            ("@ocpp_version", transaction.OcppVersion),
            ("@flags", (int)transaction.Flags),
            ("@version", transaction.Version));

    /// <summary>The stored transaction with the same natural key, or null.</summary>
    public static Transaction? FindEqual(HistoryWrite write, TenantId tenant, Transaction transaction)
    {
        var charger = transaction.Connector.Charger.Name;
        var tagKey = StorableValue.Key(transaction.IdTag.Key);
        var rawStart = StorableValue.Key(transaction.RawStart);
        return write.Tables.Transactions.FirstOrDefault(row =>
            row.TenantId == tenant.Value
            && row.ChargerId == charger
            && row.Connector == transaction.Connector.Number
            && row.RawStart == rawStart
            && row.TagKey == tagKey
            && row.MeterStart == transaction.MeterStart
            && row.Again == transaction.Again)?.ToTransaction();
    }

    /// <returns>False when the transaction is no longer at the version <paramref name="decidedOn"/>.</returns>
    public static bool End(HistoryWrite write, TenantId tenant, Transaction transaction, int decidedOn) =>
        write.ExecuteOne(
            SessionStatements.EndTransaction,
            ("@stopped_at", write.Time(transaction.StoppedAt)),
            ("@meter_stop", transaction.MeterStop),
            ("@stop_reason", transaction.StopReason),
            ("@stop_message_id", transaction.StopMessageId),
            ("@closed_by_system", transaction.ClosedBySystem),
            ("@energy_wh", transaction.EnergyWh),
            ("@power_w", transaction.PowerW),
            ("@soc", transaction.Soc),
            ("@last_sample_at", write.Time(transaction.LastSampleAt)),
            ("@flags", (int)transaction.Flags),
            ("@version", transaction.Version),
            ("@tenant", tenant.Value),
            ("@id", transaction.Id),
            ("@decided_on", decidedOn));

    /// <returns>False when the transaction is no longer at the version <paramref name="decidedOn"/>.</returns>
    public static bool Advance(HistoryWrite write, TenantId tenant, Transaction transaction, int decidedOn) =>
        write.ExecuteOne(
            SessionStatements.UpdateProgress,
            ("@energy_wh", transaction.EnergyWh),
            ("@power_w", transaction.PowerW),
            ("@soc", transaction.Soc),
            ("@last_sample_at", write.Time(transaction.LastSampleAt)),
            ("@flags", (int)transaction.Flags),
            ("@version", transaction.Version),
            ("@tenant", tenant.Value),
            ("@id", transaction.Id),
            ("@decided_on", decidedOn));

    /// <returns>False when the transaction is no longer at the version <paramref name="decidedOn"/>.</returns>
    public static bool Identify(HistoryWrite write, TenantId tenant, Transaction transaction, int decidedOn) =>
        write.ExecuteOne(
            SessionStatements.UpdateVehicle,
            ("@vehicle", transaction.Vehicle),
            ("@flags", (int)transaction.Flags),
            ("@version", transaction.Version),
            ("@tenant", tenant.Value),
            ("@id", transaction.Id),
            ("@decided_on", decidedOn));

    /// <summary>Keeps the end that was, beside the one that replaced it.</summary>
    public static void Correct(HistoryWrite write, TenantId tenant, Transaction before, Transaction after) =>
        write.Post(
            SessionStatements.InsertCorrection,
            ("@tenant", tenant.Value),
            ("@id", after.Id),
            ("@version", after.Version),
            ("@at", write.Time(after.StoppedAt)),
            ("@before", JsonSerializer.Serialize(Ending.Of(before), EndingJson.Default.Ending)),
            ("@after", JsonSerializer.Serialize(Ending.Of(after), EndingJson.Default.Ending)));

    /// <summary>How a transaction ended.</summary>
    private sealed record Ending(
        DateTimeOffset? StoppedAt,
        double? MeterStop,
        string? StopReason,
        string? StopMessageId,
        bool ClosedBySystem,
        double EnergyWh,
        int Flags,
        int Version)
    {
        public static Ending Of(Transaction transaction) => new(
            transaction.StoppedAt,
            transaction.MeterStop,
            transaction.StopReason,
            transaction.StopMessageId,
            transaction.ClosedBySystem,
            transaction.EnergyWh,
            (int)transaction.Flags,
            transaction.Version);
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Ending))]
    private sealed partial class EndingJson : JsonSerializerContext;
}
