using System.Text.Json.Serialization;

namespace EvCharge.ChargerSimulator.Ledgers;

/// <summary>What a transaction message reports.</summary>
public enum LedgerKind
{
    Start,
    Sample,
    Stop,
}

/// <summary>How far a transaction message came. Only an acknowledged one must be found at the CSMS.</summary>
public enum LedgerState
{
    /// <summary>Made, never on the wire: must not be found.</summary>
    Queued,

    /// <summary>On the wire at least once without an answer: may be found, at most once.</summary>
    Sent,

    /// <summary>Answered by CALLRESULT: must be found, exactly once.</summary>
    Acknowledged,

    /// <summary>Answered by CALLERROR and given up.</summary>
    Refused,

    /// <summary>Never sent, because its start was given up.</summary>
    Abandoned,
}

/// <summary>One transaction message of one charger and what became of it.</summary>
public sealed record LedgerEntry
{
    public required string Charger { get; init; }

    /// <summary>Number of the session, unique in the ledger; joins its start, samples and stop.</summary>
    public required long Session { get; init; }

    public required LedgerKind Kind { get; init; }

    public required int Connector { get; init; }

    public string? IdTag { get; init; }

    /// <summary>The stamp as sent.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>meterStart, the energy register of the sample, or meterStop: whole Wh.</summary>
    public required int MeterWh { get; init; }

    /// <summary>Reason of a stop.</summary>
    public string? Reason { get; init; }

    /// <summary>The id the CSMS gave: in a start the answered one, otherwise the one sent.</summary>
    public int? TransactionId { get; init; }

    /// <summary>idTagInfo.status of the answer.</summary>
    public string? IdTagStatus { get; init; }

    /// <summary>Message id of the last attempt.</summary>
    public string? MessageId { get; init; }

    /// <summary>Times the frame was put on the wire.</summary>
    public int Attempts { get; init; }

    /// <summary>Times it was answered by CALLERROR.</summary>
    public int Refusals { get; init; }

    public LedgerState State { get; init; }

    /// <summary>Place in the order of acknowledgements over all chargers, from 1.</summary>
    public long? Acknowledged { get; init; }

    [JsonIgnore]
    public bool IsAcknowledged => State == LedgerState.Acknowledged;
}
