using System.Collections.Immutable;
using System.Text.Json;

namespace EvCharge.ClusterTests.Audit;

/// <summary>A transaction as the product shows it.</summary>
internal sealed record StoredTransaction(
    long Id,
    long OcppId,
    string Charger,
    int Connector,
    string IdTag,
    DateTimeOffset StartedAt,
    double MeterStart,
    bool Active,
    DateTimeOffset? StoppedAt,
    double? MeterStop,
    double? EnergyWh,
    string? StopReason,
    bool ClosedBySystem,
    ImmutableArray<StoredSample> Samples)
{
    /// <summary>Every transaction of the installation with all its samples.</summary>
    public static async Task<IReadOnlyList<StoredTransaction>> ReadAllAsync(ProductApi api)
    {
        List<StoredTransaction> stored = [];
        foreach (var transaction in await api.ListAsync("transactions", limit: 500))
            stored.Add(Read(transaction, await api.ListAsync($"transactions/{transaction.Whole("id")}/meter-values", limit: 10)));
        return stored;
    }

    private static StoredTransaction Read(JsonElement json, IEnumerable<JsonElement> samples) => new(
        json.Whole("id"),
        json.Whole("ocppId"),
        json.Text("charger")!,
        (int)json.Whole("connector"),
        json.Text("idTag")!,
        json.Time("startedAt")!.Value,
        json.Number("meterStart")!.Value,
        json.Flag("active"),
        json.Time("stoppedAt"),
        json.Number("meterStop"),
        json.Number("energyWh"),
        json.Text("stopReason"),
        json.Flag("closedBySystem"),
        [.. samples.Select(sample => new StoredSample(sample.Time("timestamp")!.Value, sample.Number("energyWh")))]);
}

/// <param name="RegisterWh">Energy register, Wh.</param>
internal sealed record StoredSample(DateTimeOffset Timestamp, double? RegisterWh);
