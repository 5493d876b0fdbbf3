using System.Text.Json;
using EvCharge.Ocpp;
using EvCharge.Ocpp.V16.Core;
using EvCharge.Ocpp.V16.RemoteTrigger;

namespace EvCharge.Grains.Chargers.V16;

/// <summary>The test of a charger in OCPP 1.6 (§5.8, §5.11, §5.12, §5.17).</summary>
internal sealed class TestDialect : ITestDialect
{
    private const string Accepted = "Accepted";

    /// <summary>Answers are kept as they came, and some leave a comma behind the last member.</summary>
    private static readonly JsonSerializerOptions AsSent = new() { AllowTrailingCommas = true };

    public (string Action, byte[] Payload) AskForBoot() => Trigger(MessageTrigger.BootNotification, null);

    public (string Action, byte[] Payload) AskForStatus(int connector) => Trigger(MessageTrigger.StatusNotification, connector);

    public (string Action, byte[] Payload) AskForMeterValues(int connector) => Trigger(MessageTrigger.MeterValues, connector);

    public (string Action, byte[] Payload) ReadAllKeys() => ("GetConfiguration", Payload.Write(new GetConfigurationRequest()));

    public int KeysIn(ReadOnlyMemory<byte> answer) =>
        Payload.Read<GetConfigurationResponse>(answer, new DeviationList()).ConfigurationKey?.Count ?? 0;

    public (string Action, byte[] Payload) Start(string idTag, int connector) =>
        ("RemoteStartTransaction", Payload.Write(new RemoteStartTransactionRequest(idTag, connector)));

    public (string Action, byte[] Payload) Stop(int transaction) =>
        ("RemoteStopTransaction", Payload.Write(new RemoteStopTransactionRequest(transaction)));

    public bool IsAccepted(ReadOnlyMemory<byte> answer, out string? status)
    {
        status = JsonSerializer.Deserialize<JsonElement>(answer.Span, AsSent) is { ValueKind: JsonValueKind.Object } members
            && members.TryGetProperty("status", out var told) && told.ValueKind == JsonValueKind.String ? told.GetString() : null;
        return status == Accepted;
    }

    private static (string Action, byte[] Payload) Trigger(string message, int? connector) =>
        ("TriggerMessage", Payload.Write(new TriggerMessageRequest(message, connector)));
}
