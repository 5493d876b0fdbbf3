namespace EvCharge.Domain.DesiredState;

/// <summary>What a charger said of its configuration.</summary>
/// <param name="Unknown">Names that it was asked for and has not.</param>
public sealed record KeyReport(IReadOnlyList<ReportedKey> Known, IReadOnlyList<string> Unknown);

/// <param name="Value">Null for a key without a value.</param>
public sealed record ReportedKey(string Name, string? Value, bool Readonly);

/// <summary>How a charger answered a change of a key.</summary>
/// <param name="Outcome">Its word; Accepted and RebootRequired mean that it took the value.</param>
public sealed record KeyChange(string Name, string Value, string Outcome)
{
    public bool Taken => Outcome is "Accepted" or "RebootRequired";
}
