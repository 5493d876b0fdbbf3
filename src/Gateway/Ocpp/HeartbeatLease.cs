using EvCharge.Contracts.Chargers;

namespace EvCharge.Gateway.Ocpp;

/// <summary>
/// For how long a connection's Heartbeats may be answered here, without waking the charger's grain. The grain's own answer to
/// one allows it for half a minute, so that the grain hears often enough that the charger is there. The time that chargers are
/// told stays the silo's: what it said, and what has passed since. Safe to use from several threads.
/// </summary>
internal sealed class HeartbeatLease(TimeProvider time)
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    /// <summary>A message may be what a command asked for; the grain links such messages for a minute, and has to see them.</summary>
    public static readonly TimeSpan CommandPeriod = TimeSpan.FromSeconds(90);

    private volatile Word? _word;
    private long _calledAt = long.MinValue;

    /// <summary>The silo's time while the lease holds; null when the grain has to be asked.</summary>
    public DateTimeOffset? Now =>
        _word is { } word && time.GetElapsedTime(word.HeardAt) is var since && since < Period && !IsAfterCommand ? word.SaidAt + since : null;

    private bool IsAfterCommand =>
        Interlocked.Read(ref _calledAt) is var called and not long.MinValue && time.GetElapsedTime(called) < CommandPeriod;

    /// <summary>The grain answered a Heartbeat.</summary>
    public void Answered(OcppReply reply) =>
        _word = reply is { Accepted: true, Frame: { Kind: OcppFrame.CallResult } result } ? new Word(result.ReceivedAt, time.GetTimestamp()) : null;

    /// <summary>The charger is sent a command.</summary>
    public void Called() => Interlocked.Exchange(ref _calledAt, time.GetTimestamp());

    private sealed record Word(DateTimeOffset SaidAt, long HeardAt);
}
