using EvCharge.Domain.Sessions;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Sessions;

public sealed class StatusTests
{
    [Fact]
    public async Task The_present_status_is_the_one_received_last_and_history_keeps_all()
    {
        await using var history = await TestHistory.Create();
        var newer = Facts.Status("Charging", Facts.Noon.AddSeconds(5)) with { Info = "i", VendorId = "v", VendorErrorCode = "e" };

        await history.Sessions.Commit(Tenant, [new StatusRecorded(Facts.Connector, newer)]);
        await history.Sessions.Commit(Tenant, [new StatusRecorded(Facts.Connector, Facts.Status("Available", Facts.Noon))]);

        Assert.Equal(newer, (await history.Sessions.Load(Facts.Connector)).Status);
        Assert.Equal(2L, await history.Scalar<long>("SELECT COUNT(*) FROM status_history"));
    }

    [Fact]
    public async Task The_same_report_is_history_once()
    {
        await using var history = await TestHistory.Create();
        var status = new StatusRecorded(Facts.Connector, Facts.Status("Charging", Facts.Noon));

        await history.Sessions.Commit(Tenant, [status]);
        await history.Sessions.Commit(Tenant, [status]);

        Assert.Equal(1L, await history.Scalar<long>("SELECT COUNT(*) FROM status_history"));
    }

    [Fact]
    public async Task A_connector_nobody_heard_of_has_nothing()
    {
        await using var history = await TestHistory.Create();

        Assert.Equal(new(null, null, null), await history.Sessions.Load(Facts.Connector));
    }
}
