namespace EvCharge.Domain.Allocation;

/// <summary>
/// All that the allocation knows of a connector. Events make the next state of it; <see cref="Wish"/> and
/// <see cref="Controlled"/> are what the plan and the dispatch of limits see.
/// </summary>
public sealed record ConnectorControl(ConnectorSettings Settings)
{
    /// <summary>What it may be under; unknown until a limit was taken.</summary>
    public InForce InForce { get; init; } = new InForce(Settings.Most).Restarted(Settings.Most);

    /// <summary>
    /// The highest limit that the charger's default profile may hold, under which the next vehicle starts. One that came back in the
    /// middle of a transaction is told the limit of that, and its default after the end.
    /// </summary>
    public double Default { get; init; } = Settings.Most;

    /// <summary>What was asked last is the default profile.</summary>
    public bool AsksDefault { get; init; }

    public ChangeHistory History { get; init; } = ChangeHistory.None;

    public VehicleDemand Demand { get; init; } = VehicleDemand.Unknown(Settings.Most);

    public Trust Trust { get; init; } = Trust.Untried;

    /// <summary>What somebody said of its vehicle.</summary>
    public VehicleNeed Need { get; init; } = VehicleNeed.Unknown;

    /// <summary>What its vehicle was seen to draw at least, in A, and when.</summary>
    public (double Current, DateTimeOffset At)? Draws { get; init; }

    /// <summary>Whether a limit can be sent.</summary>
    public bool IsReachable { get; init; }

    /// <summary>Whether a vehicle charges, or waits to, in a transaction.</summary>
    public bool IsInUse { get; init; }

    /// <summary>Since when the limit stands that is in force.</summary>
    public DateTimeOffset LimitedAt { get; init; }

    /// <summary>When its charger took a limit last.</summary>
    public DateTimeOffset ToldAt { get; init; }

    /// <summary>Since when the vehicle may charge; null while it may not.</summary>
    public DateTimeOffset? RunsSince { get; init; }

    /// <summary>Since when it waits to charge again; null while it may, and before its first turn.</summary>
    public DateTimeOffset? WaitsSince { get; init; }

    /// <summary>The vehicle took something since it came.</summary>
    public bool HasCharged { get; init; }

    /// <summary>How often a vehicle that slept was let charge again and did not.</summary>
    public int VainProbes { get; init; }

    /// <summary>It was sent nothing on this connection yet.</summary>
    public bool IsUntold { get; init; } = true;

    /// <summary>Since when it has not taken what it was told, whatever became of that; null when it took the last of it.</summary>
    public DateTimeOffset? UnheardSince { get; init; }

    public DateTimeOffset? RefusedAt { get; init; }

    /// <summary>A charger that keeps refusing limits: it counts with all that it can carry.</summary>
    public bool IsUnmanaged(ControlPolicy policy) => InForce.Refusals >= policy.Refusals;

    /// <summary>
    /// The charger is there. Whether it lost what it held, or was set by others meanwhile, nobody knows: it has to be told again.
    /// </summary>
    public ConnectorControl Connected() => this with
    {
        IsReachable = true,
        InForce = InForce.Restarted(Settings.Most),
        Default = Settings.Most,
        IsUntold = true,
        UnheardSince = null,
        RefusedAt = null,
    };

    /// <summary>It is told limits in another way from now on: what it refused before says nothing of that.</summary>
    public ConnectorControl ToldOtherwise(ConnectorSettings settings) =>
        this with { Settings = settings, RefusedAt = null, InForce = InForce with { Refusals = 0 } };

    /// <summary>The charger is gone: it keeps its limit, or takes the one that was under way.</summary>
    public ConnectorControl Disconnected() => Unanswered() with { IsReachable = false };

    /// <summary>A transaction began, under the default profile.</summary>
    public ConnectorControl Started(DateTimeOffset now) => this with
    {
        IsInUse = true,
        History = History.OfNextVehicle(),
        Need = VehicleNeed.Unknown,
        Draws = null,
        Demand = VehicleDemand.Unknown(Settings.Most),
        HasCharged = false,
        VainProbes = 0,
        LimitedAt = now,
        RunsSince = InForce.Held > 0 ? now : null,
        WaitsSince = null,
    };

    /// <summary>The transaction is over: the default profile holds for the next.</summary>
    public ConnectorControl Ended(DateTimeOffset now, ControlPolicy policy)
    {
        var ended = InForce.At(now).Ended(DefaultUnanswered, now, Judged(policy).Settle);
        return this with
        {
            IsInUse = false,
            InForce = ended with { Unsure = ended.Unsure || DefaultUnanswered != Settings.Launch },
            Default = DefaultUnanswered,
            AsksDefault = false,
            RunsSince = null,
            WaitsSince = null,
        };
    }

