using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace EvCharge.Domain.Identity;

/// <summary>
/// A charge point of a tenant. The name is an OCPP identifierString (OCPP 2.0.1 part 2 §5.3.1), compared with case;
/// its text form, which is the grain key, is <c>tenant/name</c>.
/// </summary>
[GenerateSerializer, Immutable, Alias("evc.ChargerId")]
public readonly partial record struct ChargerId([property: Id(0)] TenantId Tenant, [property: Id(1)] string Name)
{
    public static bool TryParse(TenantId tenant, [NotNullWhen(true)] string? name, out ChargerId charger)
    {
        var valid = name is not null && Grammar().IsMatch(name);
        charger = valid ? new ChargerId(tenant, name!) : default;
        return valid;
    }

    /// <summary>Reads a grain key. The key was made by <see cref="ToString"/>, so anything else is a defect.</summary>
    public static ChargerId FromKey(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            ? new ChargerId(new TenantId(key[..slash]), key[(slash + 1)..])
            : throw new FormatException($"'{key}' is not a charger key.");
    }

    public override string ToString() => $"{Tenant}/{Name}";

    [GeneratedRegex(@"\A[A-Za-z0-9*_=:+|@.-]{1,48}\z")]
    private static partial Regex Grammar();
}
