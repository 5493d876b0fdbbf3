using EvCharge.GatewayTests.Api;
using static EvCharge.GatewayTests.Ocpp.Transactions;

namespace EvCharge.GatewayTests.Ocpp;

/// <summary>Messages that name a transaction of somebody else: answered, kept, shown, and applied to nothing.</summary>
[Trait("pain", "foreign-transaction")]
public sealed class ForeignTransactionTests(GatewayHost host)
{
    private readonly Records _records = new(host.Services);

    [Trait("attack", "foreign-transaction")]
    [Theory]
    [InlineData("default")]
    [InlineData(GatewayHost.ForeignTenant)]
    public async Task A_transaction_of_another_charger_cannot_be_stopped_or_metered(string tenant)
    {
        var owners = new Records(host.Services, tenant);
        var owner = await owners.NewCharger(host.Name("CP"));
        var stranger = await _records.NewCharger(host.Name("CP"));
        await using var owning = await WireCharger.Connect(host.Address, $"{tenant}/{owner}");
        await using var strange = await WireCharger.Connect(host.Address, stranger);
        var id = await owning.Started(Start(Stamp(0)));
        var before = await owners.Transaction(owner);

        await strange.Call("MeterValues", Meter(id, Stamp(5), "1900"));
        await _records.AwaitEvent("unknown-transaction", stranger, $"{id}");
        await strange.Call("StopTransaction", Stop(id, Stamp(10)));

        Assert.Equal(before, await owners.Transaction(owner));
        Assert.Empty(await _records.Transactions(stranger));
        Assert.Equal(2, (await UnknownTransactions(stranger)).Count);
    }

    [Fact]
    public async Task A_charger_that_repeats_itself_for_ever_is_shown_once()
    {
        var name = await _records.NewCharger(host.Name("CP"));
        await using var charger = await WireCharger.Connect(host.Address, name);

        for (var round = 0; round < 10; round++)
        {
            await charger.Call("StopTransaction", Stop(2_000_000_000, Stamp(10)));
            await charger.Call("MeterValues", Meter(2_000_000_000, Stamp(round), "1900"));
        }

        await charger.Call("StopTransaction", Stop(2_000_000_001, Stamp(10)));
        Assert.Equal(3, (await UnknownTransactions(name)).Count);
    }

    [Fact]
    public async Task Samples_of_an_own_transaction_on_the_wrong_connector_go_to_the_transaction()
    {
        var name = await _records.NewCharger(host.Name("CP"), connectors: 2);
        await using var charger = await WireCharger.Connect(host.Address, name);
        var id = await charger.Started(Start(Stamp(0)));

        await charger.Call("MeterValues", Meter(id, Stamp(5), "1750", connector: 2));

        Assert.Equal(750, (await _records.Transaction(name)).EnergyWh);
        Assert.Empty(await UnknownTransactions(name));
    }

    private async Task<IReadOnlyList<History.Chargers.EventRecord>> UnknownTransactions(string charger) =>
        [.. (await _records.Events(charger)).Where(entry => entry.Kind == "unknown-transaction")];
}
