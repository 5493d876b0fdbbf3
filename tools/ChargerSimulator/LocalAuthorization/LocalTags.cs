using EvCharge.ChargerSimulator.Settings;
using EvCharge.Ocpp.V16.Core;
using EvCharge.Ocpp.V16.LocalAuthListManagement;

namespace EvCharge.ChargerSimulator.LocalAuthorization;

/// <summary>
/// What a charger decides by without asking: the local list that the CSMS gave it, and the cache of answers it remembers
/// (OCPP 1.6 §3.4.1, §3.5.1). Both outlive a reboot.
/// </summary>
public sealed class LocalTags
{
    private readonly ChargerSettings _settings;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, IdTagInfo> _list = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IdTagInfo> _cache = new(StringComparer.OrdinalIgnoreCase);
    private int _version;

    internal LocalTags(ChargerSettings settings, TimeProvider clock) => (_settings, _clock) = (settings, clock);

    /// <summary>Of the list; 0 while it is empty.</summary>
    public int Version
    {
        get
        {
            lock (_lock)
                return _list.Count == 0 ? 0 : _version;
        }
    }

    /// <summary>The tags of the list in their order.</summary>
    public IReadOnlyList<string> Listed
    {
        get
        {
            lock (_lock)
                return [.. _list.Keys.Order(StringComparer.OrdinalIgnoreCase)];
        }
    }

    /// <summary>Whether the charger knows by itself that the tag may, or may not, charge; null when it does not know it.</summary>
    public bool? Knows(string idTag)
    {
        lock (_lock)
        {
            return _settings.LocalAuthListEnabled && _list.TryGetValue(idTag, out var listed) ? MayCharge(listed)
                : _settings.AuthorizationCacheEnabled && _cache.TryGetValue(idTag, out var known) ? MayCharge(known)
                : null;
        }
    }

    /// <summary>Takes an update of the list; it is taken as a whole, or not at all.</summary>
    /// <returns>One of <see cref="UpdateStatus"/>.</returns>
    internal string Update(SendLocalListRequest request)
    {
        var entries = request.LocalAuthorizationList ?? [];
        lock (_lock)
        {
            var full = request.UpdateType == UpdateType.Full;
            if (entries.Count > _settings.SendLocalListMaxLength || (full && entries.Any(entry => entry.IdTagInfo is null)))
                return UpdateStatus.Failed;
            if (!full && request.ListVersion <= _version)
                return UpdateStatus.VersionMismatch;
            Dictionary<string, IdTagInfo> next = new(full ? [] : _list, StringComparer.OrdinalIgnoreCase);
            foreach (var entry in entries)
            {
                if (entry.IdTagInfo is { } info)
                    next[entry.IdTag] = info;
                else
                    next.Remove(entry.IdTag);
            }

            if (next.Count > _settings.LocalAuthListMaxLength)
                return UpdateStatus.Failed;
            _list.Clear();
            foreach (var (tag, info) in next)
                _list.Add(tag, info);
            _version = request.ListVersion;
            return UpdateStatus.Accepted;
        }
    }

    /// <summary>Remembers what the CSMS said of a tag; tags of the list are not remembered beside it.</summary>
    internal void Learn(string idTag, IdTagInfo info)
    {
        lock (_lock)
        {
            if (_settings.AuthorizationCacheEnabled && !_list.ContainsKey(idTag))
                _cache[idTag] = info;
        }
    }

    /// <summary>Forgets what was remembered; false when the charger remembers nothing at all.</summary>
    internal bool ClearCache()
    {
        lock (_lock)
            _cache.Clear();
        return _settings.AuthorizationCacheEnabled;
    }

    private bool MayCharge(IdTagInfo info) =>
        info.Status == AuthorizationStatus.Accepted && !(info.ExpiryDate?.Value <= _clock.GetUtcNow());
}
