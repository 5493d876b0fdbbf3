namespace EvCharge.Domain.Metering;

/// <summary>
/// One measured value. <paramref name="Measurand"/>, <paramref name="Phase"/>, <paramref name="Location"/> and
/// <paramref name="Context"/> are OCPP's words (1.6 §7.31, §7.34) with OCPP's defaults filled in, phase null for the sum;
/// <paramref name="Value"/> is in the measurand's base unit (Wh, W, A, V, %, °C, Hz) and null when the charger's text is
/// not a finite number; <paramref name="Raw"/> is that text with the unit it came in.
/// </summary>
[GenerateSerializer, Immutable, Alias("evc.Reading")]
public sealed record Reading(
    [property: Id(0)] string Measurand,
    [property: Id(1)] string? Phase,
    [property: Id(2)] string Location,
    [property: Id(3)] string Context,
    [property: Id(4)] double? Value,
    [property: Id(5)] string? Unit,
    [property: Id(6)] string Raw);
