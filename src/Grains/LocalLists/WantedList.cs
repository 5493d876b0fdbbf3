using System.Collections.Immutable;
using EvCharge.Domain.LocalLists;

namespace EvCharge.Grains.LocalLists;

/// <summary>What a charger's local list should hold.</summary>
/// <param name="LeftOut">Tags that it has no place for.</param>
internal sealed record WantedList(ImmutableArray<LocalListEntry> Entries, int LeftOut);
