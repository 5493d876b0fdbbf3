namespace EvCharge.Domain.Allocation.Sites;

/// <summary>A connector as the site's control has it: what its charger shows becomes the events that its state is made of.</summary>
internal sealed class ControlledConnector(PlacedConnector placed)
{
    private const string SuspendedEv = "SuspendedEV";
    private const string Charging = "Charging";

    /// <summary>Below it a meter shows nothing but itself, in W.</summary>
    private const double NoPower = 50;

    private const double MostPower = 100_000_000;

    /// <summary>Of power above what currents make, by the errors of meters and the voltage.</summary>
    private const double Excess = 1.3;

    /// <summary>A record that says so much more than holds is not worth writing anew, in A.</summary>
    private const double Slack = 1;

    /// <summary>A profile lasts a day (OCPP 1.6 §3.13.2 advises an end); told again in time it never runs out.</summary>
    private static readonly TimeSpan Renewal = TimeSpan.FromHours(12);

    private string _status = "";
    private double _energyWh;
    private DateTimeOffset? _measuredAt;
    private LimitTraits _traits = LimitTraits.Plain;
    private PhaseUse _phases = PhaseUse.Unknown;
    private double _least;
    private bool _isDistrusted;

    public PlacedConnector Placed { get; } = placed;

    /// <summary>Of a charger that never came nothing is known, and nothing counted but the start of a vehicle.</summary>
    public ConnectorControl Control { get; private set; } = new(placed.Settings) { InForce = new InForce(0), Default = 0 };

    public long? Transaction { get; private set; }

    /// <summary>What somebody said of its vehicle.</summary>
    public SessionNeeds Needs { get; private set; } = SessionNeeds.None;

    /// <summary>What was measured last, in A; null when nothing was.</summary>
    public double? Measured { get; private set; }

    /// <summary>
    /// What its vehicle took at least of each phase that is counted for it, in A; 0 where that was not measured within
    /// <paramref name="fresh"/>, or not by phase.
    /// </summary>
    public double Surely(TimeSpan fresh, DateTimeOffset now) => now - _measuredAt <= fresh ? _least : 0;

    /// <summary>The order under way; null for none.</summary>
    public LimitOrder? Order { get; private set; }

    /// <summary>When it has been waited for long enough.</summary>
    public DateTimeOffset OrderDue { get; private set; }

    /// <summary>What is on record of it; null for nothing.</summary>
    public ConnectorBound? Written { get; private set; }

    public ConnectorBound Bound(long connection) => new(
        Placed.Charger, Placed.Connector, connection, Transaction, Control.InForce.High,
        Control.AsksDefault ? Math.Max(Control.Default, Control.InForce.Asked ?? 0) : Control.Default,
        Control.InForce.Refusals, Control.Trust.IsProven, Control.Trust.Factor, Control.Trust.DistrustedAt);

    public void Wrote(ConnectorBound bound) => Written = bound;

    /// <summary>
    /// Whether an order would bring it above what is on record. On another connection than that of the record all that it can carry is
    /// counted anyway.
    /// </summary>
    public bool Exceeds(LimitOrder order) =>
        Written is { } written && written.Connection == order.Connection
        && (order.Current > written.High || (Control.AsksDefault && order.Current > written.Default));

    /// <summary>Whether the record says more than holds, or something else.</summary>
    public bool IsOutdated(long connection) => Bound(connection) is var bound
        && (Written is null || Written.High > bound.High + Slack || Written with { High = bound.High, Default = bound.Default } != bound);

    public void Restore(ConnectorBound bound, DateTimeOffset now)
    {
        Transaction = bound.Transaction;
        Written = bound;
        _isDistrusted = bound.DistrustedAt is not null;
        var inUse = bound.Transaction is not null;
        Control = Control with
        {
            InForce = new InForce(bound.High) { Unsure = true, Refusals = bound.Refusals },
            Default = bound.Default,
            IsInUse = inUse,
            IsUntold = false,
            RunsSince = inUse && bound.High >= Placed.Settings.Minimum ? now : null,
            Trust = Trust.Untried with { IsProven = bound.Proven, Factor = bound.Factor, DistrustedAt = bound.DistrustedAt },
        };
    }

