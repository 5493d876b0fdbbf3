namespace EvCharge.Domain.Sessions;

/// <summary>
/// Which transaction a vehicle belongs to that identified itself: the connector's running one, else its next. The first word
/// counts: a vehicle is not changed within a transaction.
/// </summary>
public static class VehicleRules
{
    /// <summary>How long before the start of its transaction a vehicle may identify itself.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The transaction that charges the vehicle at the connector now; null when one is still to come.</summary>
    public static Transaction? RunningOf(SessionState state)
    {
        // A connector that became free, or was plugged in again, has left its open transaction behind: its stop was lost.
        var leftBehind = state.Status.Status is ConnectorStatus.Available or ConnectorStatus.Preparing && state.Status.ReceivedAt > state.Open?.ReceivedAt;
        return leftBehind ? null : state.Open;
    }

    internal static SessionDecision On(SessionState state, VehicleIdentified identified)
    {
        if (RunningOf(state) is not { } running)
        {
            return new SessionDecision(state with { Waiting = new WaitingVehicle(identified.Vehicle, identified.ReceivedAt) }, [], null);
        }

        if (running.Flags.HasFlag(TransactionFlags.VehicleIdentified))
        {
            return new SessionDecision(state, [], null);
        }

        var changed = running with
        {
            Vehicle = identified.Vehicle,
            Flags = running.Flags | TransactionFlags.VehicleIdentified,
            Version = running.Version + 1,
        };
        return new SessionDecision(state with { Open = changed }, [new TransactionIdentified(changed)], null);
    }

    /// <summary>The vehicle that waited for this start; null when none did, or when the start tells of another time.</summary>
    internal static WaitingVehicle? WaitedFor(SessionState state, StartReported start) =>
        state.Waiting is { } waiting && start.ReceivedAt - waiting.Since <= Patience && waiting.Since - start.At <= Patience
            ? waiting
            : null;

    /// <summary>A vehicle that left waits no more.</summary>
    internal static WaitingVehicle? StillWaiting(SessionState state, ConnectorStatus news) =>
        news.Status == ConnectorStatus.Available && state.Status.Status != ConnectorStatus.Available ? null : state.Waiting;
}
