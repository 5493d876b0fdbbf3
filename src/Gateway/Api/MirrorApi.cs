using EvCharge.Gateway.Security;
using EvCharge.History.Mirror;
using Microsoft.AspNetCore.Mvc;

namespace EvCharge.Gateway.Api;

/// <summary>The copy of an embedded history in the database of a server.</summary>
internal static class MirrorApi
{
    public static void MapMirror(this IEndpointRouteBuilder api) =>
        api.MapGet("/mirror", Read).RequirePermission(Permission.ReadMetrics)
            .WithTags("System").WithName("getMirror").WithSummary("How far the mirror of an embedded history is behind");

    private static async Task<MirrorStatus> Read([FromServices] HistoryMirror? mirror) =>
        mirror is null ? MirrorStatus.None : await mirror.Status();
}
