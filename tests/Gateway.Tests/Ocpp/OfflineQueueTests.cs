using EvCharge.Domain.Sessions;
using EvCharge.GatewayTests.Api;
using static EvCharge.GatewayTests.Ocpp.Transactions;

namespace EvCharge.GatewayTests.Ocpp;

/// <summary>What a charger sends when it was offline, or does not know its transaction's id.</summary>
[Trait("pain", "offline-transaction-ids")]
public sealed class OfflineQueueTests(GatewayHost host)
{
    private readonly Records _records = new(host.Services);

    [Fact]
    public async Task Sessions_that_come_back_to_back_keep_their_own_times_and_ids()
    {
        var (charger, name) = await NewCharger();
        await using var _ = charger;
        var ids = new List<int>();

        for (var session = 0; session < 20; session++)
        {
            var id = await charger.Started(Start(Stamp(session * 60), meter: session * 1_000));
            await charger.Call("StopTransaction", Stop(id, Stamp(session * 60 + 45), session * 1_000 + 500 + session));
            ids.Add(id);
        }

        var stored = (await _records.Transactions(name)).OrderBy(one => one.StartedAt).ToList();
        Assert.Equal(ids, stored.Select(one => one.OcppId));
        Assert.Equal(20, ids.Distinct().Count());
        Assert.All(stored, (one, session) =>
        {
            Assert.Equal(Stamp(session * 60), one.RawStart);
            Assert.Equal(DateTimeOffset.Parse(Stamp(session * 60 + 45), null), one.StoppedAt);
            Assert.Equal(500 + session, one.EnergyWh);
            Assert.Equal(TransactionFlags.NotAuthorized, one.Flags);
        });
    }

    [Fact]
    public async Task Sessions_sent_without_waiting_for_answers_are_served_in_order()
    {
        var (charger, name) = await NewCharger();
        await using var _ = charger;

        for (var session = 0; session < 8; session++)
        {
            await charger.Send($"""[2,"start-{session}","StartTransaction",{Start(Stamp(session * 60), meter: session * 1_000)}]""");
            await charger.Send($"""[2,"stop-{session}","StopTransaction",{Stop(-1, Stamp(session * 60 + 45), session * 1_000 + 500)}]""");
        }

        for (var session = 0; session < 8; session++)
        {
            Assert.Equal($"start-{session}", (await charger.NextAnswer())[1].GetString());
            Assert.Equal($"stop-{session}", (await charger.NextAnswer())[1].GetString());
        }

        var stored = await _records.Transactions(name);
        Assert.Equal(8, stored.Count);
        Assert.All(stored, one => Assert.Equal((500, TransactionFlags.Repaired), (one.EnergyWh, one.Flags & TransactionFlags.Repaired)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(-2_147_483_648)]
    [InlineData(2_147_483_648)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public async Task A_stop_without_a_real_id_closes_the_only_open_transaction(long id)
    {
        var (charger, name) = await NewCharger();
        await using var _ = charger;
        await charger.Started(Start(Stamp(0)));

        await charger.Call("StopTransaction", Stop(id, Stamp(10)));

        var stopped = await _records.Transaction(name);
        Assert.Equal(1_000, stopped.EnergyWh);
        Assert.True(stopped.Flags.HasFlag(TransactionFlags.Repaired));
    }

    [Theory]
    [InlineData(0, "OTHER", 2_000)]
    [InlineData(0, "TAG", 999)]
    [InlineData(-1, "TAG", 500)]
    public async Task A_stop_without_a_real_id_that_does_not_fit_closes_nothing_and_is_kept(long id, string tag, long meter)
    {
        var (charger, name) = await NewCharger();
        await using var _ = charger;
        await charger.Started(Start(Stamp(0)));

        await charger.Call("StopTransaction", Stop(id, Stamp(10), meter, tag));

        Assert.True((await _records.Transaction(name)).Active);
        await _records.AwaitEvent("unknown-transaction", name);
    }

    [Fact]
    public async Task A_stop_without_a_real_id_closes_neither_of_two_transactions()
    {
        var (charger, name) = await NewCharger(connectors: 2);
        await using var _ = charger;
        await charger.Started(Start(Stamp(0)));
        await charger.Started(Start(Stamp(0), connector: 2));

        await charger.Call("StopTransaction", Stop(-1, Stamp(10)));

        Assert.All(await _records.Transactions(name), one => Assert.True(one.Active));
    }

    [Theory]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+02:00")]
    [InlineData("2099-12-31T23:59:59Z")]
    [InlineData("yesterday")]
    [InlineData("")]
    public async Task A_clock_that_cannot_be_believed_gives_way_to_the_time_of_receipt(string stamp)
    {
        var (charger, name) = await NewCharger();
        await using var _ = charger;
        var before = TimeProvider.System.GetUtcNow().AddSeconds(-1);

        var id = await charger.Started(Start(stamp));
        await charger.Call("StopTransaction", Stop(id, stamp));

        var stored = await _records.Transaction(name);
        Assert.InRange(stored.StartedAt, before, TimeProvider.System.GetUtcNow());
        Assert.InRange(stored.StoppedAt!.Value, stored.StartedAt, TimeProvider.System.GetUtcNow());
        Assert.Equal(stamp, stored.RawStart);
        Assert.True(stored.Flags.HasFlag(TransactionFlags.ReceiptTime));
    }

    private async Task<(WireCharger Charger, string Name)> NewCharger(int connectors = 1)
    {
        var name = await _records.NewCharger(host.Name("CP"), connectors: connectors);
        return (await WireCharger.Connect(host.Address, name), name);
    }
}
