namespace EvCharge.Domain.Proxy;

/// <summary>
/// The mark of a connection that relays a charger (RFC 9110 §7.6.3). A charger that comes over one and is itself relayed would go
/// round in a circle, of whatever length: it is refused.
/// </summary>
public static class RelayMark
{
    public const string Header = "Via";

    public const string Ours = "1.1 evcharge";

    private const string Pseudonym = "evcharge";

    /// <param name="via">The header's value, empty for none; proxies between may have added their own.</param>
    public static bool IsIn(string via) => via.Split(',').Any(hop =>
        hop.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var by, ..] && by.Equals(Pseudonym, StringComparison.OrdinalIgnoreCase));
}
