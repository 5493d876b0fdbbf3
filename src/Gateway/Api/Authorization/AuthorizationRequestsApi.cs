using EvCharge.Contracts.Authorization;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Authorization;
using EvCharge.Gateway.Security;
using EvCharge.History.Audit;
using EvCharge.History.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EvCharge.Gateway.Api.Authorization;

/// <summary>Questions about tags that operators or endpoints decide, newest first, and answers to the open ones.</summary>
internal static class AuthorizationRequestsApi
{
    private const string List = "authorization-requests";
    private const string Open = "open";

    public static void MapAuthorizationRequests(this IEndpointRouteBuilder api)
    {
        var requests = api.MapGroup("/authorization-requests").WithTags("Authorization");
        requests.MapGet("", Page).RequirePermission(Permission.Authorize).NarrowedToSites()
            .Produces(StatusCodes.Status304NotModified).ProducesProblem(StatusCodes.Status429TooManyRequests)
            .WithName("listAuthorizationRequests").WithSummary("Questions about tags, newest first; with state=open those that wait for an answer")
            .WithDescription(
                "With state=open, wait=20 and the ETag of the last answer in If-None-Match the answer comes as soon as the list is "
                + "another, or is 304 after so many seconds: a client that asks again at once sees every request live.");
        requests.MapGet("/{id:long}", Get).RequirePermission(Permission.Authorize).NarrowedToSites()
            .WithName("getAuthorizationRequest").WithSummary("One question about a tag");
        requests.MapPost("/{id:long}/answer", Answer).RequirePermission(Permission.Authorize).NarrowedToSites()
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithName("answerAuthorizationRequest").WithSummary("Answer a question about a tag; the first answer stands")
            .WithDescription("409 answered: somebody was faster, and is named. 409 expired: the charger was answered by default, or waits no more.");
    }

    private static async Task<Results<Ok<Page<AuthorizationRequestView>>, StatusCodeHttpResult>> Page(
        Caller caller,
        string? state,
        string? charger,
        [FromQuery] int? wait,
        [AsParameters] PageRequest page,
        [FromHeader(Name = "If-None-Match")] string? ifNoneMatch,
        HttpContext http,
        AuthorizationLog log,
        RequestWatch watch,
        TimeProvider time)
    {
        var patience = RequestWatch.Patience(wait, state is Open);
        if (state is not (null or Open))
        {
            throw ApiFault.BadRequest("state", "must be open");
        }

        var (list, etag) = await watch.Changed(
            () => page.Read(
                List,
                (before, limit) => state is null
                    ? log.List(caller.Scope, charger, RowId.Read(before), limit)
                    : log.ListOpen(caller.Scope, charger, time.GetUtcNow(), RowId.Read(before), limit),
                row => RowId.Write(row.Id),
                row => AuthorizationRequestView.Of(row, time.GetUtcNow())),
            ifNoneMatch,
            patience,
            http.RequestAborted);
        http.Response.Headers.ETag = etag;
        return list is null ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(list);
    }

    private static async Task<AuthorizationRequestView> Get(Caller caller, long id, AuthorizationLog log, TimeProvider time) =>
        AuthorizationRequestView.Of(await Find(caller, id, log), time.GetUtcNow());

    private static async Task<Ok<AuthorizationRequestView>> Answer(
        Caller caller, long id, AuthorizationAnswerInput body, AuthorizationLog log, IGrainFactory grains, EventLog events, TimeProvider time)
    {
        var status = body.Checked();
        var request = await Find(caller, id, log);
        var outcome = await grains.GetGrain<IChargerGrain>(request.Charger.ToString()).AnswerAuthorization(id, status, caller.Name);
        var standing = await Find(caller, id, log);
        if (outcome != AnswerOutcome.Taken)
        {
            throw TooLate(standing);
        }

        events.Record(
            caller.Tenant, "authorization-answered", request.Charger.Name, $"{caller.Name} answered {status} to tag {request.IdTag}.");
        return TypedResults.Ok(AuthorizationRequestView.Of(standing, time.GetUtcNow()));
    }

    private static async Task<AuthorizationRequest> Find(Caller caller, long id, AuthorizationLog log) =>
        await log.Find(caller.Scope, id) ?? throw ApiFault.NotFound("There is no such request.");

    private static ApiFault TooLate(AuthorizationRequest standing) => standing.State switch
    {
        AuthorizationRequestState.Answered =>
            ApiFault.Conflict("answered", $"{standing.DecidedBy} answered {standing.Status} before, at {standing.DecidedAt:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}."),
        AuthorizationRequestState.Open => ApiFault.Conflict("expired", "The charger does not wait for an answer any more."),
        _ => ApiFault.Conflict("expired", $"The charger was answered {standing.Status} at {standing.DecidedAt:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}."),
    };
}

/// <summary>An operator's answer.</summary>
/// <param name="Status">Accepted, Blocked or Invalid.</param>
public sealed record AuthorizationAnswerInput(string? Status = null)
{
    private static readonly string[] Statuses = [AuthorizationStatus.Accepted, AuthorizationStatus.Blocked, AuthorizationStatus.Invalid];

    internal string Checked()
    {
        new Checks().That(Statuses.Contains(Status), "status", $"must be one of {string.Join(", ", Statuses)}").ThrowIfAny();
        return Status!;
    }
}

/// <summary>A question about a tag.</summary>
/// <param name="Connector">Where a transaction was started; null when the charger only asked.</param>
/// <param name="Cause">authorize or start.</param>
/// <param name="TagStatus">What the tag's configuration says.</param>
/// <param name="ExpiresAt">Until when an answer is waited for.</param>
/// <param name="State">open, answered, decided (by the endpoint), defaulted, or abandoned when the charger was lost meanwhile.</param>
/// <param name="Status">What the charger was answered.</param>
/// <param name="AnsweredBy">The operator who answered, or null.</param>
/// <param name="Detail">Why the default was given, or null.</param>
public sealed record AuthorizationRequestView(
    long Id,
    string Charger,
    string? Site,
    int? Connector,
    string IdTag,
    string Cause,
    string TagStatus,
    DateTimeOffset AskedAt,
    DateTimeOffset ExpiresAt,
    string State,
    string? Status,
    string? AnsweredBy,
    DateTimeOffset? DecidedAt,
    string? Detail)
{
    internal static AuthorizationRequestView Of(AuthorizationRequest request, DateTimeOffset now) => new(
        request.Id,
        request.Charger.Name,
        request.Site.Length == 0 ? null : request.Site,
        request.Connector,
        request.IdTag.Value,
        request.Cause,
        request.TagStatus,
        request.AskedAt,
        request.ExpiresAt,
        request.State == AuthorizationRequestState.Open && request.ExpiresAt <= now ? "abandoned" : Words.Of(request.State),
        request.Status,
        request.DecidedBy,
        request.DecidedAt,
        request.Detail);
}
