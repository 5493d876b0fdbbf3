namespace EvCharge.Domain.LocalLists;

/// <summary>Whether a charger's local list is kept in step with the tags.</summary>
public static class LocalListMode
{
    /// <summary>The charger's list is left alone.</summary>
    public const string Off = "off";

    /// <summary>It holds the tags that may charge at the charger's site, and those that are blocked.</summary>
    public const string Tags = "tags";

    public static readonly IReadOnlyList<string> All = [Off, Tags];
}
