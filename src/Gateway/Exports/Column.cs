namespace EvCharge.Gateway.Exports;

/// <summary>A column of an exported table.</summary>
/// <param name="English">Heading, with the unit.</param>
/// <param name="French">The same in French.</param>
internal sealed record Column<T>(string English, string French, Func<T, Cell> Value);
