using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using EvCharge.History;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Sessions;

public sealed class DurabilityTests
{
    [Fact]
    public async Task A_full_queue_fails_the_commit_at_once()
    {
        await using var history = await TestHistory.Create(options => options.QueueRows = 1);
        var status = new StatusRecorded(Facts.Connector, Facts.Status("Available", Facts.Noon));

        await Assert.ThrowsAsync<HistoryUnavailableException>(() => history.Sessions.Commit(Tenant, [status, status]));

        Assert.False((await history.Sessions.Commit(Tenant, [status])).Stale);
    }

    [Fact]
    public async Task No_effects_need_no_commit()
    {
        await using var history = await TestHistory.Create();

        Assert.Equal(new(false, null), await history.Sessions.Commit(Tenant, []));
        Assert.Equal(new(false, null), await history.Sessions.Commit(new TenantId("other"), []));
    }
}