    /// <summary>The charger says that the vehicle takes nothing of what it may (SuspendedEV).</summary>
    public ConnectorControl Suspended() => InForce.Held < Settings.Minimum ? this : this with { Demand = Demand.Suspended() };

    /// <summary>The charger says that the vehicle charges, which may have slept.</summary>
    public ConnectorControl Resumed() => Demand.Sleeps ? this with { Demand = VehicleDemand.Unknown(Settings.Most) } : this;

    /// <summary>Its vehicle draws no less than that, in A; how much more is not known.</summary>
    public ConnectorControl Drew(double current, DateTimeOffset now) => this with { Draws = (current, now) };

    /// <param name="current">The highest of the phases, in A.</param>
    public ConnectorControl Measured(double current, DateTimeOffset now, ControlPolicy policy) => this with
    {
        Draws = (current, now),
        Trust = Trust.Measured(current, InForce.At(now), now, policy.Trust),
        InForce = InForce.At(now).Measured(current),
        HasCharged = IsInUse && (HasCharged || current >= policy.Demand.Asleep),
        Demand = IsInUse
            ? Demand.Measured(current, now, InForce.Held, LimitedAt, Settings.Minimum, Settings.Most, Judged(policy))
            : Demand,
    };

    /// <summary>A limit is about to be sent.</summary>
    public ConnectorControl Sending(double limit, DateTimeOffset now, ControlPolicy policy) => this with
    {
        History = History.Sent(InForce.Held, limit, now, policy.Changes),
        InForce = InForce.Sending(limit),
        AsksDefault = !IsInUse || Settings.OneProfile,
        UnheardSince = UnheardSince ?? now,
        IsUntold = false,
    };

    /// <summary>The charger took the limit.</summary>
    public ConnectorControl Accepted(DateTimeOffset now, ControlPolicy policy)
    {
        var taken = InForce.At(now).Accepted(now, Judged(policy).Settle);
        if (Settings.ResendsAfterPause && InForce.Held == 0 && taken.Held > 0)
        {
            taken = taken with { Unsure = true };
        }
        var runs = IsInUse && taken.Held > 0;
        return this with
        {
            InForce = taken,
            UnheardSince = null,
            RefusedAt = null,
            Default = AsksDefault ? taken.Held : Default,
            LimitedAt = now,
            ToldAt = now,
            RunsSince = runs ? RunsSince ?? now : null,
            WaitsSince = IsInUse && !runs ? (RunsSince is null ? WaitsSince : now) : null,
            VainProbes = !Demand.Sleeps ? 0 : runs && RunsSince is null ? VainProbes + 1 : VainProbes,
        };
    }

    /// <summary>The charger did not take it.</summary>
    public ConnectorControl Refused(DateTimeOffset now) => this with { InForce = InForce.Refused(), RefusedAt = now };

    /// <summary>It was not sent after all.</summary>
    public ConnectorControl Withdrawn() => this with { InForce = InForce.Withdrawn() };

    /// <summary>No answer came.</summary>
    public ConnectorControl Unanswered() => this with { InForce = InForce.Lost(), Default = DefaultUnanswered };

    /// <summary>What it wants of the plan.</summary>
    public Demand Wish(DateTimeOffset now, ControlPolicy policy)
    {
        var wish = new Demand
        {
            Id = Settings.Id,
            Node = Settings.Node,
            Kind = KindAt(now, policy),
            Phases = Settings.Phases,
            Conductors = Settings.Conductors,
            Minimum = Settings.Minimum,
            Estimate = Demand.At(now, Settings.Most, policy.Demand),
            Most = Settings.Most,
            Step = Settings.Step,
            Priority = Need.Priority ?? Settings.Priority,
            Weight = Settings.Weight * Need.WeightAt(now),
            HoldsMinimum = Settings.HoldsMinimum,
            TakesTurns = Settings.TakesTurns,
            Rank = AdmissionRank.Of(now - RunsSince, now - WaitsSince, policy.Changes.Turn),
            Reserve = Trust.Start(Settings.Launch, Settings.Most),
        };
        return wish.Kind switch
        {
            DemandKind.Fixed => wish with { Reserve = Reserved(now, policy) },
            DemandKind.Idle when IsUnmanaged(policy) || IsUnheard(now, policy) => wish with { Reserve = Reserved(now, policy) },
            DemandKind.Hungry when Demand.Sleeps => wish with { Estimate = Settings.Minimum },
            _ => wish,
        };
    }

    /// <summary>
    /// What it is to be told: what the plan gives it. Of what is set aside for one that is in doubt the plan knows nothing more: it
    /// gets its least, and one that was never seen to follow all of it after that, so that it can be seen.
    /// </summary>
    public double Target(in Demand wish, double allotted, ControlPolicy policy) =>
        wish.Kind != DemandKind.Fixed ? allotted
        : wish.MustRest ? 0
        : IsOnTrial && policy.Trust.Strict && Trust.Followed is not null ? wish.MostInSteps
        : wish.LeastInSteps;

