using System.Security.Cryptography.X509Certificates;
using EvCharge.Domain.Certificates;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.Security;
using EvCharge.History.Files;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EvCharge.Gateway.Files;

/// <summary>Signatures of manufacturers: what a charger would refuse in the field is refused here.</summary>
internal static class FirmwareSignatureApi
{
    public static void MapFirmwareSignatures(this IEndpointRouteBuilder api)
    {
        var signature = api.MapGroup("/firmware/{name}/signature").WithTags("Files");
        signature.MapPut("", Put).RequirePermission(Permission.SendAnyCall)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithName("putFirmwareSignature").WithSummary("Put the manufacturer's signature beside a firmware")
            .WithDescription("It is checked against the file. Chargers are then told of the firmware by SignedUpdateFirmware.");
        signature.MapDelete("", Delete).RequirePermission(Permission.SendAnyCall)
            .WithName("deleteFirmwareSignature").WithSummary("Take the signature of a firmware away");
    }

    private static async Task<Ok<FileView>> Put(Caller caller, string name, FirmwareSignatureInput body, FileStore store, TimeProvider time)
    {
        var file = await Find(caller, name, store);
        var signature = body.Checked(file, time.GetUtcNow());
        return await store.Sign(caller.Tenant, file.Id, signature)
            ? TypedResults.Ok(FileView.Of(file with { Signature = signature }))
            : throw NoSuchFirmware();
    }

    private static async Task<NoContent> Delete(Caller caller, string name, FileStore store) =>
        await Find(caller, name, store) is { Signature: not null } file && await store.Sign(caller.Tenant, file.Id, null)
            ? TypedResults.NoContent()
            : throw ApiFault.NotFound("The firmware has no signature.");

    private static async Task<StoredFile> Find(Caller caller, string name, FileStore store) =>
        await store.FindFirmware(caller.Tenant, name) ?? throw NoSuchFirmware();

    private static ApiFault NoSuchFirmware() => ApiFault.NotFound("There is no such firmware.");
}

/// <summary>A signature as it is put.</summary>
/// <param name="Certificate">The manufacturer's signing certificate, PEM, at most 5,500 characters; RSA of 2,048 bits or more, or ECDSA.</param>
/// <param name="Signature">Over the file's SHA-256, base64, at most 800 characters: RSA-PSS, RSA by PKCS #1 v1.5, or ECDSA.</param>
public sealed record FirmwareSignatureInput(string? Certificate = null, string? Signature = null)
{
    /// <exception cref="ApiFault">422 for what no charger could verify.</exception>
    internal FirmwareSignature Checked(StoredFile file, DateTimeOffset now)
    {
        using var certificate = FirmwareSignature.Read(Certificate);
        var bytes = new byte[FirmwareSignature.LongestSignature];
        var length = 0;
        var isBase64 = Signature is { Length: > 0 and <= FirmwareSignature.LongestSignature } && Convert.TryFromBase64String(Signature, bytes, out length);
        new Checks()
            .That(certificate is not null, "certificate", $"must be one certificate in PEM, at most {FirmwareSignature.LongestCertificate} characters")
            .That(certificate is null || FirmwareSignature.IsOf(certificate, now), "certificate", "is not valid yet, or no more")
            .That(certificate is null || FirmwareSignature.MaySign(certificate), "certificate", "must have an RSA key of 2048 bits or more, or an ECDSA key, that may sign")
            .That(isBase64, "signature", $"must be base64, at most {FirmwareSignature.LongestSignature} characters")
            .ThrowIfAny();
        new Checks()
            .That(FirmwareSignature.AlgorithmOf(certificate!, Convert.FromHexString(file.Sha256), bytes[..length]) is not null, "signature", "is not of this file by this certificate")
            .ThrowIfAny();
        return new FirmwareSignature(Certificate!, Signature!);
    }
}

/// <summary>Who has signed a firmware, and how.</summary>
/// <param name="Algorithm">PS256, RS256 or ES256 (RFC 7518), the last for ECDSA on any curve.</param>
/// <param name="Subject">Of the certificate.</param>
/// <param name="ValidUntil">Chargers take the firmware no longer after it.</param>
public sealed record FirmwareSignatureView(string? Algorithm, string Subject, DateTimeOffset ValidUntil)
{
    internal static FirmwareSignatureView? Of(StoredFile file)
    {
        if (file.Signature is not { } signature)
        {
            return null;
        }

        using var certificate = X509Certificate2.CreateFromPem(signature.Certificate);
        return new FirmwareSignatureView(
            FirmwareSignature.AlgorithmOf(certificate, Convert.FromHexString(file.Sha256), Convert.FromBase64String(signature.Signature)),
            certificate.Subject,
            certificate.NotAfter.ToUniversalTime());
    }
}
