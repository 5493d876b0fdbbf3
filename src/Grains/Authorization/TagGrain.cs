using EvCharge.Contracts.Authorization;
using EvCharge.Domain.Authorization;
using EvCharge.Domain.Identity;
using EvCharge.History;
using EvCharge.History.Configuration;
using Microsoft.Extensions.Logging;

namespace EvCharge.Grains.Authorization;

/// <summary>
/// A tag's configuration kept at hand; read again when the API says so, and each minute in case that was lost. While it
/// cannot be read the tag is what it was.
/// </summary>
internal sealed partial class TagGrain(
    ConfigurationStore configuration,
    HistoryAvailability history,
    TimeProvider time,
    ILogger<TagGrain> logger) : Grain, ITagGrain
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ReadPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan NextAttempt = TimeSpan.FromSeconds(10);
    private TagConfiguration? _tag;
    private bool _known;
    private DateTimeOffset _readAgainAt = DateTimeOffset.MinValue;

    public async ValueTask<TagDecision> Authorize(string site)
    {
        if (time.GetUtcNow() >= _readAgainAt)
        {
            await (_known ? TryRead() : Read());
        }

        return _tag is null ? TagDecision.Invalid : TagRules.Decide(_tag, site, time.GetUtcNow());
    }

    public ValueTask Reload()
    {
        _readAgainAt = DateTimeOffset.MinValue;
        return ValueTask.CompletedTask;
    }

    private async Task TryRead()
    {
        try
        {
            if (!history.Down)
            {
                await Read().WaitAsync(ReadPatience, time);
                return;
            }
        }
        catch (Exception fault) when (fault is HistoryUnavailableException or TimeoutException)
        {
            LogStale(logger, this.GetPrimaryKeyString(), fault.Message);
        }

        _readAgainAt = time.GetUtcNow() + NextAttempt;
    }

    private async Task Read()
    {
        var (tenant, tag) = Key();
        _tag = (await configuration.Tag(tenant, tag))?.Value;
        _known = true;
        _readAgainAt = time.GetUtcNow() + Freshness;
    }

    private (TenantId Tenant, IdTag Tag) Key()
    {
        var key = this.GetPrimaryKeyString();
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return (new TenantId(key[..slash]), new IdTag(key[(slash + 1)..]));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Tag {Tag} is what it was when it could be read last: {Reason}")]
    private static partial void LogStale(ILogger logger, string tag, string reason);
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
