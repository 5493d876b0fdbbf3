namespace EvCharge.Domain.Frames;

/// <summary>
/// One entry of a charger's frame log: a message as it went over the socket, or the opening or end of a connection.
/// </summary>
/// <param name="Connection">Epoch of the connection: the higher one is the later.</param>
/// <param name="Number">Counts the entries of a connection from 1; a number that is missing was dropped.</param>
/// <param name="At">By the gateway's clock: when it was read whole, or handed to the connection's sender.</param>
/// <param name="MessageId">uniqueId; empty when it has none.</param>
/// <param name="Action">Operation of a call and of its answer; of an opening the OCPP version; else empty.</param>
/// <param name="Text">UTF-8 as received or sent, byte by byte; of an opening the charger's address, of an end its reason.</param>
[GenerateSerializer, Immutable, Alias("evc.LoggedFrame")]
public sealed record LoggedFrame(
    [property: Id(0)] long Connection,
    [property: Id(1)] int Number,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] FrameDirection Direction,
    [property: Id(4)] LoggedKind Kind,
    [property: Id(5)] string MessageId,
    [property: Id(6)] string Action,
    [property: Id(7)] ReadOnlyMemory<byte> Text,
    [property: Id(8)] FrameStatus Status)
{
    /// <summary>Number of the answer of a call, and of the call of an answer, in the same connection.</summary>
    [Id(9)] public int? PairedWith { get; init; }

    /// <summary>Of an answer and of the call it answers: from one to the other by the gateway's clock.</summary>
    [Id(10)] public int? LatencyMs { get; init; }

    /// <summary>Of an answer to the charger: when the silo received the call, which is the receipt of its facts.</summary>
    [Id(11)] public DateTimeOffset? ProcessedAt { get; init; }

    /// <summary>True when a secret was taken out of the text.</summary>
    [Id(12)] public bool Masked { get; init; }

    /// <summary>How many entries of the charger were dropped just before this one.</summary>
    [Id(13)] public int Missed { get; init; }
}

[GenerateSerializer, Alias("evc.FrameDirection")]
public enum FrameDirection
{
    /// <summary>From the charger.</summary>
    In,

    /// <summary>To the charger.</summary>
    Out,
}

[GenerateSerializer, Alias("evc.LoggedKind")]
public enum LoggedKind
{
    /// <summary>The connection was bound to its charger.</summary>
    Opened,

    /// <summary>The connection ended.</summary>
    Closed,
    Call,
    CallResult,
    CallError,

    /// <summary>What cannot be read as an OCPP-J message.</summary>
    Unreadable,
}

[GenerateSerializer, Alias("evc.FrameStatus")]
public enum FrameStatus
{
    /// <summary>Of what has no answer by its nature: openings, ends, unreadable messages.</summary>
    None,

    /// <summary>A call without an answer so far.</summary>
    Unanswered,

    /// <summary>A call that got a CALLRESULT, and that CALLRESULT.</summary>
    Answered,

    /// <summary>A call that got a CALLERROR, and that CALLERROR.</summary>
    Failed,

    /// <summary>An answer to no call that is known.</summary>
    Unmatched,

    /// <summary>What could not be sent, since the connection had ended or its queue was full.</summary>
    Unsent,
}
