using System.Security.Cryptography;
using System.Text.Json;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Commands;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Api;
using EvCharge.History.Configuration;
using EvCharge.Ocpp;
using EvCharge.Ocpp.V16.Core;

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
    /// <returns>Id of the command; <see cref="End"/> says how it ended.</returns>
    /// <exception cref="ApiFault">422 for a password that none can be, 404 without the charger, or the call is refused.</exception>
    public async Task<long> Begin(ChargerId charger, string password, ChargerCall call, CancellationToken cancelled)
    {
        if (!ChargerSecret.IsAcceptable(password))
        {
            throw ApiFault.Invalid("value", "must be 8 to 128 printable characters");
        }

        RowVersions.Ensure(await store.PutNextPassword(charger, await Task.Run(() => ChargerSecret.Hash(password), cancelled)));
        var submitted = await commands.Submit(charger, call, cancelled);
        if (submitted.CommandId is { } commandId)
        {
            return commandId;
        }

        await store.PutNextPassword(charger, null);
        throw CallsApi.Refused(submitted.Refusal);
    }

    /// <summary>Awaits the answer. The new password is forgotten if the charger does not take it; while nobody knows, both hold.</summary>
    public async Task<CommandSnapshot> End(ChargerId charger, long commandId, CancellationToken cancelled)
    {
        var ended = await commands.End(charger, commandId, cancelled);
        if (!MayHold(ended))
        {
            await store.PutNextPassword(charger, null);
        }

        return ended;
    }

    private static bool MayHold(CommandSnapshot ended) => ended.Status switch
    {
        CommandStatus.Answered => StatusOf(ended.Result) is ConfigurationStatus.Accepted or ConfigurationStatus.RebootRequired,
        CommandStatus.Timeout or CommandStatus.Unknown => true,
        _ => false,
    };

    private static string? StatusOf(ReadOnlyMemory<byte> result) =>
        JsonSerializer.Deserialize<JsonElement>(result.Span).TryGetProperty("status", out var status) ? status.GetString() : null;
}
