using EvCharge.Contracts.Sites;
using EvCharge.Domain.Allocation.Replay;
using EvCharge.Domain.Identity;
using EvCharge.History.Configuration;
using EvCharge.History.Queries;

namespace EvCharge.Grains.Sites.Allocation;

/// <summary>Replays the past of sites, one at a time and beside what grains do: it only computes.</summary>
internal sealed class ReplayDesk(ConfigurationStore configuration, TransactionQueries transactions) : IDisposable
{
    private const int MostSessions = 1_000;

    /// <summary>Well below the time in which a call of a grain has to be answered.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _one = new(1);

    public async Task<AllocationReplayAnswer> Play(SiteId site, AllocationReplayQuestion question)
    {
        if (await SitePlan.Read(configuration, site, question.Sharing) is not { } plan)
        {
            return new AllocationReplayAnswer(ReplayRefusal.NotLimited, null);
        }
        var filter = new TransactionFilter(Site: site.Name, From: question.From, To: question.To, Active: false);
        var past = await transactions.List(SiteScope.All(site.Tenant), filter, null, MostSessions + 1);
        if (past.Count > MostSessions)
        {
            return new AllocationReplayAnswer(ReplayRefusal.TooMuch, null);
        }
        if (!await _one.WaitAsync(TimeSpan.Zero))
        {
            return new AllocationReplayAnswer(ReplayRefusal.Busy, null);
        }
        try
        {
            using var stop = new CancellationTokenSource(Longest);
            var replay = new SiteReplay(plan.Layout, plan.Sharing, plan.LimitOr(question.Limit), plan.Local);
            return new AllocationReplayAnswer(null, await Task.Run(
                () => replay.Play(past.Select(each => new PastSession(
                    each.Id, each.Connector.Charger.Name, each.Connector.Number, each.StartedAt, each.StoppedAt!.Value, each.EnergyWh)), stop.Token)));
        }
        catch (OperationCanceledException)
        {
            return new AllocationReplayAnswer(ReplayRefusal.TooMuch, null);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
