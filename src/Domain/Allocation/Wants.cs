namespace EvCharge.Domain.Allocation;

/// <summary>
/// What a decrease that no row needs is good for: on its rows somebody wants more than is free. Each decrease that is sent
/// frees some of it, so that no more are sent than help.
/// </summary>
/// <param name="increases">Of those who may have more now.</param>
/// <param name="beginnings">The least of those who may begin now.</param>
/// <param name="any">Of all, also those who want too little to be worth a message.</param>
internal sealed class Wants(RowWants increases, RowWants beginnings, RowWants any)
{
    public static Wants Of(
        RowUse rows, ReadOnlySpan<Controlled> connectors, ReadOnlySpan<double> targets, ChangePolicy policy, DateTimeOffset now)
    {
        var (increases, beginnings, any) = (new RowWants(rows), new RowWants(rows), new RowWants(rows));
        for (var connector = 0; connector < connectors.Length; connector++)
        {
            ref readonly var one = ref connectors[connector];
            var (target, held) = (targets[connector], one.InForce.Target);
            if (!one.Reachable || target <= held)
            {
                continue;
            }

            var more = Math.Max(0, one.Under(target) - one.Reserved);
            any.Add(connector, more);
            if (one.History.Allows(held, target, now, one.Own ?? policy))
            {
                increases.Add(connector, more);
                beginnings.Add(connector, held == 0 ? Math.Max(0, one.Under(one.Demand.LeastInSteps) - one.Reserved) : 0);
            }
        }

        return new Wants(increases, beginnings, any);
    }

    /// <summary>
    /// By what rules a decrease of the connector is worth sending; null when it is good for nothing. Who begins needs all of his
    /// least, and gets it of many if need be, whatever the size of each decrease. What a sleeper has costs nobody anything.
    /// </summary>
    public ChangePolicy? Worth(int connector, bool sleeps, ChangePolicy policy) =>
        beginnings.Touch(connector) ? policy with { DeadBand = 0, Hysteresis = 0 }
        : (sleeps ? any : increases).Touch(connector) ? policy
        : null;

    public void Freed(int connector, double cut)
    {
        increases.Add(connector, -cut);
        beginnings.Add(connector, -cut);
        any.Add(connector, -cut);
    }
}
