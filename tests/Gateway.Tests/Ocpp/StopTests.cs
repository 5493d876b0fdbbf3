using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using EvCharge.GatewayTests.Api;
using static EvCharge.GatewayTests.Ocpp.Transactions;

namespace EvCharge.GatewayTests.Ocpp;

/// <summary>A stop as on SIGTERM: connections are told to come back, and nothing waits for those that do not listen.</summary>
public sealed class StopTests
{
    [Fact]
    public async Task Connections_are_closed_with_1001_and_the_process_ends_in_time()
    {
        await using var installation = await Installation.Start("--Ocpp:DrainSeconds=1");
        List<WireCharger> chargers = [];
        for (var index = 0; index < 20; index++)
        {
            chargers.Add(await WireCharger.Connect(installation.Address, await installation.Records.NewCharger($"CP-{index}")));
        }

        using var stubborn = await RawClient.Open(installation.Address, await installation.Records.NewCharger("CP-STUBBORN"));
        await chargers[0].Started(Start(Stamp(0)));
        var clock = Stopwatch.StartNew();
        await installation.Stop();

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, await stubborn.Closed());
        foreach (var charger in chargers)
        {
            await charger.Ended;
            Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, charger.CloseStatus);
            await charger.DisposeAsync();
        }

        await installation.Start();
        Assert.False(await installation.Records.IsOnline("CP-0"));
        Assert.True((await installation.Records.Transaction("CP-0")).Active);
    }

    [Fact]
    public async Task A_gateway_that_drains_takes_no_new_connection()
    {
        await using var installation = await Installation.Start("--Ocpp:DrainSeconds=3");
        List<WireCharger> chargers = [];
        for (var index = 0; index < 30; index++)
        {
            chargers.Add(await WireCharger.Connect(installation.Address, await installation.Records.NewCharger($"CP-{index}")));
        }

        using var late = RawClient.Connect(installation.Address);
        var stopping = installation.Stop();
        var answer = await late.Upgrade("/ocpp/CP-0");
        Assert.StartsWith($"HTTP/1.1 {(int)HttpStatusCode.ServiceUnavailable} ", answer, StringComparison.Ordinal);
        await stopping;
        foreach (var charger in chargers)
        {
            await charger.DisposeAsync();
        }
    }
}