    public void Follow(ControlledConnector before)
    {
        (_status, _measuredAt) = (before._status, before._measuredAt);
        (Transaction, Measured, Order, OrderDue, Written) = (before.Transaction, before.Measured, before.Order, before.OrderDue, before.Written);
        (_traits, _isDistrusted) = (before._traits, before._isDistrusted);
        (Needs, _energyWh) = (before.Needs, before._energyWh);
        (_phases, _least) = (before._phases, before._least);
        Control = before.Control with { Settings = Placed.With(_traits, _phases) };
        Weigh();
    }

    public void Take(LimitTraits traits)
    {
        if (traits != _traits)
        {
            _traits = traits;
            Control = Control.ToldOtherwise(Placed.With(traits, _phases));
        }
    }

    /// <summary>Nothing starts on it while another connector of its charger is in use, and nothing is set aside for that.</summary>
    public void Bar(bool barred)
    {
        var launch = barred && _traits.ZeroAllowed ? 0 : Placed.With(_traits).Launch;
        if (launch != Control.Settings.Launch)
        {
            Control = Control with { Settings = Control.Settings with { Launch = launch } };
        }
    }

    public void Connected()
    {
        Order = null;
        Control = Control.Connected();
    }

    public void CameBack() => Control = Control with { IsReachable = true };

    public void Disconnected()
    {
        Order = null;
        Control = Control.Disconnected();
    }

    /// <returns>Whether a decision should not wait.</returns>
    public bool Report(ConnectorImage seen, DateTimeOffset now, ControlPolicy policy)
    {
        var changed = Change(seen.Transaction, now, policy);
        if (_energyWh != seen.EnergyWh)
        {
            _energyWh = seen.EnergyWh;
            Weigh();
        }
        if (_status != seen.Status)
        {
            Control = seen.Status switch
            {
                SuspendedEv when Control.IsInUse => Control.Suspended(),
                Charging when _status == SuspendedEv => Control.Resumed(),
                _ => Control,
            };
            changed |= _status == SuspendedEv;
            _status = seen.Status;
        }
        return Measure(seen, now, policy) || changed;
    }

    /// <summary>Somebody said it of the vehicle that is there.</summary>
    public void Take(SessionNeeds needs)
    {
        Needs = needs;
        Weigh();
    }

    /// <summary>A limit is to be sent.</summary>
    public LimitOrder Send(long number, long epoch, long connection, double limit, DateTimeOffset now, OrderTimes times, ControlPolicy policy)
    {
        Control = Control.Sending(limit, now, policy);
        OrderDue = now + times.Expiry + times.Answer;
        Order = new LimitOrder(
            number, epoch, connection, Placed.Charger, Placed.Connector,
            Control.AsksDefault ? null : Transaction, limit, limit * Placed.WattsPerAmpere, now + times.Expiry,
            Placed.Settings.Conductors, Placed.IsDc);
        return Order;
    }

    public void End(LimitOutcome outcome, DateTimeOffset now, ControlPolicy policy)
    {
        Order = null;
        Control = outcome switch
        {
            LimitOutcome.Accepted => Control.Accepted(now, policy),
            LimitOutcome.Refused => Control.Refused(now),
            LimitOutcome.Unanswered => Control.Unanswered(),
            _ => Control.Withdrawn(),
        };
    }

    /// <summary>Time passed: vehicles have followed, and a limit that runs out is to be told again.</summary>
    public void Pass(DateTimeOffset now)
    {
        Control = Control with { InForce = Control.InForce.At(now) };
        if (Control is { IsInUse: true, InForce: { Asked: null, Unsure: false } } && now - Control.LimitedAt >= Renewal)
        {
            Control = Control with { InForce = Control.InForce with { Unsure = true } };
        }
    }

    /// <summary>Whether it is believed, if that is not as it was when it was last asked for.</summary>
    public Belief? Believed()
    {
        if (Control.Trust.IsDistrusted == _isDistrusted)
        {
            return null;
        }
        _isDistrusted = !_isDistrusted;
        return new Belief(Placed.Charger, Placed.Connector, _isDistrusted, Control.InForce.High, Measured ?? 0);
    }

