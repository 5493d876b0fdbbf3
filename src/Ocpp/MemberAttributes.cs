namespace EvCharge.Ocpp;

/// <summary>Longest text of a member, or of each text in a list, in characters (OCPP 1.6 §7.15 to §7.19).</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class CiStringAttribute(int length) : Attribute
{
    public int Length { get; } = length;
}

/// <summary>The words a member may hold: the public text constants of <paramref name="words"/>.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OneOfAttribute(Type words) : Attribute
{
    public Type Words { get; } = words;
}

/// <summary>Text that is a URI with its scheme.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class AbsoluteUriAttribute : Attribute;

/// <summary>A number in steps of 0.1 (OCPP 1.6 §7.13, §7.14).</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TenthsAttribute : Attribute;

/// <summary>A text member in which any JSON value is accepted from a charger, as its JSON text.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class AnyJsonAttribute : Attribute;

/// <summary>
/// What a tolerant reading puts in place of a member that is missing or makes no sense, so that the message is answered
/// nevertheless: a charger repeats a refused transaction message and holds back all that follow. Without a value it is
/// null, 0, empty text, an unreadable timestamp or an empty list; senseless items of a list are left out.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class AssumedAttribute(object? value = null) : Attribute
{
    public object? Value { get; } = value;
}
