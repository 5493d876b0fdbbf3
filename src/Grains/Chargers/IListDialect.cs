using EvCharge.Domain.LocalLists;
using EvCharge.History.Commands;

namespace EvCharge.Grains.Chargers;

/// <summary>How one OCPP version has a charger keep a local list and empty its authorization cache.</summary>
internal interface IListDialect : IOutcomeWords
{
    /// <summary>The key that says how many entries the charger holds.</summary>
    string RoomKey { get; }

    /// <summary>The key that says how many entries it takes in one update.</summary>
    string PerMessageKey { get; }

    /// <summary>The key that has it decide by the list.</summary>
    string ListEnabledKey { get; }

    /// <summary>The key that has it remember tags that were accepted.</summary>
    string CacheEnabledKey { get; }

    (string Action, byte[] Payload) ReadVersion();

    (string Action, byte[] Payload) Send(int version, LocalListUpdate update);

    (string Action, byte[] Payload) ClearCache();

    /// <summary>The list that an answered command says the charger has; null when it was about something else.</summary>
    int? VersionIn(CommandRecord answered);

    /// <summary>The update that an answered command made or tried, with the charger's word; null when it was about something else.</summary>
    (int Version, LocalListUpdate Update, string Outcome)? UpdateIn(CommandRecord answered);

    /// <summary>The charger's word on the emptying of its cache; null when the command was about something else.</summary>
    string? ClearedIn(CommandRecord answered);
}
