using System.Security.Cryptography.X509Certificates;
using EvCharge.Domain.Certificates;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Security;
using EvCharge.History;
using EvCharge.History.Audit;
using EvCharge.History.Configuration;
using Microsoft.Extensions.Caching.Memory;

namespace EvCharge.Gateway.Certificates;

/// <summary>
/// Whether a certificate makes a connection that of a charger: signed by its tenant's authority or one that the tenant trusts,
/// in its time, issued to that charger of that operator, and not revoked. While the database is away, what counted within the
/// hour still does.
/// </summary>
internal sealed class CertificateCheck(ConfigurationStore configuration, EventLog events, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan StandsInFor = TimeSpan.FromHours(1);

    private readonly MemoryCache _counted = BoundedCache.Of(50_000, time);

    public async Task<bool> Holds(ChargerId charger, X509Certificate2 certificate)
    {
        var fingerprint = ChargerCertificate.FingerprintOf(certificate);
        try
        {
            if (await ProblemOf(charger, certificate, fingerprint) is { } problem)
            {
                _counted.Remove((charger, fingerprint));
                events.Record(charger.Tenant, "certificate-rejected", charger.Name, $"The certificate {fingerprint} {problem}.");
                return false;
            }
        }
        catch (HistoryUnavailableException) when (IsInTime(certificate) && _counted.TryGetValue((charger, fingerprint), out _))
        {
            return true;
        }

        _counted.Keep((charger, fingerprint), true, StandsInFor);
        return true;
    }

    public void Dispose() => _counted.Dispose();

    private async Task<string?> ProblemOf(ChargerId charger, X509Certificate2 certificate, string fingerprint)
    {
        if (await configuration.CertificateAuthority(charger.Tenant) is not { Value: var authority })
        {
            return "counts for nobody: its operator has no authority";
        }

        var expected = new CertificateSubject(charger.Name, authority.Organization);
        var trusted = ChargerCertificate.ReadAuthorities($"{authority.Certificate}\n{authority.Trusted}") ?? [];
        try
        {
            return ChargerCertificate.Verify(certificate, trusted, expected, time.GetUtcNow()) switch
            {
                CertificateVerdict.NotTrusted => "is of no authority that counts",
                CertificateVerdict.Expired => "is not valid at this time",
                CertificateVerdict.AnotherCharger => "is that of another charger",
                CertificateVerdict.AnotherOperator => "is of another operator",
                _ => await configuration.IsRevoked(charger, fingerprint) ? "was revoked" : null,
            };
        }
        finally
        {
            foreach (var each in trusted)
            {
                each.Dispose();
            }
        }
    }

    private bool IsInTime(X509Certificate2 certificate)
    {
        var now = time.GetUtcNow().LocalDateTime;
        return certificate.NotBefore <= now && now < certificate.NotAfter;
    }
}
