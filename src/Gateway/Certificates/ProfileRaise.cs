using System.Globalization;
using System.Text.Json;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Api;
using EvCharge.History.Configuration;

namespace EvCharge.Gateway.Certificates;

/// <summary>
/// Has a charger take a higher security profile (security whitepaper for OCPP 1.6, edition 3, A05): what it was told is on
/// record before it is told, and holds when it comes back that way. Until then it gets in as before. No profile is lowered.
/// </summary>
internal sealed class ProfileRaise(ConfigurationStore store)
{
    public const string Key = "SecurityProfile";

    private const string Action = "ChangeConfiguration";

    /// <summary>The profile that a call has the charger take, where that takes TLS; null for any other call.</summary>
    /// <param name="payload">A JSON object, or nothing.</param>
    public static int? ProfileIn(string action, ReadOnlyMemory<byte> payload)
    {
        if (action != Action || payload.IsEmpty)
        {
            return null;
        }

        using var document = JsonDocument.Parse(payload);
        return string.Equals(Text(document.RootElement, "key"), Key, StringComparison.OrdinalIgnoreCase)
            && int.TryParse(Text(document.RootElement, "value"), NumberStyles.None, CultureInfo.InvariantCulture, out var profile)
            && profile is 2 or 3
            ? profile
            : null;
    }

    /// <summary>Keeps the profile on record and has the charger told.</summary>
    /// <param name="tell">Submits the call, and answers its number.</param>
    /// <exception cref="ApiFault">
    /// 404 without the charger; 409 where it has a higher one, or lacks what it takes; or the call is refused.
    /// </exception>
    public async Task<long> Begin(ChargerId charger, int profile, Func<Task<long>> tell)
    {
        var known = (await store.Charger(charger) ?? throw ApiFault.NotFound("There is no such charger.")).Value;
        if (profile < known.SecurityProfile)
        {
            throw ApiFault.Conflict("profile-lowered", "A charger's security profile is not lowered by a call.");
        }

        if (profile == 2 && known.PasswordHash is null && known.NextPasswordHashes.Count == 0)
        {
            throw ApiFault.Conflict("no-password", "Profile 2 takes a password, and the charger has none.");
        }

        if (profile == 3 && await store.CertificateAuthority(charger.Tenant) is null)
        {
            throw ApiFault.Conflict("no-authority", "Profile 3 takes certificates, and there is no authority whose count.");
        }

        if (profile > known.SecurityProfile)
        {
            await store.SetNextProfile(charger, profile);
        }

        try
        {
            return await tell();
        }
        catch (ApiFault)
        {
            await store.SetNextProfile(charger, null);
            throw;
        }
    }

    /// <summary>Forgets the profile if the charger does not take it; while nobody knows, both hold.</summary>
    public async Task End(ChargerId charger, CommandSnapshot ended)
    {
        if (!ConfigurationChange.MayHold(ended))
        {
            await store.SetNextProfile(charger, null);
        }
    }

    private static string? Text(JsonElement payload, string member) =>
        payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty(member, out var found) && found.ValueKind == JsonValueKind.String
            ? found.GetString()
            : null;
}
