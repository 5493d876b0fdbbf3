using System.Collections.Concurrent;
using System.Text.Json;
using EvCharge.Contracts.Chargers;

namespace EvCharge.GrainsTests.Sites;

/// <summary>A charger that takes limits, behind a gateway: it answers each call, and keeps what it was told.</summary>
internal sealed class LimitedCharger : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly TestCharger _charger;
    private readonly Task _answering;

    public LimitedCharger(TestCharger charger)
    {
        _charger = charger;
        _answering = AnswerAll();
    }

    public TestCharger Charger => _charger;

    /// <summary>The limit of the profile for transactions that it took last, by connector; in A.</summary>
    public ConcurrentDictionary<int, double> OfTransaction { get; } = new();

    /// <summary>The limit of its default profile.</summary>
    public ConcurrentDictionary<int, double> Default { get; } = new();

    /// <summary>All it was told, oldest first.</summary>
    public ConcurrentQueue<(string Action, JsonElement Payload)> Told { get; } = new();

    /// <summary>Answers to SetChargingProfile; null for an answer that has no status.</summary>
    public string? Answer { get; set; } = "Accepted";

    /// <summary>How many of the next calls it follows and leaves unanswered.</summary>
    public int Silent { get; set; }

    /// <summary>Which profiles it takes; the others it refuses.</summary>
    public Func<JsonElement, bool> Takes { get; init; } = _ => true;

    /// <summary>What it says in its configuration keys.</summary>
    public (string Key, string Value) Says { get; init; } = ("ChargeProfileMaxStackLevel", "3");

    /// <summary>The profile that it took last.</summary>
    public JsonElement? Last { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _answering;
        _end.Dispose();
    }

    private async Task AnswerAll()
    {
        try
        {
            while (true)
            {
                await Serve(await _charger.Gateway.NextUntil(_end.Token));
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task Serve(OcppFrame call)
    {
        var payload = JsonSerializer.Deserialize<JsonElement>(call.Payload.Span);
        Told.Enqueue((call.Action, payload));
        if (Silent > 0)
        {
            Silent--;
            if (call.Action == "SetChargingProfile")
            {
                Take(payload);
            }
            return;
        }
        switch (call.Action)
        {
            case "GetConfiguration":
                await _charger.Answer(call, $$"""{"configurationKey":[{"key":"{{Says.Key}}","readonly":true,"value":"{{Says.Value}}"}],"unknownKey":[]}""");
                break;
            case "ClearChargingProfile":
                Default.Clear();
                await _charger.Answer(call, """{"status":"Accepted"}""");
                break;
            case "SetChargingProfile":
                var answer = Answer is null || Takes(payload.GetProperty("csChargingProfiles")) ? Answer : "Rejected";
                if (answer == "Accepted")
                {
                    Take(payload);
                }
                await _charger.Answer(call, answer is null ? "{}" : $$"""{"status":"{{answer}}"}""");
                break;
            default:
                await _charger.Answer(call, """{"status":"Accepted"}""");
                break;
        }
    }

    private void Take(JsonElement payload)
    {
        var profile = payload.GetProperty("csChargingProfiles");
        Last = profile;
        var limit = profile.GetProperty("chargingSchedule").GetProperty("chargingSchedulePeriod")[0].GetProperty("limit").GetDouble();
        var held = profile.GetProperty("chargingProfilePurpose").GetString() == "TxProfile" ? OfTransaction : Default;
        held[payload.GetProperty("connectorId").GetInt32()] = limit;
    }
}
