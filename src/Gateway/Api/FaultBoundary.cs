using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using EvCharge.Gateway.Security;
using EvCharge.History;
using Microsoft.AspNetCore.Diagnostics;

namespace EvCharge.Gateway.Api;

/// <summary>The one place where an exception becomes an answer.</summary>
public sealed partial class FaultBoundary(ILogger<FaultBoundary> log) : IExceptionHandler
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(5);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        await FaultOf(exception).Write(httpContext);
        return true;
    }

    private ApiFault FaultOf(Exception exception) => exception switch
    {
        ApiFault fault => fault,
        BadHttpRequestException bad => OfBadRequest(bad),
        LoginThrottledException throttled => new ApiFault(
            StatusCodes.Status429TooManyRequests, "throttled", throttled.Message) { RetryAfter = throttled.RetryAfter },
        SecondFactorNeededException needed => new ApiFault(StatusCodes.Status401Unauthorized, "second-factor", needed.Message),
        TenantSuspendedException suspended => new ApiFault(
            StatusCodes.Status403Forbidden, AccessRefusal.SuspendedTenant, suspended.Message),
        HistoryUnavailableException => Unavailable("history-unavailable", exception),
        _ when ClusterFault.Is(exception) => Unavailable("cluster-unavailable", exception),
        _ => Unexpected(exception),
    };

    private static ApiFault OfBadRequest(BadHttpRequestException bad)
    {
        if (JsonFault.Of(bad.InnerException) is { } json)
        {
            return json;
        }

        var parameter = UnboundParameter().Match(bad.Message).Groups["name"].Value;
        return parameter.Length > 0
            ? ApiFault.BadRequest(JsonNamingPolicy.CamelCase.ConvertName(parameter), "cannot be read")
            : ApiFault.OfStatus(bad.StatusCode);
    }

    private ApiFault Unavailable(string code, Exception exception)
    {
        DependencyDown(code, exception);
        return new ApiFault(StatusCodes.Status503ServiceUnavailable, code, "A part of the system cannot be reached.")
        {
            RetryAfter = TryAgain,
        };
    }

    private ApiFault Unexpected(Exception exception)
    {
        var trace = Activity.Current?.TraceId.ToString() ?? "none";
        Failed(trace, exception);
        return new ApiFault(
            StatusCodes.Status500InternalServerError, "internal", $"The request failed; the log tells why under trace {trace}.");
    }

    /// <summary>The framework names the parameter it could not bind in its message alone.</summary>
    [GeneratedRegex("""^Failed to bind parameter "\S.* (?<name>\w+)" from """)]
    private static partial Regex UnboundParameter();

    [LoggerMessage(Level = LogLevel.Warning, Message = "A request was refused: {Code}.")]
    private partial void DependencyDown(string code, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "A request failed, trace {Trace}.")]
    private partial void Failed(string trace, Exception exception);
}
