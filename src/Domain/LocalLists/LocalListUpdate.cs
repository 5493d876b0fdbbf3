using System.Collections.Immutable;
using EvCharge.Domain.Identity;

namespace EvCharge.Domain.LocalLists;

/// <summary>One message that brings a charger's list nearer to what it should hold (OCPP 1.6 §5.15).</summary>
/// <param name="Full">Replaces the whole list; else it adds, changes and removes.</param>
/// <param name="Put">What is added or changed.</param>
/// <param name="Removed">Empty in a full update.</param>
public sealed record LocalListUpdate(bool Full, ImmutableArray<LocalListEntry> Put, ImmutableArray<IdTag> Removed)
{
    /// <summary>The list after the update.</summary>
    public ImmutableArray<LocalListEntry> On(ImmutableArray<LocalListEntry> held)
    {
        var list = (Full ? [] : held).ToDictionary(entry => entry.Tag);
        foreach (var entry in Put)
        {
            list[entry.Tag] = entry;
        }

        foreach (var tag in Removed)
        {
            list.Remove(tag);
        }

        return [.. list.Values.OrderBy(entry => entry.Tag.Key, StringComparer.Ordinal)];
    }
}
