using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EvCharge.Gateway.Api;

/// <summary>
/// A request that is not served: thrown by validators and endpoints, caught once, answered as problem details (RFC 9457)
/// with a stable <c>code</c> and, where members are at fault, <c>errors</c> by JSON path.
/// </summary>
public sealed class ApiFault(int status, string code, string text, IReadOnlyDictionary<string, string[]>? errors = null)
    : Exception(text)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public IReadOnlyDictionary<string, string[]>? Errors { get; } = errors;

    /// <summary>Sent as Retry-After.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>A member of the body that does not fit: 422.</summary>
    public static ApiFault Invalid(string field, string text) =>
        Invalid(new Dictionary<string, string[]> { [field] = [text] });

    public static ApiFault Invalid(IReadOnlyDictionary<string, string[]> errors) =>
        new(StatusCodes.Status422UnprocessableEntity, "invalid", "The request is not valid.", errors);

    /// <summary>A part of the request line or a header that does not fit: 400.</summary>
    public static ApiFault BadRequest(string field, string text) =>
        new(StatusCodes.Status400BadRequest, "invalid", "The request is not valid.",
            new Dictionary<string, string[]> { [field] = [text] });

    public static ApiFault NotFound(string text) => new(StatusCodes.Status404NotFound, "not-found", text);

    public static ApiFault PreconditionFailed() =>
        new(StatusCodes.Status412PreconditionFailed, "changed", "The resource has another version than If-Match names.");

    public static ApiFault Conflict(string code, string text) => new(StatusCodes.Status409Conflict, code, text);

    /// <summary>What the framework says with a status alone.</summary>
    public static ApiFault OfStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => NotFound("There is nothing at this path."),
        StatusCodes.Status405MethodNotAllowed => new(status, "method", "The path does not take this method."),
        StatusCodes.Status413PayloadTooLarge => new(status, "too-large", "The body is too large."),
        StatusCodes.Status415UnsupportedMediaType => new(status, "media-type", "The body must be application/json."),
        _ => new(status, "malformed", "The request cannot be read."),
    };

    public Task Write(HttpContext http)
    {
        if (RetryAfter is { } wait)
        {
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString("F0", null);
        }

        return Problem().ExecuteAsync(http);
    }

    private ProblemHttpResult Problem()
    {
        var details = new ProblemDetails { Status = Status, Detail = Message, Extensions = { ["code"] = Code } };
        if (Errors is not null)
        {
            details.Extensions["errors"] = Errors;
        }

        return TypedResults.Problem(details);
    }
}
