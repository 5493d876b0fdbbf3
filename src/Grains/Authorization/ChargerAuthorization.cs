using EvCharge.Contracts.Authorization;
using EvCharge.Domain.Authorization;
using EvCharge.Domain.Identity;
using EvCharge.Grains.Authorization.External;
using EvCharge.History;
using EvCharge.History.Authorization;
using EvCharge.History.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EvCharge.Grains.Authorization;

/// <summary>Makes a <see cref="ChargerAuthorization"/> for each charger.</summary>
internal sealed class ChargerAuthorizations(
    AuthorizationLog log,
    ExternalAuthority external,
    HistoryAvailability history,
    IOptions<AuthorizationOptions> options,
    TimeProvider time,
    ILogger<ChargerAuthorization> logger)
{
    public ChargerAuthorization For(ChargerId charger, IGrainFactory grains) =>
        new(charger, grains, log, external, history, options.Value, time, logger);
}

/// <summary>
/// Decides on the tags presented at one charger, or has others decide: an operator, a system that it is relayed to, or the endpoint of its
/// site. Lives inside
/// the charger's activation and runs on its scheduler.
/// </summary>
internal sealed partial class ChargerAuthorization(
    ChargerId charger,
    IGrainFactory grains,
    AuthorizationLog log,
    ExternalAuthority external,
    HistoryAvailability history,
    AuthorizationOptions options,
    TimeProvider time,
    ILogger<ChargerAuthorization> logger)
{
    /// <summary>The id of a request that cannot be recorded now.</summary>
    private const long Unrecorded = 0;
    private static readonly TimeSpan RecordPatience = TimeSpan.FromSeconds(2);
    private readonly OperatorDesk _desk = new(charger, log, time);
    private string _site = "";
    private bool _refusesConcurrent;
    private AuthorityConfiguration _authorities = AuthorityConfiguration.None;
    private IOutsideAuthority? _outside;

    private Takeover? InForce => AuthorityRules.InForce(_authorities.OfCharger, _authorities.OfSite, time.GetUtcNow());

    /// <param name="site">Name of the charger's site; empty for none.</param>
    /// <param name="refusesConcurrent">The tenant's setting.</param>
    /// <param name="relayed">The system that the charger is relayed to for its rights; null for none.</param>
    public void Configure(string site, bool refusesConcurrent, AuthorityConfiguration authorities, IOutsideAuthority? relayed)
    {
        (_site, _refusesConcurrent, _authorities) = (site, refusesConcurrent, authorities);
        _outside = relayed ?? (authorities.External is { } endpoint ? new SiteEndpoint(external, endpoint) : null);
    }

    /// <summary>Answers a tag that was presented. Waits for an operator or an endpoint no longer than their deadline.</summary>
    public async ValueTask<TagDecision> Authorize(IdTag tag)
    {
        var byTags = await ByTags(tag, null);
        return tag.IsNone ? byTags : InForce switch
        {
            { Kind: AuthorityKind.Manual } held => await ByOperator(held, tag, byTags),
            { Kind: AuthorityKind.Accept } held => AuthorizationDefault.Decide(AuthorizationDefault.Accept, byTags, held.Until),
            null when _outside is { } outside => await ByOthers(outside, await Request(tag, byTags, outside.Deadline), byTags),
            _ => byTags,
        };
    }

    /// <summary>
    /// Answers the tag of a transaction that has started already: by the decision that stands, else at once by default, or by
    /// the endpoint. Nobody is waited for here: the transaction is not stored yet.
    /// </summary>
    /// <exception cref="HistoryUnavailableException">What stands cannot be read, but then the start cannot be stored either.</exception>
    public async ValueTask<TagDecision> AuthorizeStart(IdTag tag, StartAttempt start)
    {
        var byTags = await ByTags(tag, start);
        var held = InForce;
        if (tag.IsNone || held is { Kind: AuthorityKind.Tags } || (held is null && _outside is null))
        {
            return byTags;
        }

        if (held is { Kind: AuthorityKind.Accept })
        {
            return AuthorizationDefault.Decide(AuthorizationDefault.Accept, byTags, held.Until);
        }

        if (await log.FindDecision(charger, tag) is { } decided && decided.DecidedAt > time.GetUtcNow() - options.DecisionHolds)
        {
            return Of(decided, byTags);
        }

        if (held is null)
        {
            return await ByOthers(_outside!, await Request(tag, byTags, _outside!.Deadline, start), byTags);
        }

        var decision = AuthorizationDefault.Decide(held.OnTimeout, byTags, held.Until);
        await Record((await Request(tag, byTags, TimeSpan.Zero, start)).Settled(
            AuthorizationRequestState.Defaulted, decision, null, time.GetUtcNow(), "A transaction that has started waits for nobody."));
        return decision;
    }

    /// <summary>
    /// What a charger is told of the tag that stopped a transaction; null for nothing, which the standard allows (OCPP 1.6
    /// §6.50): where others decide, the tag's configuration has nothing to say that the charger should remember.
    /// </summary>
    public async ValueTask<TagDecision?> StandingOf(IdTag tag) =>
        tag.IsNone || InForce is { Kind: not AuthorityKind.Tags } || (InForce is null && _outside is not null)
            ? null
            : await Tag(tag).Authorize(_site);

    public async ValueTask<bool> SameGroup(IdTag one, IdTag other) =>
        TagRules.SameGroup(await Tag(one).Authorize(_site), await Tag(other).Authorize(_site));

    /// <summary>Takes an operator's answer to a question that was asked here.</summary>
    public Task<AnswerOutcome> Answer(long requestId, string status, string by) =>
        _desk.Answer(requestId, new TagDecision(status, status == AuthorizationStatus.Accepted ? InForce?.Until : null), by);

    private async Task<TagDecision> ByOperator(Takeover held, IdTag tag, TagDecision byTags)
    {
        var onTimeout = AuthorizationDefault.Decide(held.OnTimeout, byTags, held.Until);
        var request = await Request(tag, byTags, held.Deadline);
        try
        {
            if (request.Id != Unrecorded)
            {
                return Of(await _desk.Ask(request, onTimeout), byTags);
            }
        }
        catch (Exception fault) when (fault is HistoryUnavailableException or TimeoutException)
        {
            LogNotRecorded(logger, charger, tag, onTimeout.Status, fault.Message);
        }

        // Without the record no operator sees the question, and Authorize is answered while History is away.
        return onTimeout;
    }

    private async Task<TagDecision> ByOthers(IOutsideAuthority outside, AuthorizationRequest request, TagDecision byTags)
    {
        var (decision, failure) = await outside.Ask(request, byTags.Vehicle);
        var settled = decision is not null
            ? request.Settled(AuthorizationRequestState.Decided, decision, null, time.GetUtcNow())
            : request.Settled(
                AuthorizationRequestState.Defaulted, AuthorizationDefault.Decide(outside.Fallback, byTags), null,
                time.GetUtcNow(), $"{outside.Who} decided nothing: {failure}.");
        await Record(settled);
        return Of(settled, byTags);
    }

    /// <summary>The charger is answered also while the record cannot be written.</summary>
    private async Task Record(AuthorizationRequest settled)
    {
        if (settled.Id == Unrecorded)
        {
            return;
        }

        try
        {
            await log.Record(settled).WaitAsync(RecordPatience, time);
        }
        catch (Exception fault) when (fault is HistoryUnavailableException or TimeoutException)
        {
            LogNotRecorded(logger, charger, settled.IdTag, settled.Status, fault.Message);
        }
    }

    private async Task<AuthorizationRequest> Request(IdTag tag, TagDecision byTags, TimeSpan deadline, StartAttempt? start = null)
    {
        var now = time.GetUtcNow();
        return new AuthorizationRequest
        {
            Id = await NextId(),
            Charger = charger,
            Site = _site,
            Connector = start?.Connector,
            IdTag = tag,
            Cause = start is null ? AuthorizationRequest.Authorize : AuthorizationRequest.Start,
            TagStatus = byTags.Status,
            AskedAt = now,
            ExpiresAt = now + deadline,
        };
    }

    private async Task<long> NextId()
    {
        try
        {
            return history.Down ? Unrecorded : await log.NextId(charger.Tenant).AsTask().WaitAsync(RecordPatience, time);
        }
        catch (Exception fault) when (fault is HistoryUnavailableException or TimeoutException)
        {
            LogUnrecorded(logger, charger, fault.Message);
            return Unrecorded;
        }
    }

    private ValueTask<TagDecision> ByTags(IdTag tag, StartAttempt? start) => tag.IsNone
        ? new ValueTask<TagDecision>(TagDecision.Invalid)
        : Tag(tag).Decide(new TagQuestion(_site, charger, _refusesConcurrent, start));

    private static TagDecision Of(AuthorizationRequest decided, TagDecision byTags) =>
        new(decided.Status!, decided.Expiry, decided.Parent ?? byTags.Parent, byTags.Vehicle);

    private ITagGrain Tag(IdTag tag) => grains.GetGrain<ITagGrain>($"{charger.Tenant}/{tag.Key}");

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Charger}: a tag is decided on without a record: {Reason}")]
    private static partial void LogUnrecorded(ILogger logger, ChargerId charger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Charger}: tag {Tag} was answered {Status}, but that is not on record: {Reason}")]
    private static partial void LogNotRecorded(ILogger logger, ChargerId charger, IdTag tag, string? status, string reason);
}
