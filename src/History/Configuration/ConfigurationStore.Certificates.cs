using EvCharge.Domain.Identity;
using EvCharge.History.Audit;
using EvCharge.History.Queries;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Configuration;

/// <summary>Who signs the certificates of a tenant's chargers, and which certificates count.</summary>
/// <param name="Organization">The operator's name, as the certificates of its chargers have it.</param>
/// <param name="Certificate">Of the tenant's own authority, PEM.</param>
/// <param name="PrivateKey">As <see cref="Secrets.SecretVault"/> protected it.</param>
/// <param name="Trusted">Certificates of other authorities that count, PEM; null for none.</param>
/// <param name="Signs">Whether a charger that asks for a certificate gets one.</param>
/// <param name="ValidityDays">Of the certificates that are issued.</param>
public sealed record CertificateAuthorityConfiguration(
    string Organization, string Certificate, byte[] PrivateKey, string? Trusted, bool Signs, int ValidityDays)
{
    /// <summary>What <see cref="PrivateKey"/> is protected for.</summary>
    public const string KeyPurpose = "certificate-authority";
}

/// <summary>A certificate that was issued to a charger.</summary>
/// <param name="Fingerprint">SHA-256, hexadecimal.</param>
/// <param name="RevokedAt">Since when it counts no more; null while it does.</param>
public sealed record IssuedCertificate(
    ChargerId Charger, string Fingerprint, string SerialNumber, DateTimeOffset NotBefore, DateTimeOffset NotAfter, DateTimeOffset IssuedAt, DateTimeOffset? RevokedAt);

public sealed partial class ConfigurationStore
{
    /// <summary>Certificates that a charger may be issued within a day: one that asks again and again is broken, or not itself.</summary>
    public const int MostCertificatesPerDay = 10;

    public Task<Versioned<CertificateAuthorityConfiguration>?> CertificateAuthority(TenantId tenant) => engine.Read(async tables =>
        await tables.CertificateAuthorities.FirstOrDefaultAsync(row => row.TenantId == tenant.Value) is { } row
            ? new Versioned<CertificateAuthorityConfiguration>(
                new CertificateAuthorityConfiguration(row.Organization, row.Certificate, row.PrivateKey, row.Trusted, row.Signs, row.ValidityDays),
                row.RowVersion)
            : null);

    /// <summary>Not found without the tenant.</summary>
    public Task<WriteResult> PutCertificateAuthority(TenantId tenant, CertificateAuthorityConfiguration authority, long? expected) => Change(
        tenant, "certificate-authority", AuditSubject.Of<CertificateAuthorityRow>(row => row.TenantId == tenant.Value), write =>
    {
        if (!write.Tables.Tenants.Any(row => row.TenantId == tenant.Value))
        {
            return WriteResult.NotFound;
        }

        CertificateAuthorityRow Row(long version) => new()
        {
            TenantId = tenant.Value,
            Organization = authority.Organization,
            Certificate = authority.Certificate,
            PrivateKey = authority.PrivateKey,
            Trusted = authority.Trusted,
            Signs = authority.Signs,
            ValidityDays = authority.ValidityDays,
            RowVersion = version,
        };
        var current = write.Tables.CertificateAuthorities
            .Where(row => row.TenantId == tenant.Value).Select(row => (long?)row.RowVersion).FirstOrDefault();
        return write.Put(tenant, current, expected, version => write.Tables.Insert(Row(version)), version => write.Tables.Update(Row(version)));
    });

    /// <summary>Keeps on record what a charger is issued; false when it was issued too many within a day, or is none.</summary>
    public Task<bool> AddCertificate(ChargerId charger, IssuedCertificate certificate) => engine.Write(write =>
    {
        write.Alone(charger.Tenant, "configuration");
        var (tables, dayAgo) = (write.Tables, certificate.IssuedAt.AddDays(-1));
        var recent = tables.ChargerCertificates.Count(
            row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name && row.IssuedAt > dayAgo);
        if (recent >= MostCertificatesPerDay || VersionOf(tables, charger) is null)
        {
            return false;
        }

        tables.Insert(new ChargerCertificateRow
        {
            TenantId = charger.Tenant.Value,
            ChargerId = charger.Name,
            Fingerprint = certificate.Fingerprint,
            SerialNumber = certificate.SerialNumber,
            NotBefore = certificate.NotBefore,
            NotAfter = certificate.NotAfter,
            IssuedAt = certificate.IssuedAt,
        });
        return true;
    });

