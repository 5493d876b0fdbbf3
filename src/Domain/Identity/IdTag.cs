namespace EvCharge.Domain.Identity;

/// <summary>
/// The tag of a driver as a charger sent it (OCPP 1.6 idToken, a CiString of at most 20 characters; longer ones of real
/// chargers are kept). Two tags that differ only in case are the same tag; an absent tag is the empty text.
/// </summary>
[GenerateSerializer, Immutable, Alias("evc.IdTag")]
public readonly record struct IdTag([property: Id(0)] string Value)
{
    public const int MaxLength = 255;

    public static readonly IdTag None = new("");

    /// <summary>The form under which tags are compared and stored as a key.</summary>
    public string Key => Value.ToUpperInvariant();

    public bool IsNone => Value.Length == 0;

    public bool Equals(IdTag other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value ?? "");

    public override string ToString() => Value;
}
