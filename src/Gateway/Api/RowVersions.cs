using System.Globalization;
using EvCharge.History.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace EvCharge.Gateway.Api;

/// <summary>Row versions as ETags, and what the outcome of a write answers.</summary>
internal static class RowVersions
{
    /// <summary>Describes what a put may be refused with.</summary>
    public static RouteHandlerBuilder Replaces(this RouteHandlerBuilder put) =>
        put.ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    /// <summary>The version that If-Match names; null without the header: the last writer wins.</summary>
    /// <exception cref="ApiFault">412 for a tag that no version of ours has; 400 for what is no tag.</exception>
    public static long? Expected(string? ifMatch)
    {
        if (ifMatch is null)
        {
            return null;
        }

        if (!EntityTagHeaderValue.TryParse(ifMatch, out var tag) || tag.Tag == "*")
        {
            throw ApiFault.BadRequest("If-Match", "must be one entity tag");
        }

        return !tag.IsWeak && long.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : throw ApiFault.PreconditionFailed();
    }

    public static Ok<T> Answer<T>(HttpContext http, T view, long version)
    {
        SetETag(http, version);
        return TypedResults.Ok(view);
    }

    /// <summary>201 for a new resource, 200 for a replaced one.</summary>
    public static Results<Ok<T>, Created<T>> Put<T>(HttpContext http, WriteResult written, T view)
    {
        SetETag(http, written.RowVersion);
        return written.Outcome == WriteOutcome.Created
            ? TypedResults.Created(http.Request.Path.Value, view)
            : TypedResults.Ok(view);
    }

    /// <exception cref="ApiFault">Nothing was written.</exception>
    public static WriteResult Ensure(WriteResult written) => written.Outcome switch
    {
        WriteOutcome.Created or WriteOutcome.Replaced => written,
        WriteOutcome.Conflict => throw ApiFault.PreconditionFailed(),
        WriteOutcome.MissingReference => throw ApiFault.Invalid("site", "is not a site"),
        WriteOutcome.QuotaExceeded => throw ApiFault.Conflict("quota", "The tenant has as many chargers as it may."),
        _ => throw ApiFault.NotFound("There is no such tenant."),
    };

    public static NoContent Deleted(WriteResult written, string what) => written.Outcome switch
    {
        WriteOutcome.Deleted => TypedResults.NoContent(),
        WriteOutcome.NotFound => throw ApiFault.NotFound($"There is no such {what}."),
        WriteOutcome.Conflict => throw ApiFault.PreconditionFailed(),
        _ => throw ApiFault.Conflict("in-use", $"The {what} is still in use."),
    };

    private static void SetETag(HttpContext http, long version) =>
        http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}
