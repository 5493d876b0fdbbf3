using EvCharge.Contracts.Authorization;
using EvCharge.Domain.Authorization;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Vehicles;
using EvCharge.History;
using EvCharge.History.Configuration;
using EvCharge.History.Sessions;
using Microsoft.Extensions.Logging;

namespace EvCharge.Grains.Authorization;

/// <summary>
/// A tag's configuration kept at hand; read again when the API says so, and each minute in case that was lost. While it
/// cannot be read the tag is what it was.
/// </summary>
internal sealed partial class TagGrain(
    ConfigurationStore configuration,
    SessionLog sessions,
    HistoryAvailability history,
    TimeProvider time,
    ILogger<TagGrain> logger) : Grain, ITagGrain
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ReadPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan NextAttempt = TimeSpan.FromSeconds(10);
    private TenantId _tenant;
    private IdTag _id;
    private ConcurrentUse _use = null!;
    private TagRights? _tag;
    private string? _vehicle;
    private string? _concurrentTransactions;
    private bool _known;
    private int _reloads;
    private DateTimeOffset _readAgainAt = DateTimeOffset.MinValue;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        (_tenant, _id) = (new TenantId(key[..slash]), new IdTag(key[(slash + 1)..]));
        _use = new ConcurrentUse(_tenant, _id, sessions, time);
        return Task.CompletedTask;
    }

    public async ValueTask<TagDecision> Authorize(string site)
    {
        await Refresh();
        return _tag is null
            ? TagDecision.Invalid with { Vehicle = _vehicle }
            : TagRules.Decide(_tag, await StandingOfGroup(_tag), site, time.GetUtcNow());
    }

    public async ValueTask<TagDecision> Decide(TagQuestion question)
    {
        var decision = await Authorize(question.Site);
        var refuses = _concurrentTransactions is null
            ? question.TenantRefuses
            : _concurrentTransactions == ConcurrentTransactions.Refuse;
        return decision.Accepted && refuses && await IsBusy(question)
            ? decision with { Status = AuthorizationStatus.ConcurrentTx }
            : decision;
    }

    public async ValueTask<TagStanding?> Standing()
    {
        await Refresh();
        return _tag?.Standing;
    }

    public ValueTask Reload()
    {
        _reloads++;
        _readAgainAt = DateTimeOffset.MinValue;
        return ValueTask.CompletedTask;
    }

    /// <summary>Groups have one level: a parent's own parent is not asked.</summary>
    private async ValueTask<TagStanding?> StandingOfGroup(TagRights tag) =>
        tag.Parent is not { } parent || new IdTag(parent) == _id
            ? null
            : await GrainFactory.GetGrain<ITagGrain>($"{_tenant}/{new IdTag(parent).Key}").Standing();

    /// <summary>A question before a start is answered also while the record cannot be read; a start would not be stored anyway.</summary>
    private async Task<bool> IsBusy(TagQuestion question)
    {
        if (question.Start is not null)
        {
            return await _use.IsBusy(question);
        }

        try
        {
            return !history.Down && await _use.IsBusy(question).WaitAsync(ReadPatience, time);
        }
        catch (Exception fault) when (fault is HistoryUnavailableException or TimeoutException)
        {
            LogNotCounted(logger, this.GetPrimaryKeyString(), fault.Message);
            return false;
        }
    }

    private async Task Refresh()
    {
        if (time.GetUtcNow() >= _readAgainAt)
        {
            await (_known ? TryRead() : Read());
        }
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
        var reloads = _reloads;
        var tag = (await configuration.Tag(_tenant, _id))?.Value;
        _vehicle = tag?.Vehicle
            ?? (VehicleIdentity.OfTag(_id) is { } named ? await configuration.FindVehicle(_tenant, named.Spellings) : null);
        _tag = tag is null ? null : new TagRights(tag.Status, tag.Expiry, tag.Parent, tag.Sites, _vehicle);
        _concurrentTransactions = tag?.ConcurrentTransactions;
        _known = true;

        // What was read may be older than a change that was told meanwhile.
        _readAgainAt = reloads == _reloads ? time.GetUtcNow() + Freshness : DateTimeOffset.MinValue;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Tag {Tag} is what it was when it could be read last: {Reason}")]
    private static partial void LogStale(ILogger logger, string tag, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Tag {Tag}: its running transactions could not be counted: {Reason}")]
    private static partial void LogNotCounted(ILogger logger, string tag, string reason);
}
