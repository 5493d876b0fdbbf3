using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Sessions;

public sealed class CorrectionTests
{
    [Fact]
    public async Task A_genuine_stop_replaces_the_provisional_end_and_both_are_kept()
    {
        await using var history = await TestHistory.Create();
        var start = await Facts.NewStart(history);
        var provisional = start.Ended(2000) with { ClosedBySystem = true, StopMessageId = null };
        var genuine = provisional.Ended(3500) with { ClosedBySystem = false, Flags = TransactionFlags.Corrected };
        await history.Sessions.Commit(Tenant, [new TransactionOpened(start)]);
        await history.Sessions.Commit(Tenant, [new TransactionEnded(provisional)]);

        await history.Sessions.Commit(Tenant, [new TransactionEnded(genuine, provisional)]);

        Assert.Equal(genuine, await history.Transactions.Find(SiteScope.All(Tenant), start.Id));
        Assert.Contains("\"meterStop\":2000,", await history.Scalar<string>("SELECT before FROM correction"), StringComparison.Ordinal);
        Assert.Contains("\"meterStop\":3500,", await history.Scalar<string>("SELECT after FROM correction"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stale_correction_leaves_no_row()
    {
        await using var history = await TestHistory.Create();
        var start = await Facts.NewStart(history);
        await history.Sessions.Commit(Tenant, [new TransactionOpened(start)]);

        var stale = await history.Sessions.Commit(Tenant, [new TransactionEnded(start.Ended() with { Version = 9 }, start.Ended())]);

        Assert.True(stale.Stale);
        Assert.Equal(0L, await history.Scalar<long>("SELECT COUNT(*) FROM correction"));
    }
}
