using System.Text.Json;
using System.Threading.Channels;
using EvCharge.GatewayTests.Api;

namespace EvCharge.GatewayTests.Commissioning;

/// <summary>A charger that does what it is asked, or in one point does not.</summary>
internal sealed class TestedCharger(Uri gateway, string name)
{
    private WireCharger _wire = null!;
    private Task _serving = Task.CompletedTask;
    private long _transaction;

    public string Firmware { get; init; } = "1.0";

    /// <summary>Operations that it does not have.</summary>
    public string[] Lacks { get; init; } = [];

    /// <summary>It takes limits and draws on.</summary>
    public bool IgnoresLimits { get; init; }

    /// <summary>It has no meter.</summary>
    public bool IsBlind { get; init; }

    /// <summary>Whoever is cut off stays away.</summary>
    public bool StaysAway { get; init; }

    public async Task Connect()
    {
        _wire = await WireCharger.Open(gateway, $"/ocpp/{name}", null, "ocpp1.6");
        await Boot();
        _serving = Serve();
    }

    public async Task Leave()
    {
        if (_wire is not null)
        {
            _wire.Abort();
        }

        await _serving;
    }

    private async Task Serve()
    {
        while (await Next() is var (id, action, payload))
        {
            if (Lacks.Contains(action))
            {
                await _wire.Send($"""[4,"{id}","NotImplemented","",{"{}"}]""");
                continue;
            }

            await _wire.Answer(id, action == "GetConfiguration"
                ? """{"configurationKey":[{"key":"SupportedFeatureProfiles","readonly":true,"value":"Core,SmartCharging"}]}"""
                : """{"status":"Accepted",}"""); // as some write it
            await Follow(action, payload);
        }

        if (StaysAway || _wire.CloseStatus is null)
        {
            return; // nobody sent it away
        }

        _wire = await WireCharger.Open(gateway, $"/ocpp/{name}", null, "ocpp1.6");
        _serving = Serve();
    }

    /// <returns>Null when the connection has ended.</returns>
    private async Task<(string Id, string Action, JsonElement Payload)?> Next()
    {
        try
        {
            return await _wire.NextCall();
        }
        catch (ChannelClosedException)
        {
            return null;
        }
    }

    private async Task Follow(string action, JsonElement payload)
    {
        switch (action)
        {
            case "TriggerMessage" when payload.GetProperty("requestedMessage").GetString() == "BootNotification":
                await Boot();
                break;
            case "TriggerMessage" when payload.GetProperty("requestedMessage").GetString() == "StatusNotification":
                await _wire.Call("StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Preparing"}""");
                break;
            case "RemoteStartTransaction":
                var start = await _wire.Call(
                    "StartTransaction", $$"""{"connectorId":1,"idTag":"{{payload.GetProperty("idTag").GetString()}}","meterStart":0,"timestamp":"{{Now}}"}""");
                _transaction = start.GetProperty("transactionId").GetInt64();
                await Measure(16);
                break;
            case "SetChargingProfile":
                await Measure(IgnoresLimits ? 16 : payload.GetProperty("csChargingProfiles").GetProperty("chargingSchedule").GetProperty("chargingSchedulePeriod")[0].GetProperty("limit").GetDouble());
                break;
            case "RemoteStopTransaction":
                await _wire.Call("StopTransaction", $$"""{"transactionId":{{_transaction}},"meterStop":250,"timestamp":"{{Now}}","reason":"Remote"}""");
                break;
        }
    }

    private async Task Measure(double amperes)
    {
        if (!IsBlind)
        {
            await _wire.Call(
                "MeterValues",
                FormattableString.Invariant($$"""{"connectorId":1,"transactionId":{{_transaction}},"meterValue":[{"timestamp":"{{Now}}","sampledValue":[{"value":"100"},{"value":"{{amperes}}","measurand":"Current.Import","unit":"A","phase":"L1"}]}]}"""));
        }
    }

    private Task Boot() => _wire.Call("BootNotification", $$"""{"chargePointVendor":"Example","chargePointModel":"{{name}}","firmwareVersion":"{{Firmware}}"}""");

    private static string Now => TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);
}
