using System.Text.Json.Serialization;
using EvCharge.Domain.Models;
using EvCharge.Grains.States;
using EvCharge.History.Chargers;

namespace EvCharge.Grains.Chargers;

/// <summary>What a charger grain keeps across activations: what the charger said of itself at its last boot.</summary>
[GenerateSerializer, Alias("evc.ChargerState")]
internal sealed class ChargerState : IKeptState
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

    /// <summary>How it was found to take limits, of what nobody says: the purpose of their profiles.</summary>
    [Id(9)] public string? LimitPurpose { get; set; }

    /// <summary>The kind of their profiles.</summary>
    [Id(10)] public string? LimitKind { get; set; }

    /// <summary>Their unit.</summary>
    [Id(11)] public string? LimitUnit { get; set; }

    [JsonIgnore]
    [field: NonSerialized]
    public string? Fault { get; set; }

    public ChargingMode Learned => new(LimitPurpose, LimitKind, LimitUnit);

    public ModelIdentity Identity => new(Vendor ?? "", Model ?? "", Firmware ?? "");

    public void Learn(ChargingMode mode) => (LimitPurpose, LimitKind, LimitUnit) = (mode.Purpose, mode.Kind, mode.Unit);

    public void Take(BootRecord boot, string version)
    {
        if (boot.Identity != Identity)
        {
            Learn(new ChargingMode()); // Another firmware may take what this one refused.
        }

        OcppVersion = version;
        Vendor = boot.Vendor;
        Model = boot.Model;
        Firmware = boot.Firmware;
        BootedAt = boot.At;
    }
}
