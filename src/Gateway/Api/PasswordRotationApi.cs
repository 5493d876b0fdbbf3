using EvCharge.Contracts.Chargers;
using EvCharge.Gateway.Security;
using EvCharge.Ocpp;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EvCharge.Gateway.Api;

/// <summary>New passwords for chargers, by themselves.</summary>
internal static class PasswordRotationApi
{
    public static void MapPasswordRotation(this IEndpointRouteBuilder api) =>
        api.MapPost("/chargers/{charger}/password-rotation", Rotate).RequirePermission(Permission.SendAnyCall)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status502BadGateway)
            .ProducesProblem(StatusCodes.Status504GatewayTimeout)
            .WithTags("Chargers").WithName("rotatePassword")
            .WithSummary("Give a charger a new password that nobody sees")
            .WithDescription(
                "The old password holds until the charger comes back with the new one; it does so when it likes, or after a reset. "
                + "To set a password of your own, call ChangeConfiguration of AuthorizationKey.");

    private static async Task<Ok<CallAnswer>> Rotate(
        Caller caller,
        string charger,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        HttpContext http,
        PasswordRotation passwords)
    {
        var id = caller.Charger(charger);
        Ids.CheckIdempotencyKey(idempotencyKey);
        var password = PasswordRotation.NewPassword();
        var call = new ChargerCall(SecretCall.Action, SecretCall.With(password), caller.Name, idempotencyKey);
        var change = await passwords.Begin(id, password, call, http.RequestAborted);
        return TypedResults.Ok(CallsApi.Answer(await passwords.End(change, http.RequestAborted)));
    }
}
