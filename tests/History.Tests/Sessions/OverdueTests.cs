using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Sessions;

public sealed class OverdueTests
{
    private static readonly SiteId Home = new(Tenant, "home");

    [Theory]
    [InlineData("quiet", true)]
    [InlineData("sampled lately", false)]
    [InlineData("free for long", true)]
    [InlineData("free just now", false)]
    [InlineData("ended", false)]
    [InlineData("elsewhere", false)]
    public async Task Time_closes_what_is_silent_or_free_for_too_long(string story, bool overdue)
    {
        await using var history = await TestHistory.Create();
        var now = Facts.Noon;
        var startedAt = story is "quiet" or "sampled lately" or "ended" or "elsewhere" ? now.AddHours(-30) : now.AddHours(-1);
        var start = await Facts.NewStart(history, startedAt: startedAt, site: story == "elsewhere" ? "work" : "home");
        await history.Sessions.Commit(Tenant, [new TransactionOpened(start)]);
        SessionEffect[] more = story switch
        {
            "sampled lately" => [new MeterRecorded(Facts.Frame(Facts.Connector, start.Id, "t"), start.Advanced(1) with { LastSampleAt = now.AddHours(-1) })],
            "free for long" => [new StatusRecorded(Facts.Connector, Facts.Status("Available", now.AddMinutes(-6)))],
            "free just now" => [new StatusRecorded(Facts.Connector, Facts.Status("Available", now.AddMinutes(-1)))],
            "ended" => [new TransactionEnded(start.Ended())],
            _ => [],
        };
        await history.Sessions.Commit(Tenant, more);

        var found = await history.Sessions.FindOverdue(Home, now.AddHours(-24), now.AddMinutes(-5));

        Assert.Equal(overdue ? [Facts.Charger] : [], found);
    }

    [Fact]
    public async Task A_charger_with_several_is_named_once()
    {
        await using var history = await TestHistory.Create();
        foreach (var number in new[] { 1, 2, 3 })
        {
            var start = await Facts.NewStart(history, Facts.Connector with { Number = number });
            await history.Sessions.Commit(Tenant, [new TransactionOpened(start)]);
        }

        Assert.Equal([Facts.Charger], await history.Sessions.FindOverdue(Home, Facts.Noon.AddDays(2), Facts.Noon));
        Assert.Empty(await history.Sessions.FindOverdue(new SiteId(new TenantId("other"), "home"), Facts.Noon.AddDays(2), Facts.Noon));
    }
}
