using System.Text.Json;
using EvCharge.GatewayTests.Api;
using static EvCharge.GatewayTests.Ocpp.Transactions;

namespace EvCharge.GatewayTests.Ocpp;

/// <summary>Messages that come again because their answer was lost: the same answer, and one transaction.</summary>
public sealed class ReplayTests(GatewayHost host)
{
    private readonly Records _records = new(host.Services);

    [Fact]
    public async Task A_message_repeated_on_the_same_connection_gets_the_same_answer()
    {
        var name = await _records.NewCharger(host.Name("CP"));
        await using var charger = await WireCharger.Connect(host.Address, name);

        var start = await Twice(() => charger.Exchange("StartTransaction", Start(Stamp(0)), "start"));
        await Twice(() => charger.Exchange("MeterValues", Meter(TransactionId(start[2]), Stamp(5), "1500"), "meter"));
        await Twice(() => charger.Exchange("StopTransaction", Stop(TransactionId(start[2]), Stamp(10)), "stop"));

        var transaction = await _records.Transaction(name);
        Assert.Equal(1_000, transaction.EnergyWh);
        Assert.False(transaction.Active);
    }

    [Fact]
    public async Task A_message_repeated_after_a_reconnect_gets_the_same_answer()
    {
        var name = await _records.NewCharger(host.Name("CP"));
        var start = await Reconnecting(name, charger => charger.Exchange("StartTransaction", Start(Stamp(0)), "start"));
        await Reconnecting(name, charger => charger.Exchange("StopTransaction", Stop(TransactionId(start[2]), Stamp(10)), "stop"));

        Assert.Equal(1_000, (await _records.Transaction(name)).EnergyWh);
    }

    [Trait("attack", "replayed-message")]
    [Fact]
    public async Task Messages_repeated_after_a_restart_of_the_system_get_the_same_answers()
    {
        await using var installation = await Installation.Start();
        var name = await installation.Records.NewCharger("CP");
        var open = await installation.Records.NewCharger("CP-OPEN");
        var before = await Answers();
        await installation.Restart();
        var after = await Answers();

        Assert.Equal(before, after);
        Assert.Equal(1_000, (await installation.Records.Transaction(name)).EnergyWh);
        Assert.True((await installation.Records.Transaction(open)).Active);

        async Task<string[]> Answers()
        {
            await using var charger = await WireCharger.Connect(installation.Address, name);
            await using var other = await WireCharger.Connect(installation.Address, open);
            var start = await charger.Exchange("StartTransaction", Start(Stamp(0)), "start");
            var meter = await charger.Exchange("MeterValues", Meter(TransactionId(start[2]), Stamp(5), "1500"), "meter");
            var stop = await charger.Exchange("StopTransaction", Stop(TransactionId(start[2]), Stamp(10)), "stop");
            var second = await other.Exchange("StartTransaction", Start(Stamp(0)), "start");
            return [start.ToString(), meter.ToString(), stop.ToString(), second.ToString()];
        }
    }

    [Fact]
    public async Task A_start_repeated_with_another_id_is_the_first_one()
    {
        var name = await _records.NewCharger(host.Name("CP"));
        await using var charger = await WireCharger.Connect(host.Address, name);

        var first = await charger.Started(Start(Stamp(0)), "a");
        Assert.Equal(first, await charger.Started(Start(Stamp(0)), "b"));

        await _records.Transaction(name);
    }

    [Fact]
    public async Task A_start_repeated_after_the_system_closed_it_is_still_the_first_one_and_its_stop_corrects_the_end()
    {
        var name = await _records.NewCharger(host.Name("CP"));
        await using var charger = await WireCharger.Connect(host.Address, name);

        var first = await charger.Started(Start(Stamp(0)), "a");
        var second = await charger.Started(Start(Stamp(60), meter: 5_000), "b");
        Assert.Equal(first, await charger.Started(Start(Stamp(0)), "c"));
        Assert.True((await Find(first)).ClosedBySystem);

        await charger.Call("StopTransaction", Stop(first, Stamp(50), 4_000));

        Assert.NotEqual(first, second);
        Assert.Equal((3_000, false), ((await Find(first)).EnergyWh, (await Find(first)).ClosedBySystem));
        Assert.True((await Find(second)).Active);

        async Task<Domain.Sessions.Transaction> Find(int id) => (await _records.Transactions(name)).Single(one => one.OcppId == id);
    }

    [Fact]
    public async Task Ids_that_start_again_from_1_after_a_boot_repeat_nothing()
    {
        var name = await _records.NewCharger(host.Name("CP"));
        await using var charger = await WireCharger.Connect(host.Address, name);

        var first = await charger.Started(Start(Stamp(0)), "1");
        await charger.Call("StopTransaction", Stop(first, Stamp(5)), "2");
        var second = await charger.Started(Start(Stamp(10)), "1");
        var clock = (await charger.Call("Heartbeat", "{}", "3")).GetProperty("currentTime").GetDateTimeOffset();

        Assert.NotEqual(first, second);
        await Eventually.Holds(
            async () => (await charger.Call("Heartbeat", "{}", "3")).GetProperty("currentTime").GetDateTimeOffset() > clock,
            "a heartbeat with the id of an earlier one is told the present time");
    }

    private static async Task<JsonElement> Twice(Func<Task<JsonElement>> exchange)
    {
        var (first, second) = (await exchange(), await exchange());
        Assert.Equal(first.ToString(), second.ToString());
        Assert.Equal(3, first[0].GetInt32());
        return first;
    }

    /// <summary>The same exchange on two connections of the charger, the first of which ends without a word.</summary>
    private async Task<JsonElement> Reconnecting(string name, Func<WireCharger, Task<JsonElement>> exchange) => await Twice(async () =>
    {
        await using var charger = await WireCharger.Connect(host.Address, name);
        return await exchange(charger);
    });
}
