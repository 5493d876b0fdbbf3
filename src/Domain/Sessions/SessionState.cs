namespace EvCharge.Domain.Sessions;

/// <summary>What a connector has to remember: all but a waiting vehicle can be read back from History.</summary>
/// <param name="Status">The last reported status that differed from the one before.</param>
/// <param name="Open">The running transaction, or null.</param>
/// <param name="LastEnded">The transaction that ended last, or null; a provisional end can still be corrected.</param>
public sealed record SessionState(ConnectorStatus Status, Transaction? Open, Transaction? LastEnded)
{
    public static readonly SessionState Empty = new(ConnectorStatus.Never, null, null);

    /// <summary>A vehicle that identified itself and has no transaction yet, or null.</summary>
    public WaitingVehicle? Waiting { get; init; }
}

/// <param name="Vehicle">Its id in the tenant.</param>
/// <param name="Since">When it identified itself.</param>
public sealed record WaitingVehicle(string Vehicle, DateTimeOffset Since);

/// <summary>When a transaction that the charger never stopped is given a provisional end.</summary>
/// <param name="AvailableGrace">After its connector reported Available and nothing more came. Default 5 min.</param>
/// <param name="SilenceLimit">After its last sign of life. Default 24 h.</param>
public sealed record SessionPolicy(TimeSpan AvailableGrace, TimeSpan SilenceLimit)
{
    public static readonly SessionPolicy Default = new(TimeSpan.FromMinutes(5), TimeSpan.FromHours(24));
}

/// <summary>What History knows about an event beyond the connector's own state.</summary>
/// <param name="EqualStarts">For a start: transactions with an equal natural key, newest first.</param>
/// <param name="NewId">For a start: the public id to use if it is new.</param>
/// <param name="NewOcppId">For a start: the id on the wire to use if it is new.</param>
/// <param name="Named">For samples and stops: the transaction of this charger that the frame names, if it is another than the state's.</param>
public sealed record SessionFacts(
    IReadOnlyList<Transaction> EqualStarts,
    long NewId,
    int NewOcppId,
    Transaction? Named)
{
    public static readonly SessionFacts None = new([], 0, 0, null);

    public static SessionFacts OfNamed(Transaction? named) => None with { Named = named };
}

/// <summary>What an event leads to: the state to adopt once the effects are durable, and what to tell the charger.</summary>
public sealed record SessionDecision(SessionState State, IReadOnlyList<SessionEffect> Effects, Transaction? Answer);
