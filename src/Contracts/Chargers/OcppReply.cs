namespace EvCharge.Contracts.Chargers;

/// <summary>What became of a CALL that a gateway handed to the charger grain.</summary>
/// <param name="Frame">The CALLRESULT or CALLERROR to send; null unless <see cref="ReplyOutcome.Answered"/>.</param>
/// <param name="Accepted">The charger is configured and has booted: for a short while its gateway may answer a Heartbeat itself.</param>
[GenerateSerializer, Immutable, Alias("evc.OcppReply")]
public sealed record OcppReply(
    [property: Id(0)] ReplyOutcome Outcome,
    [property: Id(1)] OcppFrame? Frame,
    [property: Id(2)] bool Accepted = false)
{
    public static readonly OcppReply NotAttached = new(ReplyOutcome.NotAttached, null);
    public static readonly OcppReply StaleSession = new(ReplyOutcome.StaleSession, null);
    public static readonly OcppReply Unanswered = new(ReplyOutcome.Unanswered, null);

    public static OcppReply Answer(OcppFrame frame) => new(ReplyOutcome.Answered, frame);
}

[GenerateSerializer, Alias("evc.ReplyOutcome")]
public enum ReplyOutcome
{
    Answered,

    /// <summary>The activation knows no connection: attach with rebind and hand the frame over once more.</summary>
    NotAttached,

    /// <summary>A newer connection holds the charger: close this one.</summary>
    StaleSession,

    /// <summary>The fact could not be made durable: the charger gets no answer and will repeat the frame.</summary>
    Unanswered,
}