    /// <summary>What the dispatch of limits may do with it.</summary>
    /// <param name="wish">The one that the plan was made with.</param>
    public Controlled Controlled(in Demand wish, DateTimeOffset now, ControlPolicy policy) => new(
        wish, InForce.At(now), History, Reserved(now, policy), IsReachable && !IsLeftAlone(now, policy),
        RaisesNothing(now, policy), Settings.Changes?.Over(policy.Changes), policy.Trust.Strict && IsOnTrial ? Settings.Most : 0);

    /// <summary>
    /// Up to what the first limit on a connection raises nothing, whatever the charger holds: what its vehicle draws already; without a
    /// vehicle the start of one, which is set aside at all times. Not of one that is in doubt, and not what it drew before its last limit.
    /// </summary>
    private double RaisesNothing(DateTimeOffset now, ControlPolicy policy) =>
        !IsUntold || Trust.Doubts(policy.Trust) ? 0
        : !IsInUse ? Settings.Launch
        : Draws is { } drawn && now - drawn.At <= policy.Demand.Stale && drawn.At - ToldAt >= Judged(policy).Settle ? drawn.Current
        : 0;

    private DemandPolicy Judged(ControlPolicy policy) =>
        Settings.Settle is { } settle ? policy.Demand with { Settle = settle } : policy.Demand;

    /// <summary>The default profile if what was asked last is never answered.</summary>
    private double DefaultUnanswered => AsksDefault && InForce.Asked is { } limit ? Math.Max(Default, limit) : Default;

    private DemandKind KindAt(DateTimeOffset now, ControlPolicy policy) => this switch
    {
        { IsInUse: false, IsReachable: true } => DemandKind.Idle,
        { IsReachable: false } => DemandKind.Fixed,
        _ when IsUnmanaged(policy) || Trust.Doubts(policy.Trust) || IsUnheard(now, policy) => DemandKind.Fixed,
        _ when IsAsleep(now, policy) => DemandKind.Sleeping,
        _ when History.Rests(now, policy.Changes) => DemandKind.Sleeping,
        _ => DemandKind.Hungry,
    };

    /// <summary>It was told something, has not taken it, and cannot be told anything else yet.</summary>
    private bool IsUnheard(DateTimeOffset now, ControlPolicy policy) =>
        now - UnheardSince >= policy.Unheard && (InForce.Asked is not null || InForce.Unsure || IsLeftAlone(now, policy));

    /// <summary>It refused what it was told just now.</summary>
    private bool IsLeftAlone(DateTimeOffset now, ControlPolicy policy) => now < RefusedAt + policy.AfterRefusal(InForce.Refusals);

    /// <summary>Its vehicle takes nothing, and it is not the time to see whether it woke.</summary>
    internal bool IsAsleep(DateTimeOffset now, ControlPolicy policy) => Demand.Sleeps && !IsProbed(now, policy);

    /// <summary>It was neither seen to follow nor caught: where nobody is believed before, that has to be found out.</summary>
    internal bool IsOnTrial => this is { IsInUse: true, IsReachable: true, Trust: { IsProven: false, IsDistrusted: false, Overdrawn: 0 } };

    /// <summary>
    /// It is to be tried, and until then its vehicle is paused and takes nothing. It counts with that: one that does not follow would show
    /// with the next measurement, and all that wait their turn together carry more than a site has.
    /// </summary>
    internal bool RestsUntried(DateTimeOffset now, ControlPolicy policy) =>
        IsOnTrial && InForce.At(now).High == 0
        && Draws is { } drawn && drawn.Current < policy.Demand.Asleep && now - drawn.At <= policy.Demand.Stale;

    /// <summary>
    /// A vehicle that cannot show that it woke, since it is paused, gets its minimum now and then; less and less often, since
    /// most are full and stay for hours.
    /// </summary>
    private bool IsProbed(DateTimeOffset now, ControlPolicy policy) =>
        now - WaitsSince >= (HasCharged ? policy.ProbeCharged : policy.ProbeUncharged) * Math.Pow(2, VainProbes)
        || (VainProbes > 0 && now - RunsSince < policy.ProbeTime);

    /// <summary>What is counted for it: what may be in force, and what is known to be drawn whatever is.</summary>
    private double Reserved(DateTimeOffset now, ControlPolicy policy) => this switch
    {
        { IsInUse: true } when RestsUntried(now, policy) => 0,
        { IsInUse: true } => Trust.Reserve(
            IsUnmanaged(policy) ? Settings.Most : InForce.At(now).High, Settings.Most, Draws?.Current ?? 0, policy.Trust),
        { IsReachable: false } => Math.Max(Settings.Offline, DefaultUnanswered),
        _ => Trust.Start(Math.Max(IsUnmanaged(policy) ? Settings.Most : InForce.At(now).High, Settings.Launch), Settings.Most),
    };
}
