using System.Text.Json;
using EvCharge.Gateway.Security;
using EvCharge.Ocpp;

namespace EvCharge.Gateway.Api;

/// <summary>What can be sent to chargers, for whoever makes forms of it.</summary>
internal static class OperationsApi
{
    public static void MapOperations(this IEndpointRouteBuilder api) =>
        api.MapGet("/ocpp/{version}/operations", List).RequirePermission(Permission.ReadFleet).CommonToSites()
            .WithTags("Commands").WithName("listOperations").WithSummary("The operations that can be sent to chargers, with a JSON schema of each request")
            .WithDescription("version is that of the subprotocol, ocpp1.6. What a schema takes is what POST …/calls/{action} takes.");

    private static Page<OperationView> List(string version) => version == OcppVersion.V16
        ? new Page<OperationView>(
            [.. ActionTable.For(version).All.Where(action => action.Direction != ActionDirection.FromCharger).Select(OperationView.Of)], null)
        : throw ApiFault.NotFound("There are no operations of that version.");
}

/// <summary>An operation.</summary>
/// <param name="Profile">Feature profile of OCPP.</param>
/// <param name="Permission">What a caller needs to send it; some requests need more.</param>
/// <param name="Request">JSON schema of the payload.</param>
public sealed record OperationView(string Action, string Profile, string Permission, JsonElement Request)
{
    internal static OperationView Of(OcppAction action) => new(
        action.Name, action.Profile, OperatorCalls.PermissionFor(action.Name), JsonSerializer.SerializeToElement(action.DescribeRequest()));
}
