using System.Globalization;
using System.Text.Json;
using EvCharge.GatewayTests.Api;

namespace EvCharge.GatewayTests.Ocpp;

/// <summary>Transaction messages as chargers write them.</summary>
internal static class Transactions
{
    public static string Start(string stamp, string tag = "TAG", long meter = 1_000, int connector = 1) =>
        $$"""{"connectorId":{{connector}},"idTag":"{{tag}}","meterStart":{{meter}},"timestamp":"{{stamp}}"}""";

    public static string Stop(long transaction, string stamp, long meter = 2_000, string tag = "TAG") =>
        $$"""{"transactionId":{{transaction}},"idTag":"{{tag}}","meterStop":{{meter}},"timestamp":"{{stamp}}"}""";

    public static string Meter(long? transaction, string stamp, string value, int connector = 1)
    {
        var named = transaction is null ? "" : $"\"transactionId\":{transaction},";
        return $$"""{"connectorId":{{connector}},{{named}}"meterValue":[{"timestamp":"{{stamp}}","sampledValue":[{"value":"{{value}}"}]}]}""";
    }

    public static string Stamp(int minute) =>
        new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddMinutes(minute).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static async Task<int> Started(this WireCharger charger, string start, string? id = null) =>
        TransactionId(await charger.Call("StartTransaction", start, id));

    public static int TransactionId(JsonElement answer) => answer.GetProperty("transactionId").GetInt32();
}
