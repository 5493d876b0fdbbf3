using EvCharge.ChargerSimulator.Ledgers;
using EvCharge.ChargerSimulator.Sessions;
using EvCharge.ChargerSimulator.Vehicles;
using EvCharge.Ocpp;
using EvCharge.Ocpp.V16.Core;

namespace EvCharge.ChargerSimulator.V16;

/// <summary>What a charger says, in OCPP 1.6.</summary>
internal sealed class V16Dialect(ChargePointOptions options)
{
    public const string AuthorizeAction = "Authorize";
    public const string BootAction = "BootNotification";
    public const string HeartbeatAction = "Heartbeat";
    public const string SampleAction = "MeterValues";
    public const string StartAction = "StartTransaction";
    public const string StatusAction = "StatusNotification";
    public const string StopAction = "StopTransaction";

    public byte[] Boot() => Payload.Write(new BootNotificationRequest(
        options.Vendor, options.Model, ChargePointSerialNumber: Serial(), FirmwareVersion: options.Firmware));

    public static BootAnswer ReadBoot(ReadOnlyMemory<byte> payload)
    {
        var answer = Read<BootNotificationResponse>(payload);
        return new(answer.Status == RegistrationStatus.Accepted, TimeSpan.FromSeconds(answer.Interval));
    }

    public static byte[] Heartbeat() => Payload.Write(new HeartbeatRequest());

    public static byte[] Authorize(string idTag) => Payload.Write(new AuthorizeRequest(idTag));

    public static IdTagInfo ReadAuthorize(ReadOnlyMemory<byte> payload) => Read<AuthorizeResponse>(payload).IdTagInfo;

    public byte[] Status(int connector, string status) => Payload.Write(new StatusNotificationRequest(
        connector, ChargePointErrorCode.NoError, status, Timestamp: Stamp(options.Clock.GetUtcNow())));

    /// <summary>Samples outside a transaction, as TriggerMessage asks for them.</summary>
    public static byte[] Triggered(int connector, int? transactionId, MeterReading reading) =>
        Payload.Write(new MeterValuesRequest(connector, [reading.ToMeterValue(ReadingContext.Trigger)], transactionId));

    public TransactionMessage Start(LedgerEntry entry, TransactionTicket ticket, int? reservation)
    {
        var line = options.Ledger?.Open(entry);
        return new(StartAction, entry, ticket, _ => Payload.Write(new StartTransactionRequest(
            entry.Connector, entry.IdTag ?? "", entry.MeterWh, Stamp(entry.Timestamp), reservation)), TakeAnswer) { Line = line };

        void TakeAnswer(ReadOnlyMemory<byte> payload)
        {
            var answer = Read<StartTransactionResponse>(payload);
            Acknowledge(line, answer.TransactionId, answer.IdTagInfo);
            ticket.Started(answer.TransactionId, IsAccepted(answer.IdTagInfo));
        }
    }

    public TransactionMessage Sample(LedgerEntry entry, MeterReading reading, TransactionTicket ticket)
    {
        var line = options.Ledger?.Open(entry);
        var values = reading.ToMeterValue(ReadingContext.SamplePeriodic);
        return new(SampleAction, entry, ticket, id => Payload.Write(new MeterValuesRequest(entry.Connector, [values], id)),
            _ => Acknowledge(line, null, null)) { Line = line };
    }

    public TransactionMessage Stop(LedgerEntry entry, TransactionTicket ticket)
    {
        var line = options.Ledger?.Open(entry);
        return new(StopAction, entry, ticket, id => Payload.Write(new StopTransactionRequest(
            id, entry.MeterWh, Stamp(entry.Timestamp), entry.IdTag, entry.Reason)), TakeAnswer) { Line = line };

        void TakeAnswer(ReadOnlyMemory<byte> payload) =>
            Acknowledge(line, null, Read<StopTransactionResponse>(payload).IdTagInfo);
    }

    private void Acknowledge(int? line, int? transactionId, IdTagInfo? tag)
    {
        if (line is { } entry)
            options.Ledger?.Acknowledge(entry, transactionId, tag?.Status);
    }

    private string Serial() => options.Identity.Length <= 25 ? options.Identity : options.Identity[..25];

    // Answers are read strictly: a CSMS has to send what the schemas say.
    private static T Read<T>(ReadOnlyMemory<byte> payload) => Payload.ReadStrict<T>(payload);

    public static bool IsAccepted(IdTagInfo tag) => tag.Status == AuthorizationStatus.Accepted;

    private static OcppTimestamp Stamp(DateTimeOffset at) => OcppTimestamp.At(at);
}

/// <param name="IsAccepted">The charger may work.</param>
/// <param name="Interval">Of heartbeats when accepted, else until the next boot message.</param>
internal sealed record BootAnswer(bool IsAccepted, TimeSpan Interval);
