using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EvCharge.Domain.Certificates;

/// <summary>A charger's request for a certificate (PKCS#10), checked: whoever sent it has the key, which is strong enough.</summary>
public sealed class SigningRequest
{
    private const string RsaOid = "1.2.840.113549.1.1.1";
    private const string EllipticCurveOid = "1.2.840.10045.2.1";
    private const int LeastRsaBits = 2_048;
    private const int LeastCurveBits = 224;

    private SigningRequest(PublicKey key) => Key = key;

    public PublicKey Key { get; }

    /// <summary>Null, with the reason, for what must not be signed for this charger of this operator.</summary>
    public static SigningRequest? Read(string pem, string identity, string organization, out string? problem)
    {
        if (Parse(pem) is not { } request)
        {
            problem = "it is no PKCS#10 request that is signed with its own key";
            return null;
        }

        var subject = CertificateSubject.Of(request.SubjectName);
        problem = subject switch
        {
            _ when subject.CommonName != identity => $"its common name is '{subject.CommonName}' and not that of the charger",
            _ when subject.Organization != organization => $"its organization is '{subject.Organization}' and not '{organization}'",
            _ when !IsStrong(request.PublicKey) => $"its key is weaker than RSA with {LeastRsaBits} or an elliptic curve with {LeastCurveBits} bits",
            _ => null,
        };
        return problem is null ? new SigningRequest(request.PublicKey) : null;
    }

    private static CertificateRequest? Parse(string pem)
    {
        try
        {
            return CertificateRequest.LoadSigningRequestPem(pem, HashAlgorithmName.SHA256);
        }
        catch (Exception malformed) when (malformed is ArgumentException or CryptographicException)
        {
            return null;
        }
    }

    private static bool IsStrong(PublicKey key)
    {
        try
        {
            return key.Oid.Value switch
            {
                RsaOid => key.GetRSAPublicKey()?.KeySize >= LeastRsaBits,
                EllipticCurveOid => key.GetECDsaPublicKey()?.KeySize >= LeastCurveBits,
                _ => false,
            };
        }
        catch (CryptographicException)
        {
            // A curve that nobody knows is none that anybody should trust.
            return false;
        }
    }
}
