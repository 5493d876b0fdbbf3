using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace EvCharge.Domain.Identity;

/// <summary>A site of a tenant: chargers behind one grid connection. Its text form, the grain key, is <c>tenant/name</c>.</summary>
[GenerateSerializer, Immutable, Alias("evc.SiteId")]
public readonly partial record struct SiteId([property: Id(0)] TenantId Tenant, [property: Id(1)] string Name)
{
    /// <summary>Stands for no site: what belongs to none of the tenant's sites is looked after under this name.</summary>
    public static SiteId None(TenantId tenant) => new(tenant, "");

    public bool IsNone => Name.Length == 0;

    public static bool TryParse(TenantId tenant, [NotNullWhen(true)] string? name, out SiteId site)
    {
        var valid = name is not null && Grammar().IsMatch(name);
        site = valid ? new SiteId(tenant, name!) : default;
        return valid;
    }

    /// <summary>Reads a grain key made by <see cref="ToString"/>.</summary>
    public static SiteId FromKey(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            ? new SiteId(new TenantId(key[..slash]), key[(slash + 1)..])
            : throw new FormatException($"'{key}' is not a site key.");
    }

    public override string ToString() => $"{Tenant}/{Name}";

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]{1,40}\z")]
    private static partial Regex Grammar();
}
