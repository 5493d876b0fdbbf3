using System.Net;
using EvCharge.Domain.Frames;
using EvCharge.Domain.Identity;
using EvCharge.GatewayTests.Api;
using EvCharge.History.Frames;
using Microsoft.Extensions.DependencyInjection;

namespace EvCharge.GatewayTests.Ocpp;

/// <summary>Which Heartbeats a gateway answers by itself: the log says of the others when a silo served them.</summary>
public sealed class HeartbeatTests(GatewayHost host)
{
    private readonly Records _records = new(host.Services);

    [Fact]
    public async Task The_first_and_what_says_more_than_it_should_are_the_grains_and_the_rest_the_gateways()
    {
        var name = await Logged();
        await using var charger = await WireCharger.Connect(host.Address, name);
        var asked = (await charger.Call("Heartbeat", "{}", "first")).GetProperty("currentTime").GetDateTimeOffset();
        var told = (await charger.Call("Heartbeat", "{}", "second")).GetProperty("currentTime").GetDateTimeOffset();
        await charger.Call("Heartbeat", """{"more":1}""", "odd");
        await charger.Call("Heartbeat", "{}", "third");

        Assert.InRange(told - asked, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.Equal(["first", "odd"], await ServedBySilo(name, 4));
        Assert.True(await _records.IsOnline(name));
    }

    [Fact]
    public async Task After_a_command_all_are_the_grains()
    {
        var name = await Logged();
        await using var charger = await WireCharger.Connect(host.Address, name);
        await charger.Call("Heartbeat", "{}", "first");
        var calling = host.Administrator.Post($"/api/v1/chargers/{name}/calls/TriggerMessage", new { requestedMessage = "Heartbeat" });
        await charger.Answer((await charger.NextCall()).Id, """{"status":"Accepted"}""");
        var command = (await calling).Expect(HttpStatusCode.OK).Body;
        await charger.Call("Heartbeat", "{}", "triggered");

        Assert.Equal("answered", command.GetProperty("status").GetString());
        Assert.Equal(["first", "triggered"], await ServedBySilo(name, 2));
    }

    [Fact]
    public async Task One_that_never_booted_is_the_grains()
    {
        var name = await Logged();
        await using var charger = await WireCharger.Open(host.Address, $"/ocpp/{name}", null, "ocpp1.6");
        await charger.Call("Heartbeat", "{}", "first");
        await charger.Call("Heartbeat", "{}", "second");

        Assert.Equal(["first", "second"], await ServedBySilo(name, 2));
    }

    private async Task<string> Logged()
    {
        var name = host.Name("CP");
        (await host.Administrator.Put($"/api/v1/chargers/{name}", new { frameLog = "full" })).Expect(HttpStatusCode.Created);
        await host.RefreshFrameLogs();
        return name;
    }

    /// <summary>Message ids of the Heartbeats that a silo served, in their order, once all are in the log.</summary>
    private async Task<IEnumerable<string>> ServedBySilo(string charger, int heartbeats)
    {
        var log = host.Services.GetRequiredService<FrameLog>();
        IReadOnlyList<LoggedFrame> answers = [];
        await Eventually.Holds(
            async () =>
            {
                var frames = await log.ListForward(new ChargerId(TenantId.Default, charger), new FrameFilter(), null, 100);
                answers = [.. frames.Where(frame => frame is { Kind: LoggedKind.CallResult, Action: "Heartbeat" })];
                return answers.Count == heartbeats;
            },
            "all answers are logged");
        return answers.Where(answer => answer.ProcessedAt is not null).Select(answer => answer.MessageId);
    }
}
