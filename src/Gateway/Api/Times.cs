namespace EvCharge.Gateway.Api;

/// <summary>Times as the record keeps them and chargers get them: to the millisecond.</summary>
internal static class Times
{
    public static DateTimeOffset Storable(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    public static DateTimeOffset? Storable(DateTimeOffset? time) => time is { } at ? Storable(at) : null;
}
