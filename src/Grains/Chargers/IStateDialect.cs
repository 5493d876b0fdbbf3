using EvCharge.Domain.DesiredState;
using EvCharge.Domain.Reservations;
using EvCharge.History.Commands;

namespace EvCharge.Grains.Chargers;

/// <summary>How one OCPP version reads and changes what a charger is set to.</summary>
internal interface IStateDialect
{
    /// <summary>Asks for these keys.</summary>
    (string Action, byte[] Payload) ReadKeys(IReadOnlyList<string> names);

    (string Action, byte[] Payload) ChangeKey(string name, string value);

    (string Action, byte[] Payload) ChangeAvailability(int connector, bool operative);

    /// <summary>Hands the charger a certificate that it asked for, PEM.</summary>
    (string Action, byte[] Payload) HandOver(string certificate);

    /// <summary>Asks the charger to hold a connector.</summary>
    (string Action, byte[] Payload) Reserve(Reservation reservation);

    (string Action, byte[] Payload) CancelReservation(int ocppId);

    /// <summary>The reservation that an answered command asked for, with the charger's word; null when it was about something else.</summary>
    (int OcppId, string Outcome)? ReservationIn(CommandRecord answered);

    /// <summary>The reservation that an answered command took back; null when it was about something else.</summary>
    int? CancelledIn(CommandRecord answered);

    /// <summary>What an answered command told of the configuration, or null when it was about something else.</summary>
    KeyReport? ReportIn(CommandRecord answered);

    /// <summary>The change that an answered command made or tried, or null when it was about something else.</summary>
    KeyChange? ChangeIn(CommandRecord answered);

    /// <summary>The charger's answer to a change of availability, or null when the command was about something else.</summary>
    Availability? AvailabilityIn(CommandRecord answered);
}
