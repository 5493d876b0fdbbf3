using System.ComponentModel.DataAnnotations;

namespace EvCharge.Grains.Commissioning;

/// <summary>How long the test of a charger waits. Section <c>Commissioning</c>.</summary>
public sealed class CommissioningOptions
{
    public const string Section = "Commissioning";

    /// <summary>Seconds for a message that the charger was asked for.</summary>
    [Range(1, 3_600)]
    public int MessageSeconds { get; set; } = 30;

    /// <summary>Seconds for somebody to switch the charger on, or to plug a vehicle in.</summary>
    [Range(1, 3_600)]
    public int PersonSeconds { get; set; } = 180;

    /// <summary>Seconds for a measurement, and for a limit to be followed.</summary>
    [Range(1, 3_600)]
    public int MeterSeconds { get; set; } = 120;

    /// <summary>Seconds for the charger to come back after its connection was cut.</summary>
    [Range(1, 3_600)]
    public int ReturnSeconds { get; set; } = 300;
}
