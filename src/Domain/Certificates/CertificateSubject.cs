using System.Security.Cryptography.X509Certificates;

namespace EvCharge.Domain.Certificates;

/// <summary>
/// Whom a charger's certificate names: common name the charger's identity, organization the operator (security whitepaper for
/// OCPP 1.6, edition 3, §2.4).
/// </summary>
/// <param name="CommonName">Null when there is none, or more than one.</param>
/// <param name="Organization">Null when there is none, or more than one.</param>
public sealed record CertificateSubject(string? CommonName, string? Organization)
{
    private const string CommonNameOid = "2.5.4.3";
    private const string OrganizationOid = "2.5.4.10";

    public static CertificateSubject Of(X500DistinguishedName name) => new(Single(name, CommonNameOid), Single(name, OrganizationOid));

    public X500DistinguishedName Write()
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddOrganizationName(Organization!);
        name.AddCommonName(CommonName!);
        return name.Build();
    }

    private static string? Single(X500DistinguishedName name, string oid)
    {
        var parts = name.EnumerateRelativeDistinguishedNames().ToList();
        if (parts.Exists(part => part.HasMultipleElements))
        {
            return null;
        }

        var values = parts.Where(part => part.GetSingleElementType().Value == oid).Select(part => part.GetSingleElementValue()).ToList();
        return values is [{ Length: > 0 } only] ? only : null;
    }
}
