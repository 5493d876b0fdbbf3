using EvCharge.Gateway.Api;
using EvCharge.Gateway.Security;
using EvCharge.History.Audit;
using Microsoft.AspNetCore.Http.Metadata;

namespace EvCharge.Gateway.Audit;

/// <summary>
/// Puts on record who changes or commands what. It stands around every endpoint of the interface, so that a new one is on
/// record the day it is added; what only reads is not.
/// </summary>
internal sealed class AuditTrail(AuditLog log) : IEndpointFilter
{
    private const string Root = "/api/v1/";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (OnlyReads(http) || await Caller.BindAsync(http) is not { } caller)
        {
            return await next(context);
        }

        var scope = ScopeOf(http, caller).Enter();
        if (context.Arguments.FirstOrDefault(AuditedBody.Is) is { } body)
        {
            scope.Say(AuditedBody.Of(body, scope.Target));
        }

        object? result;
        try
        {
            result = await next(context);
        }
        catch (Exception fault) when (MayHaveActed(fault) && !scope.IsRecorded)
        {
            await log.Append(caller.Tenant, scope);
            throw;
        }

        if (!scope.IsRecorded)
        {
            await log.Append(caller.Tenant, scope);
        }

        return result;
    }

    private static bool OnlyReads(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) || http.GetEndpoint()?.Metadata.GetMetadata<UnauditedEndpoint>() is not null;

    private static AuditScope ScopeOf(HttpContext http, Caller caller)
    {
        var action = http.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? http.Request.Method;
        var path = http.Request.Path.Value ?? "";
        return new AuditScope(
            caller.FullName,
            http.Connection.RemoteIpAddress?.ToString(),
            action,
            path.StartsWith(Root, StringComparison.Ordinal) ? path[Root.Length..] : path);
    }

    /// <summary>A command to a charger that is away or does not answer was given all the same.</summary>
    private static bool MayHaveActed(Exception fault) =>
        fault is not ApiFault { Status: < StatusCodes.Status500InternalServerError } or ApiFault { Code: "offline" };
}

/// <summary>Marks an endpoint that takes a body but changes nothing, or takes measurements that come again and again.</summary>
internal sealed record UnauditedEndpoint;

internal static class AuditExtensions
{
    /// <summary>Keeps the requests of an endpoint off the record.</summary>
    public static RouteHandlerBuilder Unaudited(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new UnauditedEndpoint());
}
