using System.Globalization;

namespace EvCharge.Contracts.Chargers;

/// <summary>
/// The fence of a charger's connection, given by its grain: of two sockets the one with the higher epoch is the
/// charger's. 0 means never attached.
/// </summary>
[GenerateSerializer, Immutable, Alias("evc.Epoch")]
public readonly record struct Epoch([property: Id(0)] long Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
