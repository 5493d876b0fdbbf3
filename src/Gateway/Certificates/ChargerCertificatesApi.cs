using EvCharge.Gateway.Api;
using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EvCharge.Gateway.Certificates;

/// <summary>The certificates that chargers were issued.</summary>
internal static class ChargerCertificatesApi
{
    private const int MostListed = 1_000;

    public static void MapChargerCertificates(this IEndpointRouteBuilder api)
    {
        api.MapGet("/certificates", List).RequirePermission(Permission.ReadFleet).NarrowedToSites().WithTags("Certificates")
            .WithName("listCertificates").WithSummary("Certificates of chargers that end soon, the first to end first");
        var ofCharger = api.MapGroup("/chargers/{charger}/certificates").WithTags("Certificates");
        ofCharger.MapGet("", OfCharger).RequirePermission(Permission.ReadFleet)
            .WithName("listChargerCertificates").WithSummary("Certificates that a charger was issued, the newest first");
        ofCharger.MapDelete("/{fingerprint}", Revoke).RequirePermission(Permission.WriteFleet).ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("revokeCertificate").WithSummary("Have a certificate count no more; it stays on record")
            .WithDescription("It opens no connection any more. One that is open stays: reset the charger, or change its security profile.");
    }

    /// <param name="days">Within how many days they end, 1 to 3650; 30 by default.</param>
    private static async Task<Page<CertificateView>> List(Caller caller, int? days, ConfigurationStore store, TimeProvider time)
    {
        if (days is < 1 or > 3_650)
        {
            throw ApiFault.BadRequest("days", "must be 1 to 3650");
        }

        var before = time.GetUtcNow().AddDays(days ?? 30);
        return new Page<CertificateView>([.. (await store.CertificatesThatEnd(caller.Scope, before, MostListed)).Select(CertificateView.Of)], null);
    }

    private static async Task<Page<CertificateView>> OfCharger(Caller caller, string charger, ConfigurationStore store)
    {
        var id = caller.Charger(charger);
        _ = await store.Charger(id) ?? throw ApiFault.NotFound("There is no such charger.");
        return new Page<CertificateView>([.. (await store.Certificates(id)).Select(CertificateView.Of)], null);
    }

    private static async Task<NoContent> Revoke(Caller caller, string charger, string fingerprint, ConfigurationStore store) =>
        RowVersions.Deleted(await store.RevokeCertificate(caller.Charger(charger), fingerprint.ToUpperInvariant()), "certificate");
}

/// <summary>A certificate of a charger.</summary>
/// <param name="Fingerprint">SHA-256 over the certificate, hexadecimal.</param>
/// <param name="RevokedAt">Since when it counts no more; null while it does.</param>
public sealed record CertificateView(
    string Charger, string Fingerprint, string SerialNumber, DateTimeOffset NotBefore, DateTimeOffset NotAfter, DateTimeOffset IssuedAt, DateTimeOffset? RevokedAt)
{
    internal static CertificateView Of(IssuedCertificate issued) => new(
        issued.Charger.Name, issued.Fingerprint, issued.SerialNumber, issued.NotBefore, issued.NotAfter, issued.IssuedAt, issued.RevokedAt);
}
