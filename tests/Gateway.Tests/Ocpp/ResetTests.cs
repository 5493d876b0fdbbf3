using EvCharge.GatewayTests.Api;

namespace EvCharge.GatewayTests.Ocpp;

/// <summary>Connections that end with a TCP reset in the middle of their upgrade.</summary>
public sealed class ResetTests(GatewayHost host)
{
    private readonly Records _records = new(host.Services);

    [Trait("attack", "reset-after-upgrade")]
    [Fact]
    public async Task A_thousand_resets_during_the_upgrade_leave_everybody_served()
    {
        var name = await _records.NewCharger(host.Name("CP"));
        await using var other = await WireCharger.Connect(host.Address, await _records.NewCharger(host.Name("CP")));
        var request = System.Text.Encoding.ASCII.GetBytes(RawClient.Request($"/ocpp/{name}") + "\r\n");

        for (var round = 0; round < 1_000; round++)
        {
            using var client = RawClient.Connect(host.Address);

            // Now and then in the middle of the request, and now and then after the answer.
            await client.Send(round % 5 == 0 ? request.AsMemory(0, round % request.Length) : request);
            if (round % 50 == 1)
            {
                await client.HeadOfAnswer();
            }

            client.Reset();
        }

        await other.Call("Heartbeat", "{}");
        await using var charger = await WireCharger.Connect(host.Address, name);
        await charger.Call("Heartbeat", "{}");
        await _records.AwaitOnline(name);
        await charger.Close();
        await _records.AwaitOnline(name, online: false);
    }
}
