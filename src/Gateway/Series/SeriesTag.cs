using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Metering;
using EvCharge.Gateway.Allocation;
using EvCharge.History.Queries;

namespace EvCharge.Gateway.Series;

/// <summary>
/// What a curve is of: <c>charger/CP01/connector/1/power</c> or <c>site/S1/drawn</c>. Exactly one of <see cref="Measured"/>,
/// <see cref="Shared"/> and <see cref="IsLimit"/> is there.
/// </summary>
/// <param name="Unit">Null where it depends on what limits the site: A on a phase, or W.</param>
internal sealed record SeriesTag(string Text, string? Unit)
{
    public const string Grammar =
        "must be charger/{charger}/connector/{number}/{power|energy|soc|temperature|current.l1..l3|voltage.l1..l3|limit} "
        + "or site/{site}/{free|inForce|drawn|charging|waiting}";

    private const string LimitName = "limit";

    private static readonly Dictionary<string, (string Unit, Func<Sample, double?> Of)> OfConnectors = new(StringComparer.Ordinal)
    {
        ["power"] = ("W", sample => PhasedValue.Of(sample.Readings, Measurands.Power).Total),
        ["energy"] = ("Wh", sample => PhasedValue.Of(sample.Readings, Measurands.Energy).Total),
        ["soc"] = ("%", sample => PhasedValue.Of(sample.Readings, Measurands.Soc).Total),
        ["temperature"] = ("°C", sample => PhasedValue.Of(sample.Readings, Measurands.Temperature).Total),
        ["current.l1"] = ("A", sample => PhasedValue.Of(sample.Readings, Measurands.Current).OnPhase(0)),
        ["current.l2"] = ("A", sample => PhasedValue.Of(sample.Readings, Measurands.Current).OnPhase(1)),
        ["current.l3"] = ("A", sample => PhasedValue.Of(sample.Readings, Measurands.Current).OnPhase(2)),
        ["voltage.l1"] = ("V", sample => PhasedValue.Of(sample.Readings, Measurands.Voltage).OnPhase(0)),
        ["voltage.l2"] = ("V", sample => PhasedValue.Of(sample.Readings, Measurands.Voltage).OnPhase(1)),
        ["voltage.l3"] = ("V", sample => PhasedValue.Of(sample.Readings, Measurands.Voltage).OnPhase(2)),
    };

    private static readonly Dictionary<string, (string? Unit, Func<SiteLoadRecord, double> Of)> OfSites = new(StringComparer.Ordinal)
    {
        ["free"] = (null, load => Tenths.Of(load.Free)),
        ["inForce"] = (null, load => Tenths.Of(load.InForce)),
        ["drawn"] = (null, load => Tenths.Of(load.Drawn)),
        ["charging"] = ("", load => load.Charging),
        ["waiting"] = ("", load => load.Waiting),
    };

    public ChargerId Charger { get; private init; }

    public int Connector { get; private init; }

    public SiteId Site { get; private init; }

    public Func<Sample, double?>? Measured { get; private init; }

    public bool IsLimit { get; private init; }

    public Func<SiteLoadRecord, double>? Shared { get; private init; }

    public static bool TryParse(TenantId tenant, string? text, [NotNullWhen(true)] out SeriesTag? tag)
    {
        tag = text?.Split('/') switch
        {
            ["charger", var name, "connector", var number, var word] when ChargerId.TryParse(tenant, name, out var charger)
                && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var connector) => OfConnector(text, charger, connector, word),
            ["site", var name, var word] when SiteId.TryParse(tenant, name, out var site) && OfSites.TryGetValue(word, out var load) =>
                new SeriesTag(text, load.Unit) { Site = site, Shared = load.Of },
            _ => null,
        };
        return tag is not null;
    }

    private static SeriesTag? OfConnector(string text, ChargerId charger, int connector, string word) =>
        word == LimitName ? new SeriesTag(text, "A") { Charger = charger, Connector = connector, IsLimit = true }
        : OfConnectors.TryGetValue(word, out var measured)
            ? new SeriesTag(text, measured.Unit) { Charger = charger, Connector = connector, Measured = measured.Of }
            : null;
}
