namespace EvCharge.Domain.Allocation;

/// <summary>
/// Where nobody is believed before it was seen to follow, those of whom that is not known yet are tried a few at a time: each counts
/// with all that it can carry as soon as it may charge. The others rest meanwhile.
/// </summary>
internal static class Trials
{
    /// <summary>One of so many is tried at a time.</summary>
    private const int Part = 8;

    /// <summary>How many are tried at least.</summary>
    private const int Fewest = 2;

    /// <param name="wishes">Of the connectors; those that are to be tried or to rest are marked.</param>
    public static void Choose(Span<Demand> wishes, IReadOnlyList<ConnectorControl> connectors, DateTimeOffset now, ControlPolicy policy)
    {
        if (!policy.Trust.Strict)
        {
            return;
        }

        var waiting = new List<(bool Rests, DateTimeOffset Since, int Id, int Connector)>();
        for (var connector = 0; connector < wishes.Length; connector++)
        {
            if (connectors[connector] is { IsOnTrial: true } one)
            {
                waiting.Add((one.RestsUntried(now, policy), one.WaitsSince ?? now, one.Settings.Id, connector));
            }
        }

        waiting.Sort();
        var places = Math.Max(Fewest, waiting.Count / Part);
        foreach (var (rests, _, _, connector) in waiting)
        {
            if (places == 0 || connectors[connector].IsAsleep(now, policy))
            {
                wishes[connector] = wishes[connector] with { MustRest = true };
                continue;
            }

            places--;
            if (rests)
            {
                wishes[connector] = wishes[connector] with { Reserve = connectors[connector].Settings.Most };
            }
        }
    }
}
