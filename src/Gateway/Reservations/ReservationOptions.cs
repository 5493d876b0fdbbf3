using System.ComponentModel.DataAnnotations;

namespace EvCharge.Gateway.Reservations;

/// <summary>Section <c>Reservations</c>: what may be reserved.</summary>
public sealed class ReservationOptions
{
    public const string Section = "Reservations";

    /// <summary>How far off the end of a reservation may be. Default 30 days.</summary>
    [Range(1, 365)]
    public int MostDays { get; set; } = 30;

    /// <summary>Open reservations of one charger. Default 32.</summary>
    [Range(1, 1_000)]
    public int MostOfCharger { get; set; } = 32;
}
