using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using EvCharge.GatewayTests.Api;

namespace EvCharge.GatewayTests.Allocation;

/// <summary>A charger on a real socket that takes each profile it is told, while the test makes calls.</summary>
internal sealed class SharingCharger : IAsyncDisposable
{
    private readonly WireCharger _wire;
    private readonly Task _answering;

    private SharingCharger(WireCharger wire, string name)
    {
        (_wire, Name) = (wire, name);
        _answering = AnswerAll();
    }

    public string Name { get; }

    public WireCharger Wire => _wire;

    /// <summary>In A, by connector and purpose.</summary>
    public ConcurrentDictionary<(int Connector, string Purpose), double> Held { get; } = new();

    public double OfTransaction => Held.GetValueOrDefault((1, "TxProfile"));

    public double Default => Held.GetValueOrDefault((1, "TxDefaultProfile"));

    public static async Task<SharingCharger> Connect(Uri gateway, string name) =>
        new(await WireCharger.Connect(gateway, name), name);

    public async Task<int> Start(int connector = 1, string tag = "GOOD") => (await _wire.Call(
        "StartTransaction", $$"""{"connectorId":{{connector}},"idTag":"{{tag}}","meterStart":0,"timestamp":"{{TimeProvider.System.GetUtcNow():O}}"}"""))
        .GetProperty("transactionId").GetInt32();

    public async ValueTask DisposeAsync()
    {
        await _wire.DisposeAsync();
        await _answering;
    }

    private async Task AnswerAll()
    {
        try
        {
            while (true)
            {
                var (id, action, payload) = await _wire.NextCall();
                if (action == "SetChargingProfile")
                {
                    Take(payload);
                }
                await _wire.Answer(id, action == "GetConfiguration" ? "{}" : """{"status":"Accepted"}""");
            }
        }
        catch (Exception ended) when (ended is ChannelClosedException or ObjectDisposedException or System.Net.WebSockets.WebSocketException)
        {
            // The connection is over.
        }
    }

    private void Take(JsonElement payload)
    {
        var profile = payload.GetProperty("csChargingProfiles");
        Held[(payload.GetProperty("connectorId").GetInt32(), profile.GetProperty("chargingProfilePurpose").GetString()!)] =
            profile.GetProperty("chargingSchedule").GetProperty("chargingSchedulePeriod")[0].GetProperty("limit").GetDouble();
    }
}
