using System.Net;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Allocation;

/// <summary>The transactions of a site are replayed under another limit.</summary>
public sealed class ReplayApiTests(GatewayHost host)
{
    [Fact]
    public async Task What_vehicles_took_is_shared_anew()
    {
        var (site, name) = (host.Name("s"), host.Name("c"));
        (await host.Administrator.Put($"/api/v1/sites/{site}", new { limit = 40 })).Expect(HttpStatusCode.Created);
        (await host.Administrator.Put($"/api/v1/chargers/{name}", new { site, connectors = 1 })).Expect(HttpStatusCode.Created);
        await using var charger = await SharingCharger.Connect(host.Address, name);
        var now = TimeProvider.System.GetUtcNow();
        var started = await charger.Wire.Call(
            "StartTransaction", $$"""{"connectorId":1,"idTag":"GOOD","meterStart":0,"timestamp":"{{now.AddHours(-3):O}}"}""");
        await charger.Wire.Call(
            "StopTransaction",
            $$"""{"transactionId":{{started.GetProperty("transactionId").GetInt32()}},"meterStop":20000,"timestamp":"{{now.AddHours(-1):O}}"}""");

        Assert.Equal("not-limited", (await Replay(site, new { from = now.AddDays(-1), to = now })).Expect(HttpStatusCode.Conflict).Body.GetProperty("code").GetString());
        var enough = (await Replay(site, new { from = now.AddDays(-1), to = now, smartCharging = new { } })).Expect(HttpStatusCode.OK).Body;
        var tight = (await Replay(site, new { from = now.AddDays(-1), to = now, limit = 12, smartCharging = new { } })).Expect(HttpStatusCode.OK).Body;

        Assert.Equal((20_000, 20_000), (enough.GetProperty("wantedWh").GetInt32(), enough.GetProperty("deliveredWh").GetInt32()));
        Assert.InRange(tight.GetProperty("deliveredWh").GetInt32(), 14_000, 2 * 12 * 690);
        Assert.Equal(0, tight.GetProperty("secondsOver").GetInt32());
    }

    [Fact]
    public async Task A_question_that_makes_no_sense_is_refused()
    {
        var site = host.Name("s");
        (await host.Administrator.Put($"/api/v1/sites/{site}", new { limit = 40 })).Expect(HttpStatusCode.Created);

        var refused = await Replay(site, new { to = "2026-01-01T00:00:00Z", limit = -1, smartCharging = new { tickSeconds = 0 } });

        Assert.Equal(["from", "limit", "smartCharging.tickSeconds", "to"], refused.Expect(HttpStatusCode.UnprocessableEntity).Fields.Order());
        (await Replay("nowhere", new { from = "2026-01-01T00:00:00Z", to = "2026-01-02T00:00:00Z" })).Expect(HttpStatusCode.NotFound);
        Assert.Equal(
            ["to"],
            (await Replay(site, new { from = "2026-01-01T00:00:00Z", to = "2026-02-02T00:00:00Z" })).Expect(HttpStatusCode.UnprocessableEntity).Fields);
    }

    private Task<ApiAnswer> Replay(string site, object question) => host.Administrator.Post($"/api/v1/sites/{site}/allocation/replay", question);
}
