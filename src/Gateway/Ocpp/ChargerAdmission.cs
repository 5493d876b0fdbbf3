using System.Security.Cryptography;
using System.Text;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Certificates;
using EvCharge.Gateway.Security;
using EvCharge.Gateway.Tenants;
using EvCharge.History;
using EvCharge.History.Audit;
using EvCharge.History.Configuration;
using Microsoft.Extensions.Caching.Memory;

namespace EvCharge.Gateway.Ocpp;

/// <summary>
/// Decides whether a charger may open its WebSocket, from the configuration tables alone: no grain is woken by a
/// stranger. Answers come from a bounded cache of found and not-found names.
/// </summary>
internal sealed class ChargerAdmission(
    ConfigurationStore configuration, CertificateCheck certificates, TenantBook tenants, EventLog events, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UnknownFor = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan StandsInFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan ProvenFor = TimeSpan.FromHours(1);

    /// <summary>Hashing is slow by design; strangers must not be able to take every core with it.</summary>
    private static readonly SemaphoreSlim Hashing = new(Math.Max(1, Environment.ProcessorCount / 2));
    private static readonly string NobodysHash = ChargerSecret.Hash(Guid.NewGuid().ToString("N"));
    private readonly byte[] _cacheKey = RandomNumberGenerator.GetBytes(32);
    private readonly MemoryCache _cache = BoundedCache.Of(50_000, time);

    public async Task<Admission> Admit(ChargerId charger, ChargerCredentials shown)
    {
        var tenant = await tenants.Find(charger.Tenant);
        var known = tenant is null ? null : await Find(charger);
        if (known is not null)
        {
            var entitled = await IsEntitled(charger, known, shown);
            return !entitled ? Admission.Refused : tenant!.IsActive ? Admission.Admitted : Admission.Suspended;
        }

        // A stranger costs the same time as a wrong password, so that names cannot be guessed by the clock.
        await Verify(charger, NobodysHash, shown.Password ?? []);
        if (tenant is not { IsActive: true })
        {
            return tenant is null ? Admission.NoTenant : Admission.Unknown;
        }

        var settings = (await configuration.Settings(charger.Tenant)).Value;
        return settings.UnknownChargers switch
        {
            "quarantine" => Admission.Quarantined,
            "accept" => await Adopt(charger),
            _ => Admission.Unknown,
        };
    }

    /// <summary>
    /// True for the charger's own password where that is known without work, from its last visit or by its kind: it gets in
    /// also while others guess.
    /// </summary>
    public async Task<bool> Recognises(ChargerId charger, byte[]? password) =>
        password is { Length: > 0 }
        && await Find(charger) is { PasswordHash: { } hash }
        && (ChargerSecret.FitsAtOnce(hash, password) || _cache.TryGetValue(ProofOf(charger, hash, password), out _));

    /// <summary>Whether the charger's connections are pinged by its own setting; null when it has none.</summary>
    public async Task<bool?> Ping(ChargerId charger) => (await Find(charger))?.Ping;

    /// <summary>Drops what is cached of a charger, after its configuration changed.</summary>
    public void Forget(ChargerId charger) => _cache.Remove(charger);

    public void Dispose() => _cache.Dispose();

    /// <param name="anew">Whatever was read a moment ago.</param>
    private async Task<ChargerConfiguration?> Find(ChargerId charger, bool anew = false)
    {
        _cache.TryGetValue(charger, out Known? known);
        if (!anew && known is not null && time.GetElapsedTime(known.ReadAt) < (known.Charger is null ? UnknownFor : KnownFor))
        {
            return known.Charger;
        }

        try
        {
            var found = (await configuration.Charger(charger))?.Value;
            _cache.Keep(charger, new Known(found, time.GetTimestamp()), found is null ? UnknownFor : StandsInFor);
            return found;
        }
        catch (HistoryUnavailableException) when (known?.Charger is not null)
        {
            // Who was known a while ago still is, so that an outage of the database ends no charger's connection for good.
            return known.Charger;
        }
    }

    /// <summary>The security profiles of the OCPP 1.6 security whitepaper §2; a profile that cannot be met refuses.</summary>
    private async Task<bool> IsEntitled(ChargerId charger, ChargerConfiguration known, ChargerCredentials shown)
    {
        // Compared also where nothing can help, so that a profile cannot be guessed by the clock.
        var password = shown.Password;
        var isNew = known.NextPasswordHashes.Any(hash => ChargerSecret.FitsAtOnce(hash, password));
        var asked = known.SecurityProfile is 1 or 2 || (known.SecurityProfile == 3 && shown.Certificate is null);
        var proven = asked && !isNew && await HasPassword(charger, known, password);
        if (!proven && password is { Length: > 0 })
        {
            (known, proven) = await WithNewPassword(charger, known, password, shown.Secure);
        }

        known = await WithNewProfile(charger, known, shown, proven);
        if (await Meets(charger, known.SecurityProfile, shown, proven))
        {
            return true;
        }

        if (!asked)
        {
            // A wrong certificate takes as long as an unknown name.
            await Verify(charger, NobodysHash, password ?? []);
        }

        return false;
    }

    private async ValueTask<bool> Meets(ChargerId charger, int profile, ChargerCredentials shown, bool proven) => profile switch
    {
        0 => true,
        1 => proven,
        2 => shown.Secure && proven,
        3 => shown is { Secure: true, Certificate: { } certificate } && await certificates.Holds(charger, certificate),
        _ => false,
    };

    /// <summary>What holds for a charger that was told to take a higher profile, and comes back with it at once.</summary>
    private async Task<ChargerConfiguration> WithNewProfile(
        ChargerId charger, ChargerConfiguration known, ChargerCredentials shown, bool proven)
    {
        var highest = !shown.Secure ? 0 : shown.Certificate is not null ? 3 : proven ? 2 : 0;
        if (highest <= known.SecurityProfile)
        {
            return known;
        }

        var now = await Find(charger, anew: true) ?? known;
        if (now.NextSecurityProfile is not { } next || !await Meets(charger, next, shown, proven))
        {
            return now;
        }

        var taken = await configuration.TakeUpNextProfile(charger, next);
        if (taken.Outcome == WriteOutcome.Replaced)
        {
            events.Record(charger.Tenant, "security-profile-raised", charger.Name, $"The charger came back with security profile {next}.");
        }

        return await Find(charger, anew: true) ?? now;
    }

    /// <summary>
    /// What holds for a charger that presents another password than the one known: it may have been given a new one, and comes
    /// back with it at once. From then on the old one is void.
    /// </summary>
    private async Task<(ChargerConfiguration Known, bool Proven)> WithNewPassword(
        ChargerId charger, ChargerConfiguration known, byte[] password, bool secure)
    {
        var now = await Find(charger, anew: true) ?? known;
        if (now.PasswordHash != known.PasswordHash && await HasPassword(charger, now, password))
        {
            return (now, true);
        }

        var reached = now.SecurityProfile < 2 || secure;
        if (!reached || await FirstThatFits(charger, now.NextPasswordHashes, password) is not { } next)
        {
            return (now, false);
        }

        var taken = await configuration.TakeUpNextPassword(charger, next);
        if (taken.Outcome == WriteOutcome.Replaced)
        {
            events.Record(charger.Tenant, "password-changed", charger.Name, "The charger came back with the password that it was given.");
        }

        now = await Find(charger, anew: true) ?? now;
        return (now, now.PasswordHash == next);
    }

    private async Task<string?> FirstThatFits(ChargerId charger, IReadOnlyList<string> hashes, byte[] password)
    {
        if (hashes.FirstOrDefault(hash => ChargerSecret.FitsAtOnce(hash, password)) is { } key)
        {
            return key;
        }

        foreach (var hash in hashes)
        {
            if (await Verify(charger, hash, password))
            {
                return hash;
            }
        }

        return null;
    }

    private async Task<bool> HasPassword(ChargerId charger, ChargerConfiguration known, byte[]? password) =>
        await Verify(charger, known.PasswordHash ?? NobodysHash, password ?? [])
        && known.PasswordHash is not null
        && password is { Length: > 0 };

    private async Task<bool> Verify(ChargerId charger, string hash, byte[] password)
    {
        if (ChargerSecret.FitsAtOnce(hash, password))
        {
            return true;
        }

        // A charger that returns every minute must not cost a slow hash each time.
        var proof = ProofOf(charger, hash, password);
        if (_cache.TryGetValue(proof, out _))
        {
            return true;
        }

        await Hashing.WaitAsync();
        try
        {
            if (!await Task.Run(() => ChargerSecret.Verify(hash, password)))
            {
                return false;
            }
        }
        finally
        {
            Hashing.Release();
        }

        _cache.Keep(proof, true, ProvenFor);
        return true;
    }

    private string ProofOf(ChargerId charger, string hash, byte[] password)
    {
        byte[] claim = [.. Encoding.UTF8.GetBytes($"{charger}\n{hash}\n"), .. password];
        return Convert.ToHexString(HMACSHA256.HashData(_cacheKey, claim));
    }

    private async Task<Admission> Adopt(ChargerId charger)
    {
        const string site = "default";
        if (await configuration.Charger(charger) is not null)
        {
            // Configured since the cache last looked: the operator's word stands, at the charger's next attempt.
            Forget(charger);
            return Admission.Refused;
        }

        if (await configuration.Site(new SiteId(charger.Tenant, site)) is null)
        {
            await configuration.PutSite(charger.Tenant, new SiteConfiguration(site, "Default", "UTC", "A", null, null, null), ConfigurationStore.Absent);
        }

        var adopted = await configuration.PutCharger(
            charger.Tenant,
            new ChargerConfiguration(charger.Name, site, SecurityProfile: 0, null, null, [new ConnectorConfiguration(1, null)]),
            ConfigurationStore.Absent);
        Forget(charger);
        return adopted.Outcome == WriteOutcome.Created ? Admission.Adopted : Admission.Refused;
    }

    /// <summary>What was read of a charger, perhaps that there is none.</summary>
    private sealed record Known(ChargerConfiguration? Charger, long ReadAt);
}

internal enum Admission
{
    Admitted,

    /// <summary>Wrong or missing credentials.</summary>
    Refused,

    /// <summary>It is who it says, but nobody of its tenant gets in.</summary>
    Suspended,

    /// <summary>A tenant that does not exist.</summary>
    NoTenant,

    /// <summary>A name nobody configured, in a tenant that refuses such.</summary>
    Unknown,

    /// <summary>A name nobody configured; it may connect, stays Pending and can start nothing.</summary>
    Quarantined,

    /// <summary>A name nobody configured; it now belongs to the site <c>default</c>.</summary>
    Adopted,
}
