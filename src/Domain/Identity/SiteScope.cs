namespace EvCharge.Domain.Identity;

/// <summary>What somebody is let see of a tenant: all of it, or some of its sites with what belongs to them.</summary>
public sealed class SiteScope : IEquatable<SiteScope>
{
    /// <summary>Names of sites in order, without one twice.</summary>
    private readonly string[]? _sites;

    private SiteScope(TenantId tenant, IEnumerable<string>? sites)
    {
        Tenant = tenant;
        _sites = sites is null ? null : [.. sites.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    public TenantId Tenant { get; }

    /// <summary>Null for all of the tenant; none at all for an empty list.</summary>
    public IReadOnlyList<string>? Sites => _sites;

    public static SiteScope All(TenantId tenant) => new(tenant, null);

    /// <param name="sites">Null for all of the tenant.</param>
    public static SiteScope Of(TenantId tenant, IEnumerable<string>? sites) => new(tenant, sites);

    /// <param name="site">Null or empty for what belongs to no site: that is for those who are let see all.</param>
    public bool Covers(string? site) => _sites is null || (site is not null && _sites.Contains(site, StringComparer.Ordinal));

    public bool Equals(SiteScope? other) =>
        other is not null && other.Tenant == Tenant
        && (_sites is null ? other._sites is null : other._sites is not null && _sites.AsSpan().SequenceEqual(other._sites));

    public override bool Equals(object? obj) => Equals(obj as SiteScope);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Tenant);
        foreach (var site in _sites ?? [])
        {
            hash.Add(site, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }
}
