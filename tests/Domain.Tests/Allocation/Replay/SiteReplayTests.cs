using EvCharge.Domain.Allocation.Limits;
using EvCharge.Domain.Allocation.Replay;
using EvCharge.Domain.Allocation.Sites;

namespace EvCharge.DomainTests.Allocation.Replay;

public sealed class SiteReplayTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 8, 0, 0, TimeSpan.Zero);
    private static readonly SharingSettings Sharing = new(Enabled: true, LaunchEnergy: 0);

    [Fact]
    public void Under_a_limit_that_is_enough_all_get_what_they_took_as_fast_as_they_can()
    {
        var outcome = Play(100, Session("A", 0, hours: 2, energyWh: 22_080), Session("B", 1, hours: 2, energyWh: 11_040));

        Assert.All(outcome.Sessions, session => Assert.Equal(session.WantedWh, session.DeliveredWh));
        Assert.InRange(outcome.Sessions[0].DoneAt!.Value, Start.AddMinutes(60), Start.AddMinutes(64)); // 32 A on three phases.
        Assert.Equal((1, 0), (outcome.Jain, outcome.SecondsOver));
        Assert.Null(outcome.Use);
    }

    [Fact]
    public void Under_one_that_is_not_they_share_it_and_it_is_used()
    {
        var outcome = Play(33, Session("A", 0, hours: 2, energyWh: 40_000), Session("B", 0, hours: 2, energyWh: 40_000));

        Assert.All(outcome.Sessions, session => Assert.InRange(session.DeliveredWh, 20_000, 22_900));
        Assert.All(outcome.Sessions, session => Assert.Null(session.DoneAt));
        Assert.InRange(outcome.Use!.Value, 0.95, 1.0);
        Assert.True(outcome.Jain > 0.99);
        Assert.Equal(0, outcome.SecondsOver);
    }

    [Fact]
    public void One_vehicle_comes_after_the_other_also_where_clocks_say_they_were_there_together()
    {
        var outcome = Play(100, Session("A", 0, hours: 1, energyWh: 10_000), Session("A", 0.9, hours: 1, energyWh: 5_000), Session("B", 40, hours: 1, energyWh: 0));

        Assert.Equal([10_000, 5_000, 0], outcome.Sessions.Select(session => session.DeliveredWh));
        Assert.InRange(outcome.SessionHours, 2.8, 3.1);
    }

    [Fact]
    public void What_the_site_does_not_have_any_more_is_left_out()
    {
        Assert.Empty(Play(100, Session("Z", 0, hours: 1, energyWh: 10_000)).Sessions);
        Assert.Equal(1, Play(100).Jain);
    }

    [Fact]
    public void The_same_comes_out_each_time_and_it_can_be_stopped()
    {
        PastSession[] day = [.. Enumerable.Range(0, 60).Select(number => Session($"{(char)('A' + (number % 6))}", number / 6 * 2, hours: 1.8, energyWh: 9_000 + (number * 100)))];

        Assert.Equal(Play(60, day).Sessions, Play(60, day).Sessions);
        Assert.Throws<OperationCanceledException>(() => Replay(60).Play(day, new CancellationToken(canceled: true)));
    }

    private static ReplayOutcome Play(double limit, params PastSession[] sessions) => Replay(limit).Play(sessions, TestContext.Current.CancellationToken);

    private static SiteReplay Replay(double limit) => new(
        SiteLayout.Of("S", inWatts: false, launch: 0, new TreeSettings(Margin: 0), "ABCDEF".Select(name => new ChargerEnergy(
            $"{name}", new EnergySettings(), null, new Dictionary<int, EnergySettings> { [1] = new() }))),
        Sharing, new NodeLimit { Static = limit }, now => now);

    private static PastSession Session(string charger, double after, double hours, double energyWh) => new(
        (charger[0] * 1_000) + (long)(after * 10), charger, 1, Start.AddHours(after), Start.AddHours(after + hours), energyWh);
}
