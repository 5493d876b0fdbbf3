using EvCharge.Domain.Allocation.Limits;
using EvCharge.Domain.Allocation.Sites;

namespace EvCharge.DomainTests.Allocation.Sites;

/// <summary>A site that believes nobody before it was seen to follow, on its first day: all vehicles come at once.</summary>
public sealed class TrialsTests
{
    private const int Chargers = 20;
    private const double Limit = 100;
    private static readonly SharingSettings Strict = new(
        Enabled: true, IncreaseIntervalSeconds: 10, MinOnSeconds: 60, MinOffSeconds: 30, SettleSeconds: 10, Trust: "strict");

    private readonly SiteControl _control = new(
        SiteLayout.Of("S", inWatts: false, launch: null, new TreeSettings(Margin: 0), Enumerable.Range(0, Chargers).Select(number => new ChargerEnergy(
            $"C{number:00}", new EnergySettings(), null, new Dictionary<int, EnergySettings> { [1] = new() }))),
        Strict, new OrderTimes(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30)), epoch: 1);

    private readonly double[] _held = [.. Enumerable.Repeat(6.0, Chargers)];
    private readonly double[] _energy = new double[Chargers];
    private readonly Guid _activation = Guid.NewGuid();
    private DateTimeOffset _now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private long _images;

    [Fact]
    public void All_are_tried_one_after_the_other_and_charge()
    {
        var most = 0.0;
        for (var second = 0; second < 3 * 3_600; second++)
        {
            _now = _now.AddSeconds(1);
            if (second % 10 == 0)
            {
                Measure();
            }
            Obey();
            most = second < 60 ? 0 : Math.Max(most, _held.Sum());
            for (var charger = 0; charger < Chargers; charger++)
            {
                _energy[charger] += _held[charger] / 3_600;
            }
        }

        Assert.InRange(most, 0.8 * Limit, Limit + 1e-6);
        Assert.All(_energy, ampereHours => Assert.True(ampereHours > 3, $"{ampereHours:0.0} Ah"));
        var view = _control.View(LimitOrigin.Static, Limit, _now)!;
        Assert.True(view.Connectors.Sum(connector => connector.Limit) > 0.9 * Limit, $"{view.Connectors.Sum(connector => connector.Limit):0.0} A");
    }

    private void Measure()
    {
        for (var charger = 0; charger < Chargers; charger++)
        {
            _control.Report(
                new ChargerImage(
                    $"C{charger:00}", ++_images, true, 1, LimitTraits.Plain,
                    [new ConnectorImage(1, charger + 1, _held[charger] > 0 ? "Charging" : "SuspendedEVSE", _held[charger], null, _now)], _activation),
                _now);
        }
    }

    private void Obey()
    {
        foreach (var order in _control.Step(new NodeLimit { Static = Limit }, _now).Orders)
        {
            _held[int.Parse(order.Charger.AsSpan(1))] = order.Current;
            _control.End(order.Charger, order.Number, LimitOutcome.Accepted, _now);
        }
    }
}
