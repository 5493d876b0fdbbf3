using System.Globalization;

namespace EvCharge.Ocpp.V16.Core;

/// <summary>One value of a sample (OCPP 1.6 §7.43). Absent members have the defaults that the clause names.</summary>
/// <param name="Value">As sent: decimal text, or signed meter data when <paramref name="Format"/> says so.</param>
public sealed record SampledValue(
    string Value,
    [Assumed, OneOf(typeof(ReadingContext))] string? Context = null,
    [Assumed, OneOf(typeof(ValueFormat))] string? Format = null,
    [Assumed, OneOf(typeof(Measurand))] string? Measurand = null,
    [Assumed, OneOf(typeof(Phase))] string? Phase = null,
    [Assumed, OneOf(typeof(Location))] string? Location = null,
    [Assumed, OneOf(typeof(UnitOfMeasure))] string? Unit = null)
{
    /// <summary>
    /// The value as a finite number in its unit, or null when its text is none. A decimal comma is read as a point.
    /// </summary>
    public double? Number =>
        double.TryParse(Value.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : null;
}
