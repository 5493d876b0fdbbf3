namespace EvCharge.Ocpp.V16.Core;

/// <summary>A vendor's own message, either way (OCPP 1.6 §6.15).</summary>
/// <param name="Data">Free text. Chargers also send JSON values here: kept as their JSON text.</param>
public sealed record DataTransferRequest(
    [CiString(255)] string VendorId,
    [CiString(50)] string? MessageId = null,
    [AnyJson] string? Data = null);

/// <param name="Status">One of <see cref="DataTransferStatus"/>.</param>
public sealed record DataTransferResponse(
    [OneOf(typeof(DataTransferStatus))] string Status,
    [AnyJson] string? Data = null);

/// <summary>Answers to a vendor's message (OCPP 1.6 §7.23).</summary>
public static class DataTransferStatus
{
    public const string Accepted = "Accepted";
    public const string Rejected = "Rejected";
    public const string UnknownMessageId = "UnknownMessageId";
    public const string UnknownVendorId = "UnknownVendorId";
}
