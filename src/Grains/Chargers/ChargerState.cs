using EvCharge.Domain.Models;
using EvCharge.History.Chargers;

namespace EvCharge.Grains.Chargers;

/// <summary>What a charger grain keeps across activations: what the charger said of itself at its last boot.</summary>
[GenerateSerializer, Alias("evc.ChargerState")]
internal sealed class ChargerState
{
    /// <summary>Raised when the shape changes.</summary>
    [Id(0)] public int Schema { get; set; } = 1;

    [Id(1)] public string? OcppVersion { get; set; }

    [Id(2)] public string? Vendor { get; set; }

    [Id(3)] public string? Model { get; set; }

    [Id(4)] public string? Firmware { get; set; }

    [Id(5)] public DateTimeOffset? BootedAt { get; set; }

    /// <summary>The site whose limits the charger takes; null for none.</summary>
    [Id(6)] public string? LimitedBy { get; set; }

    /// <summary>The last activation of it that the charger joined.</summary>
    [Id(7)] public long SiteEpoch { get; set; }

    /// <summary>What others had installed before the site gave limits was removed.</summary>
    [Id(8)] public bool ProfilesCleared { get; set; }

    public ModelIdentity Identity => new(Vendor ?? "", Model ?? "", Firmware ?? "");

    public void Take(BootRecord boot, string version)
    {
        OcppVersion = version;
        Vendor = boot.Vendor;
        Model = boot.Model;
        Firmware = boot.Firmware;
        BootedAt = boot.At;
    }
}
