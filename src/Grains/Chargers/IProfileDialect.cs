using EvCharge.Domain.ChargingProfiles;
using EvCharge.History.Commands;

namespace EvCharge.Grains.Chargers;

/// <summary>How one OCPP version has a charger hold charging profiles.</summary>
internal interface IProfileDialect : IOutcomeWords
{
    /// <param name="transaction">The one that it is for, by its OCPP id; null for none.</param>
    (string Action, byte[] Payload) Set(int id, int connector, ProfileContent profile, int? transaction = null);

    (string Action, byte[] Payload) Clear(int id);

    /// <summary>Removes every profile.</summary>
    (string Action, byte[] Payload) ClearAll();

    /// <summary>The call would change which limits the charger holds.</summary>
    /// <param name="payload">Valid for the action.</param>
    bool Limits(string action, ReadOnlyMemory<byte> payload);

    /// <summary>The charger took the profile that an answered command was to install, of whatever purpose.</summary>
    bool IsAccepted(CommandRecord answered);

    /// <summary>
    /// The profile that an answered command installed or tried to, with the charger's word; null when it was about something
    /// else, a profile of one transaction too.
    /// </summary>
    (int Id, int Connector, ProfileContent Profile, string Outcome)? SetIn(CommandRecord answered);

    /// <summary>What an answered command left the charger without; null when it was about something else.</summary>
    ProfileFilter? ClearedIn(CommandRecord answered);
}