    /// <summary>Certificates of a charger, the newest first.</summary>
    public Task<IReadOnlyList<IssuedCertificate>> Certificates(ChargerId charger) => engine.Read<IReadOnlyList<IssuedCertificate>>(async tables =>
    {
        var rows = await tables.ChargerCertificates
            .Where(row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name)
            .OrderByDescending(row => row.IssuedAt)
            .ToListAsync();
        return rows.ConvertAll(Read);
    });

    /// <summary>Certificates of a tenant's chargers that count and end before a moment, the first to end first.</summary>
    public Task<IReadOnlyList<IssuedCertificate>> CertificatesThatEnd(SiteScope scope, DateTimeOffset before, int limit) =>
        engine.Read<IReadOnlyList<IssuedCertificate>>(async tables =>
        {
            var certificates = tables.ChargerCertificates.Where(row => row.TenantId == scope.Tenant.Value);
            certificates = tables.NamesIn(scope) is { } names ? certificates.Where(row => names.Contains(row.ChargerId)) : certificates;
            var rows = await certificates
                .Where(row => row.RevokedAt == null && row.NotAfter < before)
                .OrderBy(row => row.NotAfter)
                .Take(limit)
                .ToListAsync();
            return rows.ConvertAll(Read);
        });

    /// <summary>Has a certificate count no more; in use when that was done before.</summary>
    public Task<WriteResult> RevokeCertificate(ChargerId charger, string fingerprint)
    {
        var target = $"chargers/{charger.Name}/certificates/{fingerprint}";
        var subject = AuditSubject.Of<ChargerCertificateRow>(
            row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name && row.Fingerprint == fingerprint);
        return Change(charger.Tenant, target, subject, write =>
        {
            var row = write.Tables.ChargerCertificates.FirstOrDefault(
                row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name && row.Fingerprint == fingerprint);
            if (row is null)
            {
                return WriteResult.NotFound;
            }

            if (row.RevokedAt is not null)
            {
                return WriteResult.InUse;
            }

            write.Tables.Update(row with { RevokedAt = time.GetUtcNow() });
            return new WriteResult(WriteOutcome.Deleted, 0);
        });
    }

    /// <summary>True for a certificate that was revoked.</summary>
    public Task<bool> IsRevoked(ChargerId charger, string fingerprint) => engine.Read(tables => tables.ChargerCertificates.AnyAsync(
        row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name && row.Fingerprint == fingerprint && row.RevokedAt != null));

    /// <summary>Keeps the security profile that the charger is told to take; it holds when the charger comes back with it. Null for none any more.</summary>
    public Task<WriteResult> SetNextProfile(ChargerId charger, int? profile) => ChangeCharger(charger, row =>
        row.NextSecurityProfile == profile ? null : row with { NextSecurityProfile = profile });

    /// <summary>Makes a profile the charger's that it came back with; in use when it was told none, or another.</summary>
    public Task<WriteResult> TakeUpNextProfile(ChargerId charger, int profile) => ChangeCharger(charger, row =>
        row.NextSecurityProfile == profile ? row with { SecurityProfile = profile, NextSecurityProfile = null } : null);

    /// <summary>Another charger that is given the name later must not be mistaken for the one that had it.</summary>
    private static void RevokeCertificates(HistoryTables tables, ChargerId charger, DateTimeOffset now) => tables.ChargerCertificates
        .Where(row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name && row.RevokedAt == null)
        .Set(row => row.RevokedAt, now)
        .Update();

    private static IssuedCertificate Read(ChargerCertificateRow row) => new(
        new ChargerId(new TenantId(row.TenantId), row.ChargerId), row.Fingerprint, row.SerialNumber, row.NotBefore, row.NotAfter, row.IssuedAt, row.RevokedAt);
}
