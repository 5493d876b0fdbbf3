using System.Security.Cryptography;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Api;
using EvCharge.History.Configuration;
using EvCharge.Ocpp;

namespace EvCharge.Gateway.Security;

/// <summary>
/// Gives a charger a new password (security whitepaper for OCPP 1.6, A01). What it is kept for is known before it is sent, so
/// that the charger gets in with it however fast it comes back; the old one holds until then.
/// </summary>
internal sealed class PasswordRotation(ConfigurationStore store, CommandDispatch commands)
{
    /// <summary>The longest that the standard allows.</summary>
    private const int KeyBytes = 20;

    /// <summary>A password that nobody has seen.</summary>
    public static string NewPassword() => Convert.ToHexString(RandomNumberGenerator.GetBytes(KeyBytes));

    /// <summary>Sends the call that sets a password and keeps the password's hash beside the one that holds.</summary>
    /// <exception cref="ApiFault">
    /// 422 for a password that none can be, 404 without the charger, 409 while too many are under way, or the call is refused.
    /// </exception>
    public async Task<PasswordChange> Begin(ChargerId charger, string password, ChargerCall call, CancellationToken cancelled)
    {
        if (!ChargerSecret.IsAcceptable(password))
        {
            throw ApiFault.Invalid("value", "must be 8 to 128 printable characters");
        }

        var hash = await Task.Run(() => ChargerSecret.Hash(password), cancelled);
        var kept = await store.AddNextPassword(charger, hash);
        if (kept.Outcome == WriteOutcome.InUse)
        {
            throw ApiFault.Conflict(
                "passwords-pending", "The charger was given several passwords and came back with none; one set with the charger itself voids them.");
        }

        if (kept.Outcome == WriteOutcome.NotFound)
        {
            throw ApiFault.NotFound("There is no such charger.");
        }

        var submitted = await commands.Submit(charger, call, cancelled);
        if (submitted.CommandId is { } commandId)
        {
            return new PasswordChange(charger, commandId, hash);
        }

        await store.DropNextPassword(charger, hash);
        throw CallsApi.Refused(submitted.Refusal);
    }

    /// <summary>Awaits the answer. The new password is forgotten if the charger does not take it; while nobody knows, both hold.</summary>
    public async Task<CommandSnapshot> End(PasswordChange change, CancellationToken cancelled)
    {
        var ended = await commands.End(change.Charger, change.CommandId, cancelled);
        if (!ConfigurationChange.MayHold(ended))
        {
            await store.DropNextPassword(change.Charger, change.Hash);
        }

        return ended;
    }
}

/// <summary>A password that a charger is given by a command.</summary>
internal sealed record PasswordChange(ChargerId Charger, long CommandId, string Hash);
