using EvCharge.Contracts.Chargers;
using EvCharge.Contracts.Proxy;
using EvCharge.Domain.Proxy;
using EvCharge.Domain.Sessions;
using EvCharge.Grains.Chargers;
using EvCharge.History.Chargers;
using EvCharge.History.Proxy;
using EvCharge.Ocpp;

namespace EvCharge.Grains.Proxy;

/// <summary>
/// A connection to another system in the role of the charger: it boots, says how its connectors stand, and then tells what waits,
/// one message after the other (OCPP 1.6 §4.2, §4.7).
/// </summary>
/// <param name="charger">The charger that is relayed.</param>
/// <param name="entered">Told of each state that the session comes to.</param>
internal sealed class UpstreamSession(
    ProxyLinkConfiguration link, UpstreamSocket socket, IRelayDialect dialect, IChargerGrain charger, ProxyServices services,
    Action<ProxyLinkState> entered)
{
    private const int AtOnce = 20;

    /// <summary>What a system refuses so often is put aside: what follows must not wait for it for ever.</summary>
    private const int MostAttempts = 3;

    private static readonly TimeSpan AfterRefusal = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromHours(24);
    private static readonly TimeSpan UsualInterval = TimeSpan.FromSeconds(60);

    private TaskCompletionSource _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Something may be there to be told.</summary>
    public void Wake() => _woken.TrySetResult();

    /// <summary>Asks for the system's word on a tag, between the messages.</summary>
    public async Task<UpstreamVerdict> Authorize(string idTag, TimeSpan patience)
    {
        try
        {
            var answer = await Ask(dialect.Authorize(idTag)).WaitAsync(patience, services.Time);
            return answer.Kind == FrameKind.CallResult
                ? new UpstreamVerdict(dialect.DecisionIn(answer.Payload), null)
                : new UpstreamVerdict(null, $"it answered {answer.ErrorCode} {answer.ErrorDescription}".TrimEnd());
        }
        catch (TimeoutException)
        {
            return new UpstreamVerdict(null, "it did not answer in time");
        }
        catch (Exception fault) when (fault is UpstreamException or OcppFault or OperationCanceledException or ObjectDisposedException)
        {
            return new UpstreamVerdict(null, fault.Message); // the connection ended meanwhile, or it says nothing of use
        }
    }

    /// <summary>Serves the connection until nothing is to be told and nothing will be.</summary>
    /// <param name="stays">Whether the connection is to stay when nothing waits.</param>
    /// <exception cref="UpstreamException">It is of no more use.</exception>
    public async Task Serve(Func<bool> stays)
    {
        entered(ProxyLinkState.Booting);
        var heartbeat = await Boot();
        await services.Log.DropStatuses(link.Id);
        await TellStatuses();
        entered(ProxyLinkState.Open);
        var heardAt = services.Time.GetTimestamp();
        while (true)
        {
            _woken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var waiting = await services.Log.Next(link.Id, AtOnce);
            foreach (var message in waiting)
            {
                if (!await Deliver(message))
                {
                    break; // those behind it wait for it
                }

                heardAt = services.Time.GetTimestamp();
            }

            var left = heartbeat - services.Time.GetElapsedTime(heardAt);
            if (waiting.Count == 0 && !stays())
            {
                return;
            }

            if (waiting.Count == 0 && left > TimeSpan.Zero)
            {
                await Rest(left);
            }
            else if (left <= TimeSpan.Zero)
            {
                await Ask(dialect.Heartbeat());
                heardAt = services.Time.GetTimestamp();
            }
        }
    }

    /// <summary>Waits until something may be there to be told, or a time is over.</summary>
    /// <exception cref="UpstreamException">The connection ended.</exception>
    private async Task Rest(TimeSpan most)
    {
        using var over = new CancellationTokenSource();
        var ended = await Task.WhenAny(_woken.Task, socket.Ended, Task.Delay(most, services.Time, over.Token)) == socket.Ended;
        await over.CancelAsync();
        if (ended)
        {
            throw new UpstreamException(await socket.Ended);
        }
    }

    /// <returns>The interval of heartbeats.</returns>
    private async Task<TimeSpan> Boot()
    {
        var said = await services.Chargers.FindBoot(link.Id.Charger);
        while (true)
        {
            var answer = await Ask(dialect.Boot(said));
            if (answer.Kind != FrameKind.CallResult)
            {
                throw new UpstreamException($"It refused the charger's boot: {answer.ErrorCode} {answer.ErrorDescription}");
            }

            var (accepted, seconds) = dialect.BootAnswer(answer.Payload);
            if (accepted)
            {
                return Interval(seconds);
            }

            // Pending or Rejected: nothing is said before the next boot (OCPP 1.6 §4.2).
            using var over = new CancellationTokenSource();
            await Task.WhenAny(socket.Ended, Task.Delay(Interval(seconds), services.Time, over.Token));
            await over.CancelAsync();
        }
    }

    private async Task TellStatuses()
    {
        foreach (var connector in (await charger.Snapshot()).Connectors.Where(connector => connector.Status.Status != ConnectorStatus.Unknown))
        {
            await Ask(dialect.Status(connector.Connector, connector.Status));
        }
    }

    private Task<Frame> Ask((string Action, byte[] Payload) call) => socket.Ask(call.Action, call.Payload);

    /// <returns>False when those behind it have to wait: it comes again.</returns>
    private async Task<bool> Deliver(QueuedMessage message)
    {
        int? upstreamId = null;
        if (message is { Transaction: { } transaction, Kind: not ProxyMessageKind.StartTransaction })
        {
            upstreamId = await services.Log.UpstreamIdOf(link.Id, transaction);
            if (upstreamId is null)
            {
                await Refused(message, "The start of its transaction was not taken.", park: true);
                return true;
            }
        }

        var answer = await socket.Ask(message.Kind.ToString(), RelayedMessage.PayloadFor(message, upstreamId));
        if (answer.Kind != FrameKind.CallResult)
        {
            return await Again(message, $"{answer.ErrorCode} {answer.ErrorDescription}".TrimEnd());
        }

        if (message is not { Kind: ProxyMessageKind.StartTransaction, Transaction: { } started })
        {
            await services.Log.Delivered(link.Id, message.Number);
        }
        else if (dialect.StartAnswer(answer.Payload) is { } start)
        {
            await services.Log.Started(link.Id, message.Number, started, start.Transaction);
            if (link is { Role: ProxyRole.Authority, StopOnDeny: true } && !start.Accepted)
            {
                await Stop(started);
            }
        }
        else
        {
            return await Again(message, "Its answer to the start names no transaction.");
        }

        services.Instruments.Message("delivered");
        return true;
    }

    private async Task<bool> Again(QueuedMessage message, string problem)
    {
        var park = message.Attempts + 1 >= MostAttempts;
        await Refused(message, problem, park);
        if (!park)
        {
            await Task.WhenAny(socket.Ended, Task.Delay(AfterRefusal, services.Time));
        }

        return park;
    }

    private async Task Refused(QueuedMessage message, string problem, bool park)
    {
        await services.Log.Refused(link.Id, message.Number, problem, park);
        services.Instruments.Message(park ? "parked" : "refused");
        if (park)
        {
            await services.Chargers.RecordEvent(link.Id.Charger.Tenant, new EventRecord(
                services.Time.GetUtcNow(), "proxy-message-parked", link.Id.Charger.Name, $"{link.Id.Name} did not take {message.Kind}: {problem}"));
        }
    }

    /// <summary>The authority denies a transaction that runs already.</summary>
    private async Task Stop(int transaction)
    {
        var (action, payload) = dialect.Stop(transaction);
        await charger.Submit(new ChargerCall(action, payload, $"proxy:{link.Id.Name}", $"proxy-deny-{link.Id.Name}-{transaction}"));
    }

    /// <summary>As long as a system says, within reason.</summary>
    private static TimeSpan Interval(int? seconds) => seconds is not > 0 ? UsualInterval
        : TimeSpan.FromSeconds(Math.Min(seconds.Value, LongestInterval.TotalSeconds));
}
