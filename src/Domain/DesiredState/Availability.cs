namespace EvCharge.Domain.DesiredState;

/// <summary>Whether a connector should offer charging.</summary>
/// <param name="Connector">0 for the charger as a whole.</param>
/// <param name="Outcome">The charger's answer to the last change: Accepted, Scheduled or Rejected; null before one.</param>
public sealed record Availability(int Connector, bool Operative, string? Outcome)
{
    private const string Unavailable = "Unavailable";

    /// <summary>The status that the connector reported last shows something else.</summary>
    /// <param name="status">Null when it reported none.</param>
    public bool Differs(string? status) => Operative ? status == Unavailable : status != Unavailable;
}
