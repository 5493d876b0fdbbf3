using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EvCharge.Gateway.Api;

/// <summary>The code that a user presents beside the password.</summary>
internal static class SecondFactorApi
{
    public static void MapSecondFactor(this IEndpointRouteBuilder api)
    {
        var own = api.MapGroup("/me/second-factor").WithTags("Sign-in").ProducesProblem(StatusCodes.Status409Conflict);
        own.MapGet("", Get).RequirePermission(Permission.SignedIn)
            .WithName("getSecondFactor").WithSummary("Whether the caller has a second factor");
        own.MapPost("", Begin).RequirePermission(Permission.SignedIn)
            .WithName("beginSecondFactor").WithSummary("A secret for an authenticator app; it holds once a code of it was confirmed");
        own.MapPost("/confirm", Confirm).RequirePermission(Permission.SignedIn)
            .WithName("confirmSecondFactor").WithSummary("Turn the second factor on by its first code; shows the recovery codes this once");
        own.MapPost("/remove", Remove).RequirePermission(Permission.SignedIn)
            .WithName("removeSecondFactor").WithSummary("Turn the second factor off by a code of it");
        api.MapDelete("/users/{username}/second-factor", RemoveOf).RequirePermission(Permission.ManageUsers).WithTags("Users")
            .WithName("deleteSecondFactor").WithSummary("Turn the second factor of a user off who has lost it");
    }

    private static async Task<SecondFactorView> Get(Caller caller, ConfigurationStore store)
    {
        EnsureUser(caller);
        var factor = await store.SecondFactor(caller.Home, caller.Name);
        return new SecondFactorView(factor is { Confirmed: true }, factor is { Confirmed: true } ? factor.RecoveryHashes.Count : 0);
    }

    private static async Task<NewSecondFactor> Begin(Caller caller, HttpContext http, SecondFactors factors)
    {
        EnsureUser(caller);
        if (!factors.Available)
        {
            throw ApiFault.Conflict("no-key", "The installation has no key to keep secrets with.");
        }

        var begun = await factors.Begin(caller.Home, caller.Name)
            ?? throw ApiFault.Conflict("second-factor", "There is a second factor already; remove it first.");
        http.Response.Headers.CacheControl = "no-store";
        return new NewSecondFactor(begun.Secret, begun.Uri);
    }

    private static async Task<RecoveryCodes> Confirm(Caller caller, CodeInput body, SecondFactors factors)
    {
        EnsureUser(caller);
        return new RecoveryCodes(await factors.Confirm(caller.Home, caller.Name, body.Checked()) ?? throw WrongCode());
    }

    private static async Task<NoContent> Remove(Caller caller, CodeInput body, SecondFactors factors, ConfigurationStore store)
    {
        EnsureUser(caller);
        if (!await factors.Accept(caller.Home, caller.Name, body.Checked()))
        {
            throw WrongCode();
        }

        await store.DeleteSecondFactor(caller.Home, caller.Name);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> RemoveOf(Caller caller, string username, ConfigurationStore store, RoleBook roles)
    {
        if (!UserName.IsValid(username) || await store.User(caller.Tenant, username) is not { Value: var user })
        {
            throw ApiFault.NotFound("There is no such user.");
        }

        await roles.EnsureMayWrite(caller, user);
        return await store.DeleteSecondFactor(caller.Tenant, username)
            ? TypedResults.NoContent()
            : throw ApiFault.NotFound("The user has no second factor.");
    }

    private static void EnsureUser(Caller caller)
    {
        if (!caller.IsSession)
        {
            throw ApiFault.Conflict("no-user", "A program has no second factor.");
        }
    }

    private static ApiFault WrongCode() => ApiFault.Invalid("code", "does not fit, or was used before");
}

/// <param name="Enabled">A code is asked for at login.</param>
/// <param name="RecoveryCodesLeft">How many codes can still stand in for it.</param>
public sealed record SecondFactorView(bool Enabled, int RecoveryCodesLeft);

/// <param name="Secret">In base32; shown this once.</param>
/// <param name="Uri">The same for a QR code (otpauth).</param>
public sealed record NewSecondFactor(string Secret, string Uri);

/// <param name="Codes">Each stands in once for a code; shown this once.</param>
public sealed record RecoveryCodes(IReadOnlyList<string> Codes);

/// <param name="Code">Six digits, or a recovery code.</param>
public sealed record CodeInput(string? Code = null)
{
    internal string Checked()
    {
        new Checks().That(Code is { Length: >= 6 and <= 32 }, "code", "must be 6 to 32 characters").ThrowIfAny();
        return Code!;
    }
}
