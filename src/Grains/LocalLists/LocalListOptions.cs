using System.ComponentModel.DataAnnotations;

namespace EvCharge.Grains.LocalLists;

/// <summary>Section <c>LocalLists</c>: how the lists and caches of chargers follow the tags.</summary>
public sealed class LocalListOptions
{
    public const string Section = "LocalLists";

    /// <summary>No list is kept longer, whatever a charger says that it holds.</summary>
    public const int MostEntries = 10_000;

    /// <summary>No update is sent with more, whatever a charger says that it takes.</summary>
    public const int MostPerMessage = 1_000;

    /// <summary>Entries of the list of a charger that does not say how many it holds (LocalAuthListMaxLength). Default 1,000.</summary>
    [Range(1, MostEntries)]
    public int MaxEntries { get; set; } = 1_000;

    /// <summary>Entries of an update to a charger that does not say how many it takes (SendLocalListMaxLength). Default 100.</summary>
    [Range(1, MostPerMessage)]
    public int EntriesPerMessage { get; set; } = 100;

    /// <summary>How often a silo looks whether tags have changed that its connected chargers hold. Default 10 s.</summary>
    [Range(1, 3_600)]
    public int CheckSeconds { get; set; } = 10;

    internal TimeSpan CheckPeriod => TimeSpan.FromSeconds(CheckSeconds);
}
