using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Sessions;

public sealed class TransactionIdsTests
{
    [Fact]
    public async Task Two_processes_that_draw_at_once_never_draw_the_same()
    {
        await using var history = await TestHistory.Create();
        await using var other = TestHistory.Open(history.Database);

        var drawn = await Task.WhenAll(Enumerable.Range(0, 2_000).Select(number =>
            Task.Run(async () => await (number % 2 == 0 ? history : other).Sessions.NextIds(Tenant))));

        Assert.Equal(2_000, drawn.Select(ids => ids.Id).Distinct().Count());
        Assert.Equal(2_000, drawn.Select(ids => ids.OcppId).Distinct().Count());
        Assert.All(drawn, ids => Assert.True(ids is { Id: > 0, OcppId: > 0 }));
    }

    [Fact]
    public async Task What_a_crash_cut_short_is_never_drawn_again()
    {
        await using var history = await TestHistory.Create();
        var before = await history.Sessions.NextIds(Tenant);
        await using var after = TestHistory.Open(history.Database);

        var next = await after.Sessions.NextIds(Tenant);

        Assert.Equal((1, 1), (before.Id, before.OcppId));
        Assert.Equal((65, 65), (next.Id, next.OcppId));
    }

    [Fact]
    public async Task Tenants_count_for_themselves()
    {
        await using var history = await TestHistory.Create();
        await history.Sessions.NextIds(Tenant);

        Assert.Equal(1, (await history.Sessions.NextIds(new TenantId("other"))).Id);
    }

    [Theory]
    [InlineData(null, 65)]
    [InlineData(-30, 65)]
    [InlineData(-400, 1)]
    public async Task After_the_last_int32_come_ids_that_nobody_used_for_a_year(int? endedDaysAgo, int expected)
    {
        await using var history = await TestHistory.Create();
        var start = await Facts.NewStart(history);
        await history.Sessions.Commit(Tenant, [new TransactionOpened(start)]);
        if (endedDaysAgo is { } days)
        {
            await history.Sessions.Commit(Tenant,
                [new TransactionEnded(start.Ended() with { StoppedAt = history.Clock.GetUtcNow().AddDays(days) })]);
        }

        await history.Execute($"UPDATE id_block SET next_value = {int.MaxValue - 63L} WHERE name = 'ocpp'");
        await using var later = TestHistory.Open(history.Database);
        var last = new List<int>();
        for (var i = 0; i < 65; i++)
        {
            last.Add((await later.Sessions.NextIds(Tenant)).OcppId);
        }

        Assert.Equal(int.MaxValue, last[63]);
        Assert.Equal(expected, last[64]);
    }
}
