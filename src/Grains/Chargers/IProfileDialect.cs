using EvCharge.Domain.ChargingProfiles;
using EvCharge.History.Commands;

namespace EvCharge.Grains.Chargers;

/// <summary>How one OCPP version has a charger hold charging profiles.</summary>
internal interface IProfileDialect : IOutcomeWords
{
    (string Action, byte[] Payload) Set(int id, int connector, ProfileContent profile);

    (string Action, byte[] Payload) Clear(int id);

    /// <summary>
    /// The profile that an answered command installed or tried to, with the charger's word; null when it was about something
    /// else, a profile of one transaction too.
    /// </summary>
    (int Id, int Connector, ProfileContent Profile, string Outcome)? SetIn(CommandRecord answered);

    /// <summary>What an answered command left the charger without; null when it was about something else.</summary>
    ProfileFilter? ClearedIn(CommandRecord answered);
}
