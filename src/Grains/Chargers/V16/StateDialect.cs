using EvCharge.Domain.DesiredState;
using EvCharge.History.Commands;
using EvCharge.Ocpp;
using EvCharge.Ocpp.V16.Core;

namespace EvCharge.Grains.Chargers.V16;

/// <summary>Configuration keys and availability in OCPP 1.6 (§5.2, §5.3, §5.8).</summary>
internal sealed class StateDialect : IStateDialect
{
    public (string Action, byte[] Payload) ReadKeys(IReadOnlyList<string> names) =>
        ("GetConfiguration", Payload.Write(new GetConfigurationRequest(names)));

    public (string Action, byte[] Payload) ChangeKey(string name, string value) =>
        ("ChangeConfiguration", Payload.Write(new ChangeConfigurationRequest(name, value)));

    public (string Action, byte[] Payload) ChangeAvailability(int connector, bool operative) =>
        ("ChangeAvailability", Payload.Write(new ChangeAvailabilityRequest(
            connector, operative ? AvailabilityType.Operative : AvailabilityType.Inoperative)));

    public KeyReport? ReportIn(CommandRecord answered)
    {
        if (answered.Action != "GetConfiguration")
        {
            return null;
        }

        var answer = Payload.Read<GetConfigurationResponse>(answered.Result, new DeviationList());
        return new KeyReport(
            [.. (answer.ConfigurationKey ?? []).Select(key => new ReportedKey(key.Key, key.Value, key.Readonly))],
            answer.UnknownKey ?? []);
    }

    public KeyChange? ChangeIn(CommandRecord answered)
    {
        if (answered.Action != "ChangeConfiguration")
        {
            return null;
        }

        var request = Payload.ReadStrict<ChangeConfigurationRequest>(answered.Payload);
        var answer = Payload.Read<ChangeConfigurationResponse>(answered.Result, new DeviationList());
        return new KeyChange(request.Key, request.Value, answer.Status);
    }

    public Availability? AvailabilityIn(CommandRecord answered)
    {
        if (answered.Action != "ChangeAvailability")
        {
            return null;
        }

        var request = Payload.ReadStrict<ChangeAvailabilityRequest>(answered.Payload);
        var answer = Payload.Read<ChangeAvailabilityResponse>(answered.Result, new DeviationList());
        return new Availability(request.ConnectorId, request.Type == AvailabilityType.Operative, answer.Status);
    }
}
