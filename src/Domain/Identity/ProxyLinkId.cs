using System.Text.RegularExpressions;

namespace EvCharge.Domain.Identity;

/// <summary>A link of a charger to another system. Its text form, which is the grain key, is <c>tenant/charger/link</c>.</summary>
public readonly partial record struct ProxyLinkId(ChargerId Charger, string Name)
{
    /// <summary>True for 1 to 40 letters, digits or <c>_ . -</c>.</summary>
    public static bool IsName(string? name) => name is not null && Grammar().IsMatch(name);

    /// <summary>Reads a grain key. The key was made by <see cref="ToString"/>, so anything else is a defect.</summary>
    public static ProxyLinkId FromKey(string key)
    {
        var slash = key.LastIndexOf('/');
        return slash > 0
            ? new ProxyLinkId(ChargerId.FromKey(key[..slash]), key[(slash + 1)..])
            : throw new FormatException($"'{key}' is not the key of a proxy link.");
    }

    public override string ToString() => $"{Charger}/{Name}";

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]{1,40}\z")]
    private static partial Regex Grammar();
}
