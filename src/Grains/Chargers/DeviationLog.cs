using EvCharge.Domain.Identity;
using EvCharge.History;
using EvCharge.History.Chargers;
using EvCharge.Ocpp;
using Microsoft.Extensions.Logging;

namespace EvCharge.Grains.Chargers;

/// <summary>
/// What a charger does against the standard, for the operator. The first of a kind is written at once, then every
/// hundredth: a charger that bends each frame must not cost a write each.
/// </summary>
internal sealed partial class DeviationLog(
    ChargerId charger, ChargerLog history, HistoryAvailability availability, ILogger logger)
{
    private const int MostKinds = 100;
    private const int WriteEvery = 100;
    private const int MostExample = 200;
    private readonly Dictionary<(string Action, string Rule, string Field), long> _counts = [];

    public async Task Take(string action, DeviationList deviations, DateTimeOffset at)
    {
        foreach (var deviation in deviations)
        {
            if (Count(action, deviation) is { } count && !availability.Down)
            {
                await Write(action, deviation, at, count);
            }
        }
    }

    /// <summary>The same without waiting for the write.</summary>
    public void TakeLater(string action, DeviationList deviations, DateTimeOffset at) => _ = Take(action, deviations, at);

    /// <summary>How many to add to the stored count now, or null for none yet.</summary>
    private long? Count(string action, Deviation deviation)
    {
        var kind = (action, deviation.Rule, deviation.Field);
        if (!_counts.TryGetValue(kind, out var count))
        {
            if (_counts.Count >= MostKinds)
            {
                return null;
            }

            _counts[kind] = 0;
            return 1;
        }

        _counts[kind] = (count + 1) % WriteEvery;
        return _counts[kind] == 0 ? WriteEvery : null;
    }

    private async Task Write(string action, Deviation deviation, DateTimeOffset at, long count)
    {
        var example = deviation.Example.Length <= MostExample ? deviation.Example : deviation.Example[..MostExample];
        try
        {
            await history.RecordWarning(charger, new ConformanceWarning(action, deviation.Rule, deviation.Field, example, at, count));
        }
        catch (HistoryUnavailableException unavailable)
        {
            LogLost(logger, charger, deviation.Rule, deviation.Field, unavailable.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Charger}: deviation {Rule} in {Field} was not stored: {Reason}")]
    private static partial void LogLost(ILogger logger, ChargerId charger, string rule, string field, string reason);
}
