using EvCharge.Domain.Identity;

namespace EvCharge.Domain.Commissioning;

/// <summary>What a charger showed of itself in the test before it is put to work, step by step.</summary>
/// <param name="Connector">The one that a vehicle is charged at.</param>
/// <param name="Limit">What the charger is limited to while it charges, A per phase.</param>
/// <param name="RequestedBy">User or API key.</param>
/// <param name="EndedAt">Null while it runs.</param>
/// <param name="Steps">All of them, in their order.</param>
public sealed record CommissioningReport(
    ChargerId Charger,
    long Id,
    int Connector,
    double Limit,
    string RequestedBy,
    DateTimeOffset RequestedAt,
    DateTimeOffset? EndedAt,
    CommissioningStatus Status,
    ImmutableArray<StepReport> Steps)
{
    /// <summary>As it said at its boot, like model and firmware; null before it did.</summary>
    public string? Vendor { get; init; }

    public string? Model { get; init; }

    public string? Firmware { get; init; }

    /// <summary>The step to take now; null when there is none left.</summary>
    public CommissioningStep? Next => Steps.FirstOrDefault(report => report.Outcome is StepOutcome.Waiting or StepOutcome.Running)?.Step;

    public static CommissioningReport New(ChargerId charger, int connector, double limit, string requestedBy, DateTimeOffset now) => new(
        charger, 0, connector, limit, requestedBy, now, null, CommissioningStatus.Running,
        [.. Enum.GetValues<CommissioningStep>().Select(step => new StepReport(step, StepOutcome.Waiting))]);

    public CommissioningReport Begun(CommissioningStep step, DateTimeOffset now) =>
        With(step, report => report with { Outcome = StepOutcome.Running, StartedAt = now });

    /// <summary>The step has ended; those that need what it did not show are left out.</summary>
    public CommissioningReport Ended(CommissioningStep step, StepVerdict verdict, DateTimeOffset now)
    {
        var told = With(step, report => report with { Outcome = verdict.Outcome, Why = verdict.Why, Detail = verdict.Detail, EndedAt = now });
        return verdict.Outcome == StepOutcome.Passed
            ? told
            : told with
            {
                Steps = [.. told.Steps.Select(report => report.Outcome == StepOutcome.Waiting && Needs(report.Step, step)
                    ? report with { Outcome = StepOutcome.Skipped, Why = StepReason.StepBefore }
                    : report)],
            };
    }

    /// <summary>The test is over: by itself, with what its steps showed, or before its end.</summary>
    /// <param name="before">Cancelled or interrupted; null when every step has ended.</param>
    public CommissioningReport Closed(DateTimeOffset now, CommissioningStatus? before = null) => this with
    {
        EndedAt = now,
        Status = before ?? (Steps.Any(report => report.Outcome == StepOutcome.Failed) ? CommissioningStatus.Failed : CommissioningStatus.Passed),
        Steps = [.. Steps.Select(report => report.Outcome is StepOutcome.Waiting or StepOutcome.Running
            ? report with { Outcome = StepOutcome.Skipped, Why = StepReason.NotReached, EndedAt = report.StartedAt is null ? null : now }
            : report)],
    };

    /// <summary>Without a connection there is nothing to see, and without a transaction nothing of charging.</summary>
    private static bool Needs(CommissioningStep step, CommissioningStep before) => before switch
    {
        CommissioningStep.Connect => true,
        CommissioningStep.Start => step is CommissioningStep.MeterValues or CommissioningStep.ChargingProfile or CommissioningStep.Stop,
        _ => false,
    };

    private CommissioningReport With(CommissioningStep step, Func<StepReport, StepReport> change) =>
        this with { Steps = [.. Steps.Select(report => report.Step == step ? change(report) : report)] };
}

/// <summary>What one step showed.</summary>
/// <param name="Why">One of <see cref="StepReason"/>; null when there is nothing to explain.</param>
/// <param name="Detail">What was seen, for people who know the protocol.</param>
public sealed record StepReport(
    CommissioningStep Step,
    StepOutcome Outcome,
    string? Why = null,
    string? Detail = null,
    DateTimeOffset? StartedAt = null,
    DateTimeOffset? EndedAt = null);

/// <summary>How a step ends.</summary>
public sealed record StepVerdict(StepOutcome Outcome, string? Why, string? Detail)
{
    public static StepVerdict Passed(string? detail = null) => new(StepOutcome.Passed, null, detail);

    public static StepVerdict Failed(string why, string? detail = null) => new(StepOutcome.Failed, why, detail);
}

/// <summary>In the order in which they are taken.</summary>
public enum CommissioningStep
{
    Connect,
    Boot,
    Keys,
    FeatureProfiles,
    Status,
    Start,
    MeterValues,
    ChargingProfile,
    Stop,
    Return,
}

public enum StepOutcome
{
    Waiting,
    Running,
    Passed,
    Failed,
    Skipped,
}

/// <summary>Numbers are stored: append, never renumber.</summary>
public enum CommissioningStatus
{
    Running,
    Passed,
    Failed,

    /// <summary>Somebody ended it.</summary>
    Cancelled,

    /// <summary>The silo that ran it is gone.</summary>
    Interrupted,
}

/// <summary>Why a step did not pass.</summary>
public static class StepReason
{
    /// <summary>The charger did not connect.</summary>
    public const string NotConnected = "not-connected";

    /// <summary>A message that was awaited never came.</summary>
    public const string NothingCame = "nothing-came";

    /// <summary>It answered a request with no, or with an error.</summary>
    public const string Refused = "refused";

    /// <summary>It did not answer a request.</summary>
    public const string NoAnswer = "no-answer";

    /// <summary>It answered, and what it said is of no use.</summary>
    public const string Useless = "useless";

    /// <summary>Its meter does not say what is needed to see it.</summary>
    public const string NotMeasured = "not-measured";

    /// <summary>It took the limit, and was measured above it.</summary>
    public const string NotFollowed = "not-followed";

    /// <summary>It did not come back after its connection was cut.</summary>
    public const string NotBack = "not-back";

    /// <summary>A step before did not show what this one needs.</summary>
    public const string StepBefore = "step-before";

    /// <summary>The test ended before.</summary>
    public const string NotReached = "not-reached";

    /// <summary>The request could not be sent.</summary>
    public const string NotSent = "not-sent";
}
