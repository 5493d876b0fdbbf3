namespace EvCharge.Ocpp.V16.Core;

/// <summary>Restarts the charger (OCPP 1.6 §6.39).</summary>
/// <param name="Type">One of <see cref="ResetType"/>.</param>
public sealed record ResetRequest([OneOf(typeof(ResetType))] string Type);

/// <param name="Status">One of <see cref="ResetStatus"/>.</param>
public sealed record ResetResponse([OneOf(typeof(ResetStatus))] string Status);

/// <summary>Kinds of reset (OCPP 1.6 §7.42).</summary>
public static class ResetType
{
    public const string Hard = "Hard";
    public const string Soft = "Soft";
}

/// <summary>Answers to a reset (OCPP 1.6 §7.41).</summary>
public static class ResetStatus
{
    public const string Accepted = "Accepted";
    public const string Rejected = "Rejected";
}
