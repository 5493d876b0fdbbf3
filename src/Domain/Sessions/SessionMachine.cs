using System.Globalization;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Metering;

namespace EvCharge.Domain.Sessions;

/// <summary>
/// The life of a connector's transactions: connect, start, meter, stop, and every way in which real chargers bend it.
/// State follows the order of receipt. Nothing here waits or writes; the caller commits the effects, then adopts the state.
/// </summary>
public static class SessionMachine
{
    public static SessionDecision On(SessionState state, SessionEvent happened, SessionFacts facts, SessionPolicy policy) =>
        happened switch
        {
            StatusReported status => OnStatus(state, status),
            StartReported start => OnStart(state, start, facts),
            SamplesReported samples => OnSamples(state, samples, facts),
            StopReported stop => OnStop(state, stop, facts),
            TimePassed time => OnTime(state, time, policy),
            VehicleIdentified vehicle => VehicleRules.On(state, vehicle),
            _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "An event the machine does not know."),
        };

    /// <summary>The moment from which <see cref="TimePassed"/> would close the open transaction; null without one.</summary>
    public static DateTimeOffset? NextDue(SessionState state, SessionPolicy policy)
    {
        if (state.Open is not { } open)
        {
            return null;
        }

        var silent = open.LastActivity + policy.SilenceLimit;
        if (state.Status.Status != ConnectorStatus.Available)
        {
            return silent;
        }

        var since = state.Status.ReceivedAt > open.LastActivity ? state.Status.ReceivedAt : open.LastActivity;
        var available = since + policy.AvailableGrace;
        return available < silent ? available : silent;
    }

    private static SessionDecision OnStatus(SessionState state, StatusReported reported)
    {
        var news = reported.Status;
        var known = state.Status;

        // A charger that repeats itself tells nothing new, and "since when" must stay true.
        var same = known with { DeviceStamp = news.DeviceStamp, ReceivedAt = news.ReceivedAt } == news;
        return same
            ? new SessionDecision(state, [], null)
            : new SessionDecision(
                state with { Status = news, Waiting = VehicleRules.StillWaiting(state, news) },
                [new StatusRecorded(reported.Connector, news)],
                null);
    }

    private static SessionDecision OnStart(SessionState state, StartReported start, SessionFacts facts)
    {
        if (StartMatching.FindRepeated(start, facts.EqualStarts) is { } repeated)
        {
            return new SessionDecision(state, [], repeated);
        }

        var effects = new List<SessionEffect>();
        var lastEnded = state.LastEnded;
        if (state.Open is { } forgotten)
        {
            // The stop of the one before was lost for good, or is still to come and will then correct this end.
            lastEnded = ProvisionallyEnded(forgotten);
            effects.Add(new TransactionEnded(lastEnded));
        }

        var waited = VehicleRules.WaitedFor(state, start);
        var flags = (start.StampBelieved ? TransactionFlags.None : TransactionFlags.ReceiptTime)
            | (start.Authorized ? TransactionFlags.None : TransactionFlags.NotAuthorized)
            | (waited is null ? TransactionFlags.None : TransactionFlags.VehicleIdentified);
        var opened = new Transaction
        {
            Id = facts.NewId,
            OcppId = facts.NewOcppId,
            Connector = start.Connector,
            Site = start.Site,
            IdTag = start.IdTag,
            Vehicle = waited?.Vehicle ?? start.Vehicle,
            StartedAt = start.At,
            RawStart = start.RawStamp,
            MeterStart = start.MeterStart,
            StartMessageId = start.MessageId,
            Again = facts.EqualStarts.Count == 0 ? 0 : facts.EqualStarts.Max(equal => equal.Again) + 1,
            ReceivedAt = start.ReceivedAt,
            OcppVersion = start.OcppVersion,
            Flags = flags,
        };
        effects.Add(new TransactionOpened(opened));
        var waiting = waited is null ? state.Waiting : null;
        return new SessionDecision(state with { Open = opened, LastEnded = lastEnded, Waiting = waiting }, effects, opened);
    }

    private static SessionDecision OnSamples(SessionState state, SamplesReported reported, SessionFacts facts)
    {
        var transaction = Attribute(state, reported.Connector, reported.RawTransaction, facts);
        var unknown = transaction is null && NamesOne(reported.RawTransaction);
        var flags = (reported.StampsBelieved ? MeterFlags.None : MeterFlags.ReceiptTime)
            | (unknown ? MeterFlags.UnknownTransaction : MeterFlags.None)
            | (transaction is { Active: false } ? MeterFlags.AfterStop : MeterFlags.None);
        var frame = new MeterFrame(
            reported.Connector, transaction?.Id ?? 0, reported.DeviceStamp, reported.PayloadHash,
            reported.ReceivedAt, reported.Samples, flags);

        // A genuine stop has settled the energy; later samples are history only.
        var counts = transaction is { Active: true } or { ClosedBySystem: true };
        var progress = counts ? Progress.Of(transaction!, reported.Samples) : null;
        var effects = new List<SessionEffect> { new MeterRecorded(frame, progress) };
        if (unknown)
        {
            var raw = reported.RawTransaction!.Value.ToString(CultureInfo.InvariantCulture);
            effects.Add(new OrphanRecorded(reported.Connector.Charger, "meter", raw, raw, reported.ReceivedAt, ""));
        }

        return new SessionDecision(progress is null ? state : Adopt(state, progress), effects, null);
    }

    private static SessionDecision OnStop(SessionState state, StopReported stop, SessionFacts facts)
    {
        var known = new[] { state.Open, state.LastEnded, facts.Named }
            .FirstOrDefault(transaction => transaction?.Id == stop.TransactionId)
            ?? throw new InvalidOperationException($"Transaction {stop.TransactionId} was matched to a connector that does not know it.");
        if (known is { Active: false, ClosedBySystem: false })
        {
            return new SessionDecision(state, [], known);
        }

        var measured = stop.Frame is { } data && Progress.Of(known, data.Samples) is { } progress ? progress : known;
        var ended = Ended(measured, stop) with { Version = known.Version + 1 };
        var effects = new List<SessionEffect> { new TransactionEnded(ended, known.Active ? null : known) };
        if (stop.Frame is { } frame)
        {
            effects.Add(new MeterRecorded(frame, null));
        }

        return new SessionDecision(Adopt(state, ended), effects, ended);
    }

    private static SessionDecision OnTime(SessionState state, TimePassed time, SessionPolicy policy)
    {
        if (state.Open is not { } open || NextDue(state, policy) > time.ReceivedAt)
        {
            return new SessionDecision(state, [], null);
        }

        var ended = ProvisionallyEnded(open);
        return new SessionDecision(Adopt(state, ended), [new TransactionEnded(ended)], null);
    }

    /// <summary>The connector's transaction that samples belong to: the one they name, else the running one.</summary>
    private static Transaction? Attribute(SessionState state, ConnectorId connector, long? raw, SessionFacts facts)
    {
        if (!NamesOne(raw))
        {
            return state.Open;
        }

        return new[] { state.Open, state.LastEnded, facts.Named }
            .FirstOrDefault(transaction => transaction?.OcppId == raw && transaction?.Connector == connector);
    }

    /// <summary>0, negative and beyond int32 are what chargers send when they do not know: never issued ids.</summary>
    private static bool NamesOne(long? raw) => raw is > 0 and <= int.MaxValue;

    private static SessionState Adopt(SessionState state, Transaction changed)
    {
        if (changed.Active)
        {
            return state with { Open = changed };
        }

        var lastEnded = state.LastEnded is null || changed.Id >= state.LastEnded.Id ? changed : state.LastEnded;
        return state with { Open = state.Open?.Id == changed.Id ? null : state.Open, LastEnded = lastEnded };
    }

    private static Transaction Ended(Transaction transaction, StopReported stop)
    {
        var usable = stop.MeterStop is { } meter && meter >= transaction.MeterStart;
        var meterStop = usable ? stop.MeterStop!.Value : transaction.MeterStart + transaction.EnergyWh;
        var inOrder = stop.At >= transaction.StartedAt;
        var stoppedAt = inOrder ? stop.At : Later(stop.ReceivedAt, transaction.StartedAt);
        var flags = transaction.Flags & ~TransactionFlags.Estimated;
        flags |= usable ? TransactionFlags.None : TransactionFlags.Estimated;
        flags |= stop.Repaired ? TransactionFlags.Repaired : TransactionFlags.None;
        flags |= stop.StampBelieved && inOrder ? TransactionFlags.None : TransactionFlags.ReceiptTime;
        flags |= transaction.ClosedBySystem ? TransactionFlags.Corrected : TransactionFlags.None;
        return transaction with
        {
            StoppedAt = stoppedAt,
            MeterStop = meterStop,
            EnergyWh = meterStop - transaction.MeterStart,
            PowerW = 0,
            StopReason = stop.Reason,
            StopMessageId = stop.MessageId,
            ClosedBySystem = false,
            Flags = flags,
        };
    }

    private static Transaction ProvisionallyEnded(Transaction open) => open with
    {
        StoppedAt = open.LastSampleAt is { } last ? Later(last, open.StartedAt) : open.StartedAt,
        MeterStop = open.MeterStart + open.EnergyWh,
        PowerW = 0,
        StopReason = "Other",
        ClosedBySystem = true,
        Flags = open.Flags | TransactionFlags.Estimated,
        Version = open.Version + 1,
    };

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
