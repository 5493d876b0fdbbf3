namespace EvCharge.Contracts.Chargers;

/// <summary>Something that holds for a charger because of its model, its settings or by default.</summary>
/// <param name="Member">As in a model's file, <c>settle.milliseconds</c>.</param>
/// <param name="Value">As JSON.</param>
/// <param name="Origin">default, model or setting.</param>
/// <param name="File">The model's file; null when it comes from elsewhere.</param>
[GenerateSerializer, Immutable, Alias("evc.ModelFact")]
public sealed record ModelFact(
    [property: Id(0)] string Member,
    [property: Id(1)] string Value,
    [property: Id(2)] string Origin,
    [property: Id(3)] string? File);
