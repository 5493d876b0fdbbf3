namespace EvCharge.Domain.Models;

/// <summary>Zones of stamps that name none.</summary>
public static class StampZone
{
    public const string Utc = "UTC";

    /// <summary>That of the charger's site.</summary>
    public const string Site = "site";
}
