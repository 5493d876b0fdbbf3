using EvCharge.Domain.Authorization;
using EvCharge.Domain.Identity;
using EvCharge.History.Tables;

namespace EvCharge.History.Authorization;

/// <summary>A question about a tag that its configuration did not decide, and what became of it.</summary>
public sealed record AuthorizationRequest
{
    public const string Authorize = "authorize";
    public const string Start = "start";

    public required long Id { get; init; }
    public required ChargerId Charger { get; init; }

    /// <summary>Name of the charger's site; empty for none.</summary>
    public required string Site { get; init; }

    /// <summary>Where a start happened; null when the charger only asked: it does not say where then (OCPP 1.6 §6.1).</summary>
    public int? Connector { get; init; }

    public required IdTag IdTag { get; init; }

    /// <summary><see cref="Authorize"/> or <see cref="Start"/>.</summary>
    public required string Cause { get; init; }

    /// <summary>What the tag's configuration says.</summary>
    public required string TagStatus { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>Until when an answer is waited for.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public AuthorizationRequestState State { get; init; }

    /// <summary>What the charger was answered; null while it is open.</summary>
    public string? Status { get; init; }

    public DateTimeOffset? Expiry { get; init; }
    public string? Parent { get; init; }

    /// <summary>Who answered; null when it was nobody.</summary>
    public string? DecidedBy { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Why the default was given, or null.</summary>
    public string? Detail { get; init; }

    public AuthorizationRequest Settled(
        AuthorizationRequestState state, TagDecision decision, string? by, DateTimeOffset at, string? detail = null) => this with
        {
            State = state,
            Status = decision.Status,
            Expiry = decision.Expiry,
            Parent = decision.Parent,
            DecidedBy = by,
            DecidedAt = at,
            Detail = detail,
        };

    internal AuthorizationRequestRow ToRow() => new()
    {
        TenantId = Charger.Tenant.Value,
        Id = Id,
        ChargerId = Charger.Name,
        SiteId = Site,
        Connector = Connector,
        IdTag = IdTag.Value,
        TagKey = IdTag.Key,
        Cause = Cause,
        TagStatus = TagStatus,
        AskedAt = AskedAt,
        ExpiresAt = ExpiresAt,
        State = (int)State,
        Status = Status,
        Expiry = Expiry,
        Parent = Parent,
        DecidedBy = DecidedBy,
        DecidedAt = DecidedAt,
        Detail = Detail,
    };

    internal static AuthorizationRequest Of(AuthorizationRequestRow row) => new()
    {
        Id = row.Id,
        Charger = new ChargerId(new TenantId(row.TenantId), row.ChargerId),
        Site = row.SiteId,
        Connector = row.Connector,
        IdTag = new IdTag(row.IdTag),
        Cause = row.Cause,
        TagStatus = row.TagStatus,
        AskedAt = row.AskedAt,
        ExpiresAt = row.ExpiresAt,
        State = (AuthorizationRequestState)row.State,
        Status = row.Status,
        Expiry = row.Expiry,
        Parent = row.Parent,
        DecidedBy = row.DecidedBy,
        DecidedAt = row.DecidedAt,
        Detail = row.Detail,
    };
}
