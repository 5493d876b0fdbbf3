using EvCharge.Domain.Identity;

namespace EvCharge.Domain.Metering;

/// <summary>
/// What one MeterValues frame brought: stored as one row. Its natural key is connector, transaction, device stamp and
/// payload hash; a frame with an equal key is a repeat and is stored once.
/// </summary>
/// <param name="TransactionId">Public id of the transaction the samples belong to; 0 when there is none.</param>
/// <param name="DeviceStamp">The first sample's stamp as sent, or empty.</param>
/// <param name="PayloadHash">XxHash128 of the payload, 32 lower-case hex digits.</param>
[GenerateSerializer, Immutable, Alias("evc.MeterFrame")]
public sealed record MeterFrame(
    [property: Id(0)] ConnectorId Connector,
    [property: Id(1)] long TransactionId,
    [property: Id(2)] string DeviceStamp,
    [property: Id(3)] string PayloadHash,
    [property: Id(4)] DateTimeOffset ReceivedAt,
    [property: Id(5)] ImmutableArray<Sample> Samples,
    [property: Id(6)] MeterFlags Flags = MeterFlags.None);

/// <summary>What was odd about a frame of meter values.</summary>
[Flags, GenerateSerializer, Alias("evc.MeterFlags")]
public enum MeterFlags
{
    None = 0,

    /// <summary>The frame named a transaction that this connector never had.</summary>
    UnknownTransaction = 1,

    /// <summary>The frame came after its transaction was stopped.</summary>
    AfterStop = 2,

    /// <summary>At least one stamp was absent or implausible and receipt time stands in.</summary>
    ReceiptTime = 4,
}
