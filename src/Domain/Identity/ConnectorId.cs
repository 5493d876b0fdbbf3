using System.Globalization;

namespace EvCharge.Domain.Identity;

/// <summary>
/// A connector of a charger, counted from 1 (OCPP 1.6 connectorId, 2.0.1 evseId); 0 is the charger as a whole.
/// Its text form, which is the grain key, is <c>tenant/charger/n</c>.
/// </summary>
[GenerateSerializer, Immutable, Alias("evc.ConnectorId")]
public readonly record struct ConnectorId([property: Id(0)] ChargerId Charger, [property: Id(1)] int Number)
{
    /// <summary>Reads a grain key made by <see cref="ToString"/>.</summary>
    public static ConnectorId FromKey(string key)
    {
        var slash = key.LastIndexOf('/');
        return new ConnectorId(
            ChargerId.FromKey(key[..slash]),
            int.Parse(key.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Charger}/{Number}");
}
