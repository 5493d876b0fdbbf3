using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EvCharge.Domain.Metering;
using EvCharge.Domain.Sessions;
using EvCharge.Storage;

namespace EvCharge.Grains.Frames;

/// <summary>A fact as names and texts, the same whether it was read from a database or not.</summary>
internal sealed record FactText(string Subject, long Id, string Key, IReadOnlyList<(string Name, string Value)> Members);

/// <summary>
/// Transactions and samples as text: times in milliseconds as the record keeps them, numbers in the shortest form that
/// gives them back, texts as every engine keeps them.
/// </summary>
internal static class SessionFingerprint
{
    public const string TransactionSubject = "transaction";
    public const string SamplesSubject = "samples";

    /// <summary>Transactions by id, then frames of samples by transaction, receipt and natural key.</summary>
    public static IReadOnlyList<FactText> Of(IEnumerable<Transaction> transactions, IEnumerable<MeterFrame> frames) =>
    [
        .. transactions.OrderBy(transaction => transaction.Id).Select(Of),
        .. frames.Select(Of).OrderBy(fact => fact.Id).ThenBy(fact => fact.Key, StringComparer.Ordinal),
    ];

    /// <summary>SHA-256 over the facts in their order, 64 hex digits.</summary>
    public static string Hash(IReadOnlyList<FactText> facts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var fact in facts)
        {
            foreach (var (name, value) in fact.Members)
            {
                // Lengths keep two texts from being taken for one.
                hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{name}:{value.Length}:{value}\n")));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static FactText Of(Transaction transaction) => new(
        TransactionSubject,
        transaction.Id,
        "",
        [
            ("id", Text(transaction.Id)),
            ("ocppId", Text(transaction.OcppId)),
            ("connector", transaction.Connector.ToString()),
            ("site", Text(transaction.Site)),
            ("idTag", Text(transaction.IdTag.Value)),
            ("vehicle", Text(transaction.Vehicle)),
            ("startedAt", Text(transaction.StartedAt)),
            ("rawStart", Key(transaction.RawStart)),
            ("meterStart", Text(transaction.MeterStart)),
            ("startMessageId", Text(transaction.StartMessageId)),
            ("again", Text(transaction.Again)),
            ("receivedAt", Text(transaction.ReceivedAt)),
            ("stoppedAt", Text(transaction.StoppedAt)),
            ("meterStop", Text(transaction.MeterStop)),
            ("stopReason", Text(transaction.StopReason)),
            ("stopMessageId", Text(transaction.StopMessageId)),
            ("closedBySystem", transaction.ClosedBySystem ? "true" : "false"),
            ("energyWh", Text(transaction.EnergyWh)),
            ("powerW", Text(transaction.PowerW)),
            ("soc", Text(transaction.Soc)),
            ("lastSampleAt", Text(transaction.LastSampleAt)),
            ("ocppVersion", Text(transaction.OcppVersion)),
            ("flags", Text((int)transaction.Flags)),
            ("version", Text(transaction.Version)),
        ]);

    private static FactText Of(MeterFrame frame)
    {
        var receivedAt = Text(frame.ReceivedAt);
        return new FactText(
            SamplesSubject,
            frame.TransactionId,
            $"{receivedAt.PadLeft(16, '0')} {frame.Connector} {Key(frame.DeviceStamp)} {frame.PayloadHash}",
            [
                ("transaction", Text(frame.TransactionId)),
                ("connector", frame.Connector.ToString()),
                ("deviceStamp", Key(frame.DeviceStamp)),
                ("payloadHash", frame.PayloadHash),
                ("receivedAt", receivedAt),
                ("flags", Text((int)frame.Flags)),
                ("samples", string.Join('|', frame.Samples.Select(Text))),
            ]);
    }

    private static string Text(Sample sample) => string.Create(
        CultureInfo.InvariantCulture, $"{sample.At.UtcTicks} {Text(sample.RawStamp)} {string.Join(';', sample.Readings.Select(Text))}");

    private static string Text(Reading reading) => string.Join(
        ',',
        new[] { reading.Measurand, reading.Phase, reading.Location, reading.Context, Text(reading.Value), reading.Unit, reading.Raw }.Select(Text));

    private static string Key(string text) => Text(StorableValue.Key(text));

    private static string Text(string? text) => StorableValue.Of(text) ?? "";

    private static string Text(DateTimeOffset? moment) => moment is { } at ? Text(at.ToUnixTimeMilliseconds()) : "";

    private static string Text(double? number) => number is { } value ? StorableValue.Of(value).ToString("R", CultureInfo.InvariantCulture) : "";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
