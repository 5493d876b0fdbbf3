using System.Security.Cryptography.X509Certificates;
using EvCharge.Domain.Certificates;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using EvCharge.History.Secrets;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EvCharge.Gateway.Certificates;

/// <summary>Who signs the certificates of a tenant's chargers, and whose count.</summary>
internal static class CertificateAuthorityApi
{
    /// <summary>Longer than chargers live.</summary>
    private static readonly TimeSpan Validity = TimeSpan.FromDays(20 * 365);

    public static void MapCertificateAuthority(this IEndpointRouteBuilder api)
    {
        var authority = api.MapGroup("/certificate-authority").WithTags("Certificates");
        authority.MapGet("", Get).RequirePermission(Permission.ManageSettings)
            .WithName("getCertificateAuthority").WithSummary("Who signs the certificates of chargers");
        authority.MapPut("", Put).RequirePermission(Permission.ManageSettings).Replaces().ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("putCertificateAuthority").WithSummary("Make an authority, or change whom it serves and whom it trusts")
            .WithDescription(
                "The first put makes a key. It stays until renew is true, or the organization changes; the certificate before counts "
                + "on until it is taken from trusted, so that chargers can be given new ones by and by.");
    }

    private static async Task<Ok<CertificateAuthorityView>> Get(Caller caller, HttpContext http, ConfigurationStore store)
    {
        var found = await store.CertificateAuthority(caller.Tenant) ?? throw ApiFault.NotFound("There is no certificate authority.");
        return RowVersions.Answer(http, CertificateAuthorityView.Of(found.Value), found.RowVersion);
    }

    private static async Task<Results<Ok<CertificateAuthorityView>, Created<CertificateAuthorityView>>> Put(
        Caller caller,
        CertificateAuthorityInput body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpContext http,
        ConfigurationStore store,
        SecretVault secrets,
        TimeProvider time)
    {
        body.Check();
        if (!secrets.HasKey)
        {
            throw ApiFault.Conflict("no-key", "The installation has no key to keep the authority's key with.");
        }

        var before = await store.CertificateAuthority(caller.Tenant);
        var kept = before?.Value.Organization == body.Organization && body.Renew is not true ? before!.Value : null;
        var authority = new CertificateAuthorityConfiguration(
            body.Organization!, kept?.Certificate ?? "", kept?.PrivateKey ?? [], body.TrustedAfter(before?.Value, kept is null),
            body.Signs ?? true, body.ValidityDays ?? CertificateAuthorityInput.DefaultDays);
        if (kept is null)
        {
            using var made = CertificateAuthority.Create(body.Organization!, time.GetUtcNow(), Validity);
            authority = authority with
            {
                Certificate = made.Certificate.ExportCertificatePem(),
                PrivateKey = secrets.Protect(caller.Tenant, CertificateAuthorityConfiguration.KeyPurpose, made.ExportKey()),
            };
        }

        // Whoever came between has made another key, and must not lose it unseen.
        var expected = RowVersions.Expected(ifMatch) ?? before?.RowVersion ?? ConfigurationStore.Absent;
        var written = RowVersions.Ensure(await store.PutCertificateAuthority(caller.Tenant, authority, expected));
        return RowVersions.Put(http, written, CertificateAuthorityView.Of(authority));
    }
}

/// <summary>An authority as it is put.</summary>
/// <param name="Organization">The operator's name, 1 to 64 characters: the organization in the certificates of its chargers.</param>
/// <param name="Trusted">
/// Certificates of other authorities whose chargers count too, in PEM, at most 20,000 characters; by default those that are
/// trusted already, and an empty text for none.
/// </param>
/// <param name="Signs">Whether a charger that asks for a certificate gets one; true by default. Else its request is an event.</param>
/// <param name="ValidityDays">Of the certificates that are issued, 1 to 3650; 365 by default.</param>
/// <param name="Renew">True for a new key; the certificate before joins those that are trusted.</param>
public sealed record CertificateAuthorityInput(
    string? Organization = null, string? Trusted = null, bool? Signs = null, int? ValidityDays = null, bool? Renew = null)
{
    internal const int DefaultDays = 365;
    private const int LongestOrganization = 64;
    private const int MostTrusted = 20_000;
    private const int MostDays = 3_650;

    internal void Check() => new Checks()
        .That(Organization is not null, "organization", "must be there")
        .Text(Organization, "organization", LongestOrganization)
        .Range(ValidityDays, "validityDays", 1, MostDays)
        .That(
            Trusted is null or "" || (Trusted.Length <= MostTrusted && ChargerCertificate.ReadAuthorities(Trusted) is not null),
            "trusted",
            $"must be certificates of authorities in PEM, at most {MostTrusted} characters")
        .ThrowIfAny();

    /// <param name="replaced">The authority gets another key.</param>
    internal string? TrustedAfter(CertificateAuthorityConfiguration? before, bool replaced)
    {
        string?[] texts = [Trusted ?? before?.Trusted, replaced ? before?.Certificate : null];
        var all = string.Join('\n', texts.Where(text => !string.IsNullOrEmpty(text)));
        return all.Length == 0 ? null : all;
    }
}

/// <summary>An authority. Its private key is never shown.</summary>
/// <param name="Certificate">Its certificate, PEM: chargers need it where they verify their own.</param>
/// <param name="Fingerprint">SHA-256 over the certificate.</param>
/// <param name="Trusted">Other authorities whose chargers count, PEM; null for none.</param>
public sealed record CertificateAuthorityView(
    string Organization, string Certificate, string Fingerprint, DateTimeOffset NotAfter, string? Trusted, bool Signs, int ValidityDays)
{
    internal static CertificateAuthorityView Of(CertificateAuthorityConfiguration authority)
    {
        using var certificate = X509Certificate2.CreateFromPem(authority.Certificate);
        return new CertificateAuthorityView(
            authority.Organization, authority.Certificate, ChargerCertificate.FingerprintOf(certificate),
            certificate.NotAfter.ToUniversalTime(), authority.Trusted, authority.Signs, authority.ValidityDays);
    }
}
