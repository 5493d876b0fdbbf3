using EvCharge.Domain.Commissioning;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Api;

namespace EvCharge.Gateway.Commissioning;

/// <summary>A test of a charger.</summary>
/// <param name="IdTag">What a transaction is started with. It has to be one that is accepted; it is not kept.</param>
/// <param name="Connector">Where the vehicle is plugged in; 1 by default.</param>
/// <param name="Limit">A per phase that the vehicle has to keep to, 6 to 1,000; 6 by default.</param>
public sealed record CommissioningInput(string? IdTag = null, int? Connector = null, double? Limit = null)
{
    private const double LeastLimit = 6;

    internal CommissioningReport Checked(ChargerId charger, int connectors, string requestedBy, DateTimeOffset now)
    {
        var connector = Connector ?? 1;
        new Checks()
            .That(Ids.IsPrintable(IdTag, Domain.Identity.IdTag.MaxLength), "idTag", $"must be 1 to {Domain.Identity.IdTag.MaxLength} printable characters")
            .That(connector >= 1 && connector <= connectors, "connector", $"must be 1 to {connectors}")
            .Range(Limit, "limit", LeastLimit, 1_000)
            .ThrowIfAny();
        return CommissioningReport.New(charger, connector, Math.Round(Limit ?? LeastLimit, 1), requestedBy, now);
    }
}

/// <summary>A test of a charger, with what it showed so far.</summary>
/// <param name="Status">running, passed, failed, cancelled, or interrupted: the silo that ran it is gone.</param>
/// <param name="Vendor">As the charger said at its boot, like model and firmware; null before it did.</param>
/// <param name="Steps">In their order.</param>
public sealed record CommissioningView(
    long Id,
    string Charger,
    int Connector,
    double Limit,
    string RequestedBy,
    DateTimeOffset RequestedAt,
    DateTimeOffset? EndedAt,
    string Status,
    string? Vendor,
    string? Model,
    string? Firmware,
    IReadOnlyList<CommissioningStepView> Steps)
{
    internal static CommissioningView Of(CommissioningReport report) => new(
        report.Id, report.Charger.Name, report.Connector, report.Limit, report.RequestedBy, report.RequestedAt, report.EndedAt, Words.Of(report.Status),
        report.Vendor, report.Model, report.Firmware, [.. report.Steps.Select(CommissioningStepView.Of)]);
}

/// <summary>A step of a test. Its messages are those of the charger's log between its two moments.</summary>
/// <param name="Step">connect, boot, keys, featureProfiles, status, start, meterValues, chargingProfile, stop or return.</param>
/// <param name="Outcome">waiting, running, passed, failed or skipped.</param>
/// <param name="Why">
/// Why it did not pass: not-connected, nothing-came, refused, no-answer, useless, not-measured, not-followed, not-back, not-sent, step-before or
/// not-reached; null otherwise.
/// </param>
/// <param name="Detail">What was seen.</param>
public sealed record CommissioningStepView(string Step, string Outcome, string? Why, string? Detail, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt)
{
    internal static CommissioningStepView Of(StepReport report) =>
        new(Words.Of(report.Step), Words.Of(report.Outcome), report.Why, report.Detail, report.StartedAt, report.EndedAt);
}

/// <summary>What chargers of one make, model and firmware have shown.</summary>
/// <param name="Firmware">Null when it says none.</param>
/// <param name="Chargers">How many were tested to the end.</param>
/// <param name="At">The end of the newest test.</param>
/// <param name="Steps">Of each step the newest that passed or failed; skipped where none did.</param>
public sealed record CompatibilityView(
    string Vendor, string Model, string? Firmware, int Chargers, DateTimeOffset At, IReadOnlyList<CommissioningStepView> Steps)
{
    internal static CompatibilityView Of(Compatibility entry) =>
        new(entry.Vendor, entry.Model, entry.Firmware, entry.Chargers, entry.At, [.. entry.Steps.Select(CommissioningStepView.Of)]);
}
