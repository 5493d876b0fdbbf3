using System.Text.Json;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Authorization;
using EvCharge.Domain.Sessions;
using EvCharge.Grains.Proxy;
using EvCharge.History.Chargers;
using EvCharge.History.Proxy;
using EvCharge.Ocpp;
using EvCharge.Ocpp.V16.Core;

namespace EvCharge.Grains.Chargers.V16;

/// <summary>The relay of a charger in OCPP 1.6 (§4.2, §4.7 to §4.10).</summary>
internal sealed class RelayDialect : IRelayDialect
{
    public ProxyMessage? MessageOf(OcppFrame call, OcppFrame result) => call.Action switch
    {
        "StartTransaction" => New(ProxyMessageKind.StartTransaction, call, Read<StartTransactionResponse>(result).TransactionId),
        "StopTransaction" => Numbered(Read<StopTransactionRequest>(call).TransactionId) is { } stopped
            ? New(ProxyMessageKind.StopTransaction, call, stopped)
            : null,
        "MeterValues" => New(ProxyMessageKind.MeterValues, call, Numbered(Read<MeterValuesRequest>(call).TransactionId)),
        "StatusNotification" => New(ProxyMessageKind.StatusNotification, call, null) with { Connector = Read<StatusNotificationRequest>(call).ConnectorId },
        _ => null,
    };

    public (string Action, byte[] Payload) Boot(BootRecord? said) => ("BootNotification", Payload.Write(new BootNotificationRequest(
        Cut(said?.Vendor, 20) ?? "unknown", Cut(said?.Model, 20) ?? "unknown", Cut(said?.SerialNumber, 25), null, Cut(said?.Firmware, 50),
        Cut(said?.Iccid, 20), Cut(said?.Imsi, 20), Cut(said?.MeterType, 25), Cut(said?.MeterSerialNumber, 25))));

    public (bool Accepted, int? Seconds) BootAnswer(ReadOnlyMemory<byte> answer)
    {
        using var document = JsonDocument.Parse(answer);
        return (Json.Text(document.RootElement, "status") == RegistrationStatus.Accepted, Json.Integer(document.RootElement, "interval"));
    }

    public (string Action, byte[] Payload) Heartbeat() => ("Heartbeat", Payload.Write(new HeartbeatRequest()));

    /// <summary>A word that the standard does not know goes on as it came.</summary>
    public (string Action, byte[] Payload) Status(int connector, ConnectorStatus status) => ("StatusNotification", Json.Write(writer =>
    {
        writer.WriteNumber("connectorId", connector);
        writer.WriteString("errorCode", status.ErrorCode);
        writer.WriteString("status", status.Status);
        writer.WriteString("timestamp", status.ReceivedAt.UtcDateTime);
    }));

    public (int Transaction, bool Accepted)? StartAnswer(ReadOnlyMemory<byte> answer)
    {
        using var document = JsonDocument.Parse(answer);
        return Json.Integer(document.RootElement, "transactionId") is { } transaction
            ? (transaction, document.RootElement.TryGetProperty("idTagInfo", out var info)
                && Json.Text(info, "status") == Domain.Authorization.AuthorizationStatus.Accepted)
            : null;
    }

    public (string Action, byte[] Payload) Stop(int transaction) =>
        ("RemoteStopTransaction", Payload.Write(new RemoteStopTransactionRequest(transaction)));

    public (string Action, byte[] Payload) Authorize(string idTag) => ("Authorize", Payload.Write(new AuthorizeRequest(idTag)));

    public TagDecision DecisionIn(ReadOnlyMemory<byte> answer)
    {
        var info = Payload.Read<AuthorizeResponse>(answer, new DeviationList()).IdTagInfo;
        return Domain.Authorization.AuthorizationStatus.All.Contains(info.Status)
            ? new TagDecision(info.Status, info.ExpiryDate?.Value, info.ParentIdTag)
            : throw new OcppFault(ErrorCode.PropertyConstraintViolation, "its answer has no status that there is", "idTagInfo.status");
    }

    /// <summary>Some chargers show their password among their keys.</summary>
    public byte[] WithoutPassword(ReadOnlyMemory<byte> keys)
    {
        var read = Payload.Read<GetConfigurationResponse>(keys, new DeviationList());
        return Payload.Write(read with
        {
            ConfigurationKey = read.ConfigurationKey?.Where(each => !each.Key.Equals(SecretCall.Key, StringComparison.OrdinalIgnoreCase)).ToList(),
        });
    }

    private static T Read<T>(OcppFrame frame) => Payload.Read<T>(frame.Payload, new DeviationList());

    /// <summary>Chargers send 0, negative numbers and greater ones for "none".</summary>
    private static int? Numbered(long? transaction) => transaction is > 0 and <= int.MaxValue ? (int)transaction : null;

    private static ProxyMessage New(ProxyMessageKind kind, OcppFrame call, int? transaction) =>
        new(kind, call.Payload, null, transaction, call.ReceivedAt);

    /// <summary>What we took from a charger may be longer than the standard has it.</summary>
    private static string? Cut(string? text, int most) => text is { Length: > 0 } ? text[..Math.Min(text.Length, most)] : null;
}
