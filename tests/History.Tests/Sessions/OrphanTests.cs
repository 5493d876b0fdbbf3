using EvCharge.Domain.Sessions;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Sessions;

public sealed class OrphanTests
{
    private static readonly OrphanRecorded Stop =
        new(Facts.Charger, "stop", "m1", "9223372036854775807", Facts.Noon, "{\"transactionId\":9223372036854775807,\"x\":\"';--\"}");

    [Fact]
    public async Task An_orphan_repeated_for_ever_stays_one_row_that_counts_and_one_event()
    {
        await using var history = await TestHistory.Create();

        for (var i = 0; i < 50; i++)
        {
            await history.Sessions.Commit(Tenant, [Stop with { MessageId = $"m{i}", ReceivedAt = Facts.Noon.AddMinutes(i) }]);
        }

        Assert.Equal(1L, await history.Scalar<long>("SELECT COUNT(*) FROM orphan"));
        Assert.Equal(49L, await history.Scalar<long>("SELECT repeats FROM orphan"));
        Assert.Equal(Stop.Payload, await history.Scalar<string>("SELECT payload FROM orphan"));
        Assert.Equal("CP1", await history.Scalar<string>("SELECT charger_id FROM event WHERE kind = 'unknown-transaction'"));
        Assert.Equal(1L, await history.Scalar<long>("SELECT COUNT(*) FROM event"));
    }

    [Fact]
    public async Task Orphans_that_say_something_else_are_kept_beside_each_other()
    {
        await using var history = await TestHistory.Create();

        await history.Sessions.Commit(Tenant,
        [
            Stop,
            Stop with { Payload = "{}" },
            Stop with { Kind = "meter" },
            Stop with { RawTransaction = "-1" },
            Stop with { Charger = Stop.Charger with { Name = "CP2" } },
        ]);

        Assert.Equal(5L, await history.Scalar<long>("SELECT COUNT(*) FROM orphan"));
    }
}
