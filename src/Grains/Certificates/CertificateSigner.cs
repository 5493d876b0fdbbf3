using System.Security.Cryptography;
using EvCharge.Domain.Certificates;
using EvCharge.Domain.Identity;
using EvCharge.History.Configuration;
using EvCharge.History.Secrets;

namespace EvCharge.Grains.Certificates;

/// <summary>Signs what chargers ask for with the authority of their tenant, and keeps it on record.</summary>
internal sealed class CertificateSigner(ConfigurationStore configuration, SecretVault secrets, TimeProvider time)
{
    /// <param name="proven">The charger has shown who it is: anybody could ask in the name of one that need not.</param>
    /// <exception cref="History.HistoryUnavailableException">Nobody knows who signs, or it cannot be kept on record.</exception>
    public async Task<SignedCertificate> Sign(ChargerId charger, bool proven, string request)
    {
        if (await configuration.CertificateAuthority(charger.Tenant) is not { Value: { Signs: true } settings })
        {
            return SignedCertificate.NotHere;
        }

        if (!proven)
        {
            return SignedCertificate.Refused("its security profile is 0, so that it may be anybody");
        }

        if (SigningRequest.Read(request, charger.Name, settings.Organization, out var problem) is not { } signing)
        {
            return SignedCertificate.Refused(problem!);
        }

        var key = Reveal(charger.Tenant, settings);
        if (key is null)
        {
            return SignedCertificate.Refused("the key of the authority cannot be read with the installation's key for secrets");
        }

        using var authority = CertificateAuthority.Restore(settings.Certificate, key);
        var now = time.GetUtcNow();
        using var certificate = authority.Sign(
            signing, new CertificateSubject(charger.Name, settings.Organization), now, TimeSpan.FromDays(settings.ValidityDays));
        var issued = new IssuedCertificate(
            charger, ChargerCertificate.FingerprintOf(certificate), certificate.SerialNumber,
            certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime(), now, RevokedAt: null);
        return await configuration.AddCertificate(charger, issued)
            ? SignedCertificate.Of(certificate.ExportCertificatePem())
            : SignedCertificate.Refused($"it was issued {ConfigurationStore.MostCertificatesPerDay} certificates within a day");
    }

    private string? Reveal(TenantId tenant, CertificateAuthorityConfiguration settings)
    {
        try
        {
            return secrets.Reveal(tenant, CertificateAuthorityConfiguration.KeyPurpose, settings.PrivateKey);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

/// <summary>What became of a charger's request for a certificate.</summary>
/// <param name="Pem">The certificate; null when there is none.</param>
/// <param name="Problem">Why it is not signed; null when it is, or when nobody here signs.</param>
internal sealed record SignedCertificate(string? Pem, string? Problem)
{
    /// <summary>The tenant's chargers get their certificates from elsewhere.</summary>
    public static readonly SignedCertificate NotHere = new(null, null);

    public static SignedCertificate Of(string pem) => new(pem, null);

    public static SignedCertificate Refused(string problem) => new(null, problem);
}
