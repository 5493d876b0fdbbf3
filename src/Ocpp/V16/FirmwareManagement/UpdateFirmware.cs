namespace EvCharge.Ocpp.V16.FirmwareManagement;

/// <summary>Tells the charger to fetch and install a firmware (OCPP 1.6 §6.55).</summary>
/// <param name="Location">URI of the firmware.</param>
/// <param name="RetrieveDate">Not to be fetched before.</param>
/// <param name="Retries">How often a failed download is tried again; null leaves it to the charger.</param>
/// <param name="RetryInterval">Seconds between two attempts; null leaves it to the charger.</param>
public sealed record UpdateFirmwareRequest(
    [AbsoluteUri] string Location,
    OcppTimestamp RetrieveDate,
    [Range(0, int.MaxValue)] int? Retries = null,
    [Range(0, int.MaxValue)] int? RetryInterval = null);

public sealed record UpdateFirmwareResponse;
