using EvCharge.Contracts.Authorization;
using EvCharge.Domain.Authorization;
using EvCharge.Domain.Identity;
using EvCharge.History.Configuration;

namespace EvCharge.Grains.Authorization;

/// <summary>A tag's configuration kept at hand; read again when the API says so, and each minute in case that was lost.</summary>
internal sealed class TagGrain(ConfigurationStore configuration, TimeProvider time) : Grain, ITagGrain
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);
    private TagConfiguration? _tag;
    private DateTimeOffset _readAt = DateTimeOffset.MinValue;

    public async ValueTask<TagDecision> Authorize(string site)
    {
        var now = time.GetUtcNow();
        if (now - _readAt >= Freshness)
        {
            var (tenant, tag) = Key();
            _tag = (await configuration.Tag(tenant, tag))?.Value;
            _readAt = now;
        }

        return _tag is null ? TagDecision.Invalid : TagRules.Decide(_tag, site, now);
    }

    public ValueTask Reload()
    {
        _readAt = DateTimeOffset.MinValue;
        return ValueTask.CompletedTask;
    }

    private (TenantId Tenant, IdTag Tag) Key()
    {
        var key = this.GetPrimaryKeyString();
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return (new TenantId(key[..slash]), new IdTag(key[(slash + 1)..]));
    }
}

internal static class TagRules
{
    /// <summary>The stored status, unless time or place forbid more.</summary>
    public static TagDecision Decide(TagConfiguration tag, string site, DateTimeOffset now)
    {
        var status = tag switch
        {
            { Status: not TagDecision.AcceptedStatus } => tag.Status,
            { Expiry: { } expiry } when expiry <= now => "Expired",
            { Sites.Count: > 0 } when !tag.Sites.Contains(site, StringComparer.Ordinal) => TagDecision.Invalid.Status,
            _ => TagDecision.AcceptedStatus,
        };
        return new TagDecision(status, tag.Expiry, tag.Parent, tag.Vehicle);
    }
}
