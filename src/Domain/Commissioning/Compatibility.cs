namespace EvCharge.Domain.Commissioning;

/// <summary>What chargers of one make, model and firmware have shown.</summary>
/// <param name="Chargers">How many were tested to the end.</param>
/// <param name="At">The end of the newest test.</param>
/// <param name="Steps">Of each step the newest outcome that says something: passed or failed. Skipped where none does.</param>
public sealed record Compatibility(
    string Vendor, string Model, string? Firmware, int Chargers, DateTimeOffset At, ImmutableArray<StepReport> Steps)
{
    /// <param name="reports">Those without a vendor and a model, and those that did not reach their end, say nothing.</param>
    /// <returns>By vendor and model, the newest firmware first.</returns>
    public static ImmutableArray<Compatibility> Of(IEnumerable<CommissioningReport> reports) =>
    [
        .. reports
            .Where(report => report is { Status: CommissioningStatus.Passed or CommissioningStatus.Failed, Vendor: not null, Model: not null, EndedAt: not null })
            .GroupBy(report => (Vendor: report.Vendor!, Model: report.Model!, report.Firmware))
            .Select(group => Of(group.Key, [.. group.OrderByDescending(report => report.EndedAt)]))
            .OrderBy(entry => entry.Vendor, StringComparer.OrdinalIgnoreCase)
            .ThenBy(entry => entry.Model, StringComparer.OrdinalIgnoreCase)
            .ThenByDescending(entry => entry.At),
    ];

    private static Compatibility Of((string Vendor, string Model, string? Firmware) kind, ImmutableArray<CommissioningReport> newestFirst) => new(
        kind.Vendor,
        kind.Model,
        kind.Firmware,
        newestFirst.Select(report => report.Charger).Distinct().Count(),
        newestFirst[0].EndedAt!.Value,
        [
            .. Enum.GetValues<CommissioningStep>().Select(step => newestFirst
                .SelectMany(report => report.Steps)
                .FirstOrDefault(told => told.Step == step && told.Outcome is StepOutcome.Passed or StepOutcome.Failed)
                ?? new StepReport(step, StepOutcome.Skipped)),
        ]);
}