    private bool Change(long? transaction, DateTimeOffset now, ControlPolicy policy)
    {
        if (transaction == Transaction)
        {
            return false;
        }
        if (Transaction is not null)
        {
            Order = null;
            Control = Control.Ended(now, policy);
        }
        if (transaction is not null)
        {
            Control = Control.Started(now);
        }
        (Transaction, Measured, Needs, _least) = (transaction, null, SessionNeeds.None, 0);
        var wasLearned = Use(PhaseUse.Unknown); // What the next one may draw counts on all phases again.
        return transaction is not null || wasLearned;
    }

    private void Weigh() => Control = Control with
    {
        Need = Needs == SessionNeeds.None ? VehicleNeed.Unknown : Needs.Need(
            Placed.Settings.Priority, _energyWh, Placed.WattsPerAmpere * Control.Settings.Conductors / Placed.Settings.Conductors),
    };

    private bool Measure(ConnectorImage seen, DateTimeOffset now, ControlPolicy policy)
    {
        if (seen.MeasuredAt is not { } at || at <= _measuredAt)
        {
            return false;
        }
        (_measuredAt, _least) = (at, 0);
        if (CurrentOf(seen) is not { } current)
        {
            Control = seen.Power is > 0 and < MostPower ? Control.Drew(seen.Power.Value / Placed.WattsPerAmpere, now) : Control;
            return false;
        }
        var more = Transaction is not null && IsPlausible(seen) && Use(_phases.Measured(seen.Currents.AsSpan(), now));
        var doubted = Control.Trust.Doubts(policy.Trust);
        var slept = Control.Demand.Sleeps;
        (Measured, _least) = (current, LeastOf(seen, current));
        Control = Control.Measured(current, now, policy);
        return more || doubted != Control.Trust.Doubts(policy.Trust) || (slept && !Control.Demand.Sleeps);
    }

    /// <summary>A power that is much more than its currents make tells of a meter that does not measure all of them.</summary>
    private bool IsPlausible(ConnectorImage seen) =>
        !seen.Currents.IsDefaultOrEmpty
        && !(seen.Power > Excess * seen.Currents.Sum(current => current ?? 0) * Placed.WattsPerAmpere / Placed.Settings.Conductors);

    /// <returns>Whether it loads phases of which that was not counted before.</returns>
    private bool Use(PhaseUse use)
    {
        var before = Control.Settings;
        _phases = use;
        var settings = Placed.With(_traits, use);
        if (settings.Phases != before.Phases || settings.Conductors != before.Conductors)
        {
            Control = Control with
            {
                Settings = before with { Phases = settings.Phases, Conductors = settings.Conductors },
                Demand = VehicleDemand.Unknown(before.Most),
            };
            Weigh();
        }
        return settings.Conductors > before.Conductors || (settings.Phases & ~before.Phases) != Phases.None;
    }

    /// <summary>The lowest of the terminals that its vehicle may use: 0 while those count that it does not use.</summary>
    private double LeastOf(ConnectorImage seen, double current)
    {
        if (Placed.Settings.Conductors == 1 || Placed.IsDc)
        {
            return current;
        }
        if (seen.Currents.IsDefault || seen.Currents.Length != 3)
        {
            return 0;
        }

        var least = current;
        for (var terminal = 0; terminal < seen.Currents.Length; terminal++)
        {
            if (_phases.Terminals.HasFlag((Phases)(1 << terminal)))
            {
                least = Math.Min(least, seen.Currents[terminal] ?? 0);
            }
        }

        return Math.Max(0, least);
    }

    /// <summary>
    /// Of power alone the current of a phase follows only where it is known over how many it flows: a vehicle on one of three
    /// draws three times the mean.
    /// </summary>
    private double? CurrentOf(ConnectorImage seen) =>
        seen.Current is >= 0 and < 100_000 ? seen.Current
        : seen.Power is not (>= 0 and < MostPower) ? null
        : seen.Power < NoPower ? 0
        : Placed.Settings.Conductors == 1 || Placed.IsDc ? seen.Power / Placed.WattsPerAmpere
        : null;
}

/// <summary>How long an order may take.</summary>
/// <param name="Expiry">Until it is sent.</param>
/// <param name="Answer">From then until its outcome has arrived.</param>
public sealed record OrderTimes(TimeSpan Expiry, TimeSpan Answer);
