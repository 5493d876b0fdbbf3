using System.Globalization;
using EvCharge.Domain.Metering;
using EvCharge.Gateway.Security;
using EvCharge.History.Queries;

namespace EvCharge.Gateway.Api;

/// <summary>The samples of a transaction.</summary>
internal static class MeterValuesApi
{
    private const string List = "meter-values";

    public static void MapMeterValues(this IEndpointRouteBuilder api) =>
        api.MapGet("/transactions/{id:long}/meter-values", Page).RequirePermission(Permission.ReadTransactions).NarrowedToSites()
            .WithTags("Transactions").WithName("listMeterValues").WithSummary("Samples of a transaction in order of receipt");

    private static async Task<Page<SampleView>> Page(
        Caller caller, long id, [AsParameters] PageRequest page, TransactionQueries transactions)
    {
        var size = page.Size();
        var from = SampleCursor.Read(Cursor.Decode(List, page.Cursor));
        _ = await transactions.Find(caller.Scope, id) ?? throw TransactionsApi.NoSuchTransaction();

        // A row holds one frame of one or more samples, so as many rows as samples are always enough.
        var frames = await transactions.MeterFrames(caller.Tenant, id, from.AfterRow, size + 1);
        var samples = new List<SampleView>(size);
        long? lastRow = from.AfterRow;
        var skip = from.Skip;
        foreach (var (row, frame) in frames)
        {
            var taken = Math.Min(size - samples.Count, frame.Samples.Length - skip);
            samples.AddRange(frame.Samples.Skip(skip).Take(taken).Select(SampleView.Of));
            if (skip + taken < frame.Samples.Length)
            {
                return new Page<SampleView>(samples, Cursor.Encode(List, new SampleCursor(lastRow, skip + taken).ToString()));
            }

            (lastRow, skip) = (row, 0);
        }

        return new Page<SampleView>(samples, null);
    }

    /// <summary>The last frame that was shown in full, and how many samples of the next one were.</summary>
    private readonly record struct SampleCursor(long? AfterRow, int Skip)
    {
        public static SampleCursor Read(string? key)
        {
            if (key?.Split(' ') is not [var row, var skip])
            {
                return default;
            }

            return new SampleCursor(
                row.Length == 0 ? null : long.Parse(row, CultureInfo.InvariantCulture),
                int.Parse(skip, CultureInfo.InvariantCulture));
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{AfterRow} {Skip}");
    }
}

/// <summary>One sample. Members that the charger did not send are null; arrays hold L1 to L3.</summary>
/// <param name="Timestamp">UTC: the charger's stamp, or the receipt when that cannot be believed.</param>
/// <param name="EnergyWh">Reading of the import register, Wh.</param>
/// <param name="PowerW">Import of all phases together, W.</param>
/// <param name="Soc">State of charge of the vehicle, %.</param>
/// <param name="Context">OCPP ReadingContext of the first reading.</param>
/// <param name="Raw">All readings.</param>
public sealed record SampleView(
    DateTimeOffset Timestamp,
    double? EnergyWh,
    double? PowerW,
    IReadOnlyList<double?> CurrentA,
    IReadOnlyList<double?> VoltageV,
    double? Soc,
    double? TemperatureC,
    string? Context,
    IReadOnlyList<ReadingView> Raw)
{
    internal static SampleView Of(Sample sample)
    {
        var summary = MeterSummary.Of(sample);
        return new SampleView(
            sample.At,
            summary.RegisterWh,
            summary.PowerW,
            summary.CurrentA,
            summary.VoltageV,
            summary.Soc,
            summary.TemperatureC,
            sample.Readings.FirstOrDefault()?.Context,
            [.. sample.Readings.Select(ReadingView.Of)]);
    }
}

/// <summary>One measured value in OCPP's words.</summary>
/// <param name="Value">In the measurand's base unit; null when the charger's text is no finite number.</param>
/// <param name="Raw">The value as sent.</param>
public sealed record ReadingView(
    string Measurand, string? Phase, string Location, string Context, double? Value, string? Unit, string Raw)
{
    internal static ReadingView Of(Reading reading) => new(
        reading.Measurand, reading.Phase, reading.Location, reading.Context, reading.Value, reading.Unit, reading.Raw);
}
