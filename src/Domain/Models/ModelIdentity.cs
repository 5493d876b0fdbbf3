namespace EvCharge.Domain.Models;

/// <summary>What a charger said of itself at its last boot; empty words before its first.</summary>
public sealed record ModelIdentity(string Vendor, string Model, string Firmware)
{
    public static readonly ModelIdentity Unknown = new("", "", "");
}
