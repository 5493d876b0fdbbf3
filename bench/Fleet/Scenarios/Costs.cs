namespace EvCharge.Fleet.Scenarios;

/// <summary>What the parts of a cluster cost.</summary>
/// <param name="Gateway">Processor: ms in a second without frames, µs for each frame; as of the others.</param>
/// <param name="GatewayKiB">Memory of the gateway for a connection.</param>
/// <param name="SilosKiB">Of all silos.</param>
/// <param name="DataBytes">Of the database's files for a frame.</param>
/// <param name="LogBytes">Of its log.</param>
internal sealed record Costs(Line Gateway, Line Silos, Line Database, double GatewayKiB, double SilosKiB, double DataBytes, double LogBytes)
{
    /// <summary>µs a frame.</summary>
    public double Together => Gateway.Slope + Silos.Slope + Database.Slope;
}

/// <summary>A line through points, by least squares.</summary>
/// <param name="Base">Where nothing happens, ms a second.</param>
/// <param name="Slope">For each more in a second, µs.</param>
/// <param name="Fit">R²: 1 when all points lie on it.</param>
internal sealed record Line(double Base, double Slope, double Fit)
{
    private const double Microseconds = 1_000;

    /// <param name="points">So many in a second, and the ms of a second that they took.</param>
    public static Line Through(IEnumerable<(double X, double Y)> points)
    {
        var all = points.ToArray();
        var (x, y) = (all.Average(point => point.X), all.Average(point => point.Y));
        var slope = all.Sum(point => (point.X - x) * (point.Y - y)) / all.Sum(point => (point.X - x) * (point.X - x));
        var start = y - (slope * x);
        var missed = all.Sum(point => Math.Pow(point.Y - start - (slope * point.X), 2));
        return new Line(start, slope * Microseconds, 1 - (missed / all.Sum(point => Math.Pow(point.Y - y, 2))));
    }
}

/// <summary>
/// What fleets need by the measured costs: chargers with four sessions of two hours a day, a MeterValues each minute and seven other frames a
/// session, three times as many frames as on average in the busiest minute, and processors that are busy to six tenths then.
/// </summary>
internal sealed class FleetPlan(Costs costs)
{
    public const string Title = "Plan";
    public static readonly int[] Sizes = [1_000, 10_000, 100_000, 1_000_000];

    public static readonly string[] Columns =
        ["chargers", "frames/s, busiest", "gateway cores", "silo cores", "database cores", "gateway GiB", "silo GiB", "gateways of 20,000", "log, MiB/s", "files, GiB a day"];

    private const double SessionsADay = 4;
    private const double FramesASession = 120 + 7;
    private const double Peak = 3;
    private const double Busy = 0.6;
    private const double SecondsADay = 86_400;
    private const double ConnectionsAGateway = 20_000;
    private const double Million = 1_000_000;
    private const double MiB = 1_048_576;
    private const double GiB = 1_073_741_824;

    public string[] Row(int chargers)
    {
        var average = chargers * SessionsADay * FramesASession / SecondsADay;
        var busiest = average * Peak;
        double Cores(Line part) => busiest * part.Slope / Million / Busy;
        return
        [
            $"{chargers:#,0}", Report.Figure.Of(busiest), Report.Figure.Of(Cores(costs.Gateway)), Report.Figure.Of(Cores(costs.Silos)), Report.Figure.Of(Cores(costs.Database)),
            Report.Figure.Of(chargers * costs.GatewayKiB * 1_024 / GiB), Report.Figure.Of(chargers * costs.SilosKiB * 1_024 / GiB),
            $"{Math.Max(2, Math.Ceiling(chargers / ConnectionsAGateway) + 1):0}", Report.Figure.Of(busiest * costs.LogBytes / MiB), Report.Figure.Of(average * SecondsADay * costs.DataBytes / GiB),
        ];
    }
}
