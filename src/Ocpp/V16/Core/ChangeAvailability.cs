namespace EvCharge.Ocpp.V16.Core;

/// <summary>Takes a connector, or with connector 0 the whole charger, in or out of service (OCPP 1.6 §6.7).</summary>
/// <param name="Type">One of <see cref="AvailabilityType"/>.</param>
public sealed record ChangeAvailabilityRequest(
    [Range(0, int.MaxValue)] int ConnectorId,
    [OneOf(typeof(AvailabilityType))] string Type);

/// <param name="Status">One of <see cref="AvailabilityStatus"/>.</param>
public sealed record ChangeAvailabilityResponse([OneOf(typeof(AvailabilityStatus))] string Status);

/// <summary>In or out of service (OCPP 1.6 §7.4).</summary>
public static class AvailabilityType
{
    public const string Inoperative = "Inoperative";
    public const string Operative = "Operative";
}

/// <summary>Answers to a change of availability (OCPP 1.6 §7.3).</summary>
public static class AvailabilityStatus
{
    public const string Accepted = "Accepted";
    public const string Rejected = "Rejected";

    /// <summary>It will happen when the running transaction has ended.</summary>
    public const string Scheduled = "Scheduled";
}
