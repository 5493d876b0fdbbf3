namespace EvCharge.Domain.Sessions;

/// <summary>
/// The last status a charger reported for a connector, in OCPP's words (1.6 §7.7). A charger that goes offline keeps it:
/// being online is another matter.
/// </summary>
/// <param name="Status">OCPP ChargePointStatus as sent, or <see cref="Unknown"/>.</param>
/// <param name="ErrorCode">OCPP ChargePointErrorCode as sent; NoError in health.</param>
/// <param name="DeviceStamp">The charger's stamp as sent, or empty.</param>
/// <param name="ReceivedAt">When it arrived: state follows receipt order, never the device clock.</param>
[GenerateSerializer, Immutable, Alias("evc.ConnectorStatus")]
public sealed record ConnectorStatus(
    [property: Id(0)] string Status,
    [property: Id(1)] string ErrorCode,
    [property: Id(2)] string? Info,
    [property: Id(3)] string? VendorId,
    [property: Id(4)] string? VendorErrorCode,
    [property: Id(5)] string DeviceStamp,
    [property: Id(6)] DateTimeOffset ReceivedAt)
{
    public const string Available = "Available";
    public const string Preparing = "Preparing";
    public const string Unknown = "Unknown";
    public const string NoError = "NoError";

    public static readonly ConnectorStatus Never = new(Unknown, NoError, null, null, null, "", DateTimeOffset.UnixEpoch);
}
