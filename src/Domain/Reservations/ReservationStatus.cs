namespace EvCharge.Domain.Reservations;

/// <summary>The life of a reservation. Numbers are stored: append, never renumber.</summary>
public enum ReservationStatus
{
    /// <summary>The charger has not answered yet.</summary>
    Requested,

    /// <summary>The charger holds the connector.</summary>
    Accepted,

    /// <summary>The charger said no.</summary>
    Refused,

    /// <summary>The charger could not be asked, or gave no answer. One that comes late still counts.</summary>
    Failed,

    /// <summary>A transaction began with it.</summary>
    Used,

    /// <summary>Somebody cancelled it, and the charger holds nothing any more.</summary>
    Cancelled,

    /// <summary>Nobody came in time.</summary>
    Expired,

    /// <summary>The charger held it and, asked again after a boot, did not take it.</summary>
    Lost,
}
