using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace EvCharge.Gateway.Security;

/// <summary>
/// A bounded map whose entries are forgotten after a while. When it is full, what has expired goes first, else everything:
/// forgetting is always safe, growing is not.
/// </summary>
public sealed class ExpiringCache<TKey, TValue>(int capacity, TimeSpan lifetime, TimeProvider time)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, (TValue Value, long Added)> entries = new();

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var found = entries.TryGetValue(key, out var entry) && !Expired(entry.Added);
        value = entry.Value;
        return found;
    }

    public void Set(TKey key, TValue value)
    {
        if (entries.Count >= capacity && !entries.ContainsKey(key))
        {
            MakeRoom();
        }

        entries[key] = (value, time.GetTimestamp());
    }

    public void Remove(TKey key) => entries.TryRemove(key, out _);

    public void Clear() => entries.Clear();

    private bool Expired(long added) => time.GetElapsedTime(added) >= lifetime;

    private void MakeRoom()
    {
        foreach (var (key, entry) in entries)
        {
            if (Expired(entry.Added))
            {
                entries.TryRemove(key, out _);
            }
        }

        if (entries.Count >= capacity)
        {
            entries.Clear();
        }
    }
}
