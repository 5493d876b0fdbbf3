using EvCharge.Contracts.Authorization;
using EvCharge.Domain.Authorization;
using EvCharge.Domain.Identity;

namespace EvCharge.Grains.Authorization;

/// <summary>How the tags presented at one charger are decided on. Lives inside the charger's activation and runs on its scheduler.</summary>
internal sealed class ChargerAuthorization(ChargerId charger, IGrainFactory grains)
{
    /// <summary>The charger's site and its tenant's setting, as configured.</summary>
    public void Configure(string site, bool refusesConcurrent) => (Site, RefusesConcurrent) = (site, refusesConcurrent);

    private string Site { get; set; } = "";

    private bool RefusesConcurrent { get; set; }

    /// <summary>Answers a tag that was presented.</summary>
    public ValueTask<TagDecision> Authorize(IdTag tag) => OfTag(tag, null);

    /// <summary>Answers the tag of a transaction that has started already.</summary>
    public ValueTask<TagDecision> AuthorizeStart(IdTag tag, StartAttempt start) => OfTag(tag, start);

    /// <summary>What a charger is told of the tag that stopped a transaction; null for nothing.</summary>
    public async ValueTask<TagDecision?> StandingOf(IdTag tag) => tag.IsNone ? null : await Tag(tag).Authorize(Site);

    public async ValueTask<bool> SameGroup(IdTag one, IdTag other) =>
        TagRules.SameGroup(await Tag(one).Authorize(Site), await Tag(other).Authorize(Site));

    private ValueTask<TagDecision> OfTag(IdTag tag, StartAttempt? start) => tag.IsNone
        ? new ValueTask<TagDecision>(TagDecision.Invalid)
        : Tag(tag).Decide(new TagQuestion(Site, charger, RefusesConcurrent, start));

    private ITagGrain Tag(IdTag tag) => grains.GetGrain<ITagGrain>($"{charger.Tenant}/{tag.Key}");
}
