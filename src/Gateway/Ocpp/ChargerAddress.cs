using EvCharge.Domain.Identity;

namespace EvCharge.Gateway.Ocpp;

/// <summary>Who a request to <c>/ocpp/…</c> says it is.</summary>
internal static class ChargerAddress
{
    internal enum Verdict
    {
        Valid,

        /// <summary>Not <c>/ocpp/{charger}</c> or <c>/ocpp/{tenant}/{charger}</c>.</summary>
        NoSuchPath,

        /// <summary>The right shape with a name that breaks the grammar.</summary>
        BadName,
    }

    /// <summary>
    /// Reads the raw request target, so that a name is percent-decoded exactly once and an encoded slash stays inside it.
    /// </summary>
    public static Verdict Read(string rawTarget, out ChargerId charger)
    {
        charger = default;
        var path = rawTarget.Split('?', 2)[0];
        var segments = path.Split('/');
        if (segments is not (["", "ocpp", _] or ["", "ocpp", _, _]) || segments.Any(segment => segment is "." or "..") || segments[^1].Length == 0)
        {
            return Verdict.NoSuchPath;
        }

        var tenant = TenantId.Default;
        if (segments.Length == 4 && !TenantId.TryParse(segments[2], out tenant))
        {
            return Verdict.BadName;
        }

        return ChargerId.TryParse(tenant, Uri.UnescapeDataString(segments[^1]), out charger) ? Verdict.Valid : Verdict.BadName;
    }
}
