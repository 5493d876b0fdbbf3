using EvCharge.Domain.Identity;
using EvCharge.Gateway.Security;

namespace EvCharge.Gateway.Api;

/// <summary>Names in a path, as things of the caller's tenant. A name outside of its grammar is answered 400.</summary>
internal static class Ids
{
    public const string ChargerGrammar = "must be 1 to 48 letters, digits or * - _ = : + | @ .";
    public const string SiteGrammar = "must be 1 to 40 letters, digits or _ . -";

    public static ChargerId Charger(this Caller caller, string name) =>
        ChargerId.TryParse(caller.Tenant, name, out var charger)
            ? charger
            : throw ApiFault.BadRequest("charger", ChargerGrammar);

    public static SiteId Site(this Caller caller, string name) =>
        SiteId.TryParse(caller.Tenant, name, out var site)
            ? site
            : throw ApiFault.BadRequest("site", SiteGrammar);

    public static IdTag Tag(string idTag) =>
        IsPrintable(idTag, IdTag.MaxLength)
            ? new IdTag(idTag)
            : throw ApiFault.BadRequest("idTag", $"must be 1 to {IdTag.MaxLength} printable characters");

    public static void CheckIdempotencyKey(string? key)
    {
        if (key is not null && !IsPrintable(key, 128))
        {
            throw ApiFault.BadRequest("Idempotency-Key", "must be 1 to 128 printable characters");
        }
    }

    public static bool IsPrintable(string? text, int maxLength) =>
        text is { Length: > 0 } && text.Length <= maxLength && text.All(c => c is >= ' ' and <= '~');
}
