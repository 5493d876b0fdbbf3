namespace EvCharge.Ocpp;

/// <summary>A timestamp as it was sent, and the moment it says.</summary>
/// <param name="Raw">As sent; empty when there was none.</param>
/// <param name="Value">UTC; null when <paramref name="Raw"/> says no moment. Not checked for being plausible.</param>
/// <param name="Floating">The text names no zone: <paramref name="Value"/> takes it for UTC.</param>
public readonly record struct OcppTimestamp(string Raw, DateTimeOffset? Value, bool Floating = false)
{
    /// <summary>None was sent.</summary>
    public static readonly OcppTimestamp Absent = new("", null);

    /// <summary>A timestamp of our own, as it goes out: UTC, in milliseconds.</summary>
    public static OcppTimestamp At(DateTimeOffset moment)
    {
        var utc = moment.ToUniversalTime();
        var whole = new DateTimeOffset(utc.Ticks - utc.Ticks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
        return new OcppTimestamp(TimestampText.Write(whole), whole);
    }
}
