using System.Collections.Immutable;
using EvCharge.Domain.Allocation.Limits;
using EvCharge.Domain.Allocation.Sites;

namespace EvCharge.DomainTests.Allocation.Sites;

/// <summary>A link or a meter that dies leaves the site below its limit: what is not known is counted as what may be.</summary>
[Trait("pain", "link-or-meter-dies")]
public sealed class LostLinkTests
{
    private const double Limit = 40;

    private static readonly DateTimeOffset Start = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly OrderTimes Times = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30));
    private static readonly SharingSettings Quick = new(
        Enabled: true, IncreaseIntervalSeconds: 0, MinOnSeconds: 0, MinOffSeconds: 0, SettleSeconds: 5, DeadBand: 0.5, Hysteresis: 0);

    private readonly Guid _activation = Guid.NewGuid();
    private NodeLimit _limit = new() { Static = Limit };
    private readonly Dictionary<string, double> _held = [];
    private readonly SiteControl _control = new(
        SiteLayout.Of("S", inWatts: false, launch: null, new TreeSettings(), new[] { "A", "B" }.Select(name => new ChargerEnergy(
            name, new EnergySettings(), null, new Dictionary<int, EnergySettings> { [1] = new() }))),
        Quick, Times, epoch: 7);

    private DateTimeOffset _now = Start;
    private long _images;

    [Fact]
    public void A_charger_in_a_black_hole_keeps_its_limit_and_the_others_make_room_for_it()
    {
        Share();
        Report("A", connection: 0);
        _limit = _limit with { Operator = new TemporaryLimit(25, _now.AddHours(1)) };

        Pass(TimeSpan.FromMinutes(2));

        Assert.Equal(19.8, _held["A"], 6); // Nobody could tell it anything.
        Assert.InRange(_held["B"], 0, (25 * 0.99) - 19.8 + 1e-6);
    }

    [Fact]
    public void One_that_comes_out_of_it_and_does_not_answer_counts_with_all_that_it_carries_until_it_does()
    {
        Share();
        Report("A", connection: 0);
        Pass(TimeSpan.FromSeconds(30));
        Report("A", connection: 2);

        var told = Assert.Single(Step());
        Assert.Equal(("A", 2L), (told.Charger, told.Connection));
        Assert.Equal(32, View("A").Reserved);
        _now = _now.AddSeconds(6); // By now it should have answered.
        var rest = Assert.Single(Step());
        Assert.Equal("B", rest.Charger);
        Assert.InRange(rest.Current, 0, (Limit * 0.99) - 32 + 1e-6);

        Accept([told, rest]);
        Pass(TimeSpan.FromMinutes(1));
        Assert.Equal((19.8, 19.8), (Math.Round(_held["A"], 6), Math.Round(_held["B"], 6)));
    }

    [Fact]
    public void A_meter_that_dies_gives_nothing_away_any_more_and_takes_back_only_what_others_have_left()
    {
        Share();
        Pass(TimeSpan.FromMinutes(2), draws: 9);
        var given = _held["B"];
        Assert.InRange(given, 25, 32); // What A does not use.

        Pass(TimeSpan.FromMinutes(5));

        Assert.Equal((19.8, 19.8), (Math.Round(_held["A"], 6), Math.Round(_held["B"], 6)));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-40)]
    [InlineData(1e9)]
    public void A_meter_that_talks_nonsense_is_as_good_as_none(double current)
    {
        Share();

        Pass(TimeSpan.FromMinutes(2), draws: current);

        Assert.Equal((19.8, 19.8), (Math.Round(_held["A"], 6), Math.Round(_held["B"], 6)));
    }

    /// <summary>Both have come and charge with half of what there is.</summary>
    private void Share()
    {
        foreach (var name in (string[])["A", "B"])
        {
            Report(name);
        }
        Pass(TimeSpan.FromMinutes(1));
        Assert.Equal((19.8, 19.8), (Math.Round(_held["A"], 6), Math.Round(_held["B"], 6)));
    }

    /// <summary>Time passes in seconds, both take what they are told, and never is more in force than the site may have.</summary>
    /// <param name="draws">What A measures each ten seconds; null for nothing. B draws all that it may.</param>
    private void Pass(TimeSpan time, double? draws = null)
    {
        for (var second = 0; second < time.TotalSeconds; second++)
        {
            _now = _now.AddSeconds(1);
            if (draws is not null && second % 10 == 0)
            {
                Report("A", current: draws);
            }
            if (second % 10 == 5)
            {
                Report("B", current: _held.GetValueOrDefault("B"));
            }
            Accept(Step());
            var free = _control.View(LimitOrigin.Static, Limit, _now)!.Rows[0].Free;
            Assert.True(_held.Values.Sum() <= free + 1e-6 || _held.Count < 2, $"After {_now - Start} {_held["A"]} and {_held["B"]} A are held, of {free} A.");
        }
    }

    private void Accept(IEnumerable<LimitOrder> orders)
    {
        foreach (var order in orders)
        {
            _held[order.Charger] = order.Current;
            _control.End(order.Charger, order.Number, LimitOutcome.Accepted, _now);
        }
    }

    private ImmutableArray<LimitOrder> Step() => _control.Step(_limit, _now).Orders;

    private void Report(string charger, long connection = 1, double? current = null) => _control.Report(
        new ChargerImage(
            charger, ++_images, true, connection, LimitTraits.Plain,
            [new ConnectorImage(1, 5, "Charging", current, null, current is null ? null : _now)], _activation),
        _now);

    private ConnectorAllocation View(string charger) =>
        _control.View(LimitOrigin.Static, Limit, _now)!.Connectors.Single(connector => connector.Charger == charger);
}
