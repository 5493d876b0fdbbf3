using System.Security.Cryptography;
using System.Text;
using EvCharge.Contracts.Chargers;
using EvCharge.Contracts.Proxy;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Proxy;
using EvCharge.Grains.Chargers;
using EvCharge.History;
using EvCharge.History.Chargers;
using EvCharge.History.Proxy;
using EvCharge.Ocpp;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace EvCharge.Grains.Proxy;

/// <summary>
/// Keeps a charger connected to another system, attempt after attempt. What is to be told lies in History, so that nothing is
/// lost with an activation; the charger's grain wakes the next one.
/// </summary>
internal sealed partial class ProxyLinkGrain(ProxyServices services, ILogger<ProxyLinkGrain> logger) : Grain, IProxyLinkGrain
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    /// <summary>A connection that held so long was a good one: the next attempt does not wait as after many that failed.</summary>
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(1);

    private static readonly IRelayDialect Dialect = Protocols.RelayOf(OcppVersion.V16);

    private ProxyLinkId _id;
    private ProxyLinkSnapshot _snapshot = new(ProxyLinkState.Resting, null, null);
    private UpstreamSocket? _socket;
    private UpstreamSession? _session;
    private TaskCompletionSource _hurry = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;
    private bool? _online;
    private bool _woken;
    private bool _reloading;
    private bool _stopping;
    private int _failures;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _id = ProxyLinkId.FromKey(this.GetPrimaryKeyString());
        Start();
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _stopping = true;
        _socket?.End("This process ends.");
        _hurry.TrySetResult();
        await _running;
    }

    public ValueTask Wake(bool online)
    {
        (_online, _woken) = (online, true);
        _session?.Wake();
        Start();
        return ValueTask.CompletedTask;
    }

    public ValueTask Reload()
    {
        (_failures, _woken, _reloading) = (0, true, _socket is not null);
        _socket?.End("The link was changed.");
        _hurry.TrySetResult();
        Start();
        return ValueTask.CompletedTask;
    }

    public async ValueTask<UpstreamVerdict> Authorize(string idTag, TimeSpan patience) =>
        _snapshot.State == ProxyLinkState.Open && _session is { } session
            ? await session.Authorize(idTag, patience)
            : new UpstreamVerdict(null, "it is not connected");

    public ValueTask<ProxyLinkSnapshot> Look() => new(_snapshot);

    private void Start()
    {
        if (_running.IsCompleted && !_stopping)
        {
            _running = Run();
        }
    }

    private async Task Run()
    {
        DelayDeactivation(Timeout.InfiniteTimeSpan);
        try
        {
            while (!_stopping && (await Attempt() || _woken))
            {
                await Pause();
            }
        }
        finally
        {
            Enter(ProxyLinkState.Resting, null);
            DelayDeactivation(TimeSpan.Zero);
        }
    }

    /// <summary>The boundary of a link: whatever ends an attempt is told to operators, and followed by another.</summary>
    /// <returns>False when there is nothing to do until the charger's grain wakes this one.</returns>
    private async Task<bool> Attempt()
    {
        var began = services.Time.GetTimestamp();
        (_woken, _reloading) = (false, false);
        try
        {
            if (await Due() is not { } link)
            {
                return false;
            }

            Enter(ProxyLinkState.Connecting, _snapshot.Problem);
            await Connect(link);
            _failures = 0;
            return true;
        }
        catch (Exception fault)
        {
            if (_stopping || _reloading)
            {
                return true;
            }

            _failures = services.Time.GetElapsedTime(began) < GoodFor ? _failures + 1 : 1;
            if (!IsForeseen(fault))
            {
                LogBroken(logger, _id, fault);
            }

            await Failed(fault.Message);
            return true;
        }
    }

    /// <summary>What lies with the other system, the database, the cluster or the installation's key.</summary>
    private static bool IsForeseen(Exception fault) => fault is UpstreamException or HistoryUnavailableException or CryptographicException
        or TimeoutException or HttpRequestException or OrleansException or OperationCanceledException;

    /// <summary>The link as it is configured, when the charger is there or something waits; else null.</summary>
    private async Task<ProxyLinkConfiguration?> Due()
    {
        if (await services.Configuration.ProxyLink(_id) is not { Value: var link })
        {
            return null;
        }

        _online ??= (await Charger.Snapshot()).Online;
        return _online.Value || (await services.Log.Next(_id, 1)).Count > 0 ? link : null;
    }

    private IChargerGrain Charger => GrainFactory.GetGrain<IChargerGrain>(_id.Charger.ToString());

    private async Task Connect(ProxyLinkConfiguration link)
    {
        var address = new Uri($"{link.Url.TrimEnd('/')}/{Uri.EscapeDataString(link.Identity)}");
        await using var socket = new UpstreamSocket(services.Options, services.Time);
        _socket = socket;
        var commands = new UpstreamCommands(link, Dialect, Charger, services, socket.Ended);
        try
        {
            await socket.Connect(services.Http.ForSockets(address), address, Authorization(link), commands.Answer);
            _session = new UpstreamSession(link, socket, Dialect, Charger, services, state => Enter(state, null));
            await _session.Serve(stays: () => _online ?? true);
        }
        finally
        {
            (_session, _socket) = (null, null);
        }
    }

    /// <summary>OCPP-J 1.6 §6.2: the user is the identity.</summary>
    private string? Authorization(ProxyLinkConfiguration link) => link.Password is { } kept
        ? "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(
            $"{link.Identity}:{services.Secrets.Reveal(_id.Charger.Tenant, link.SecretPurpose, kept)}"))
        : null;

    private async Task Failed(string problem)
    {
        Enter(ProxyLinkState.Waiting, problem);
        services.Instruments.Lost();
        LogLost(logger, _id, problem);
        if (_failures != 1)
        {
            return;
        }

        try
        {
            await services.Chargers.RecordEvent(
                _id.Charger.Tenant,
                new EventRecord(services.Time.GetUtcNow(), "proxy-link-down", _id.Charger.Name, $"{_id.Name}: {problem}"));
        }
        catch (HistoryUnavailableException)
        {
            // The log has it, and the link's state shows it.
        }
    }

    private async Task Pause()
    {
        if (_failures == 0 || _stopping)
        {
            return; // nothing went wrong: whether there is more to do is looked up at once
        }

        _hurry = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var pause = new ReconnectPause(ShortestPause, TimeSpan.FromSeconds(services.Options.LongestPauseSeconds))
            .After(_failures, Random.Shared.NextDouble());
        using var over = new CancellationTokenSource();
        await Task.WhenAny(_hurry.Task, Task.Delay(pause, services.Time, over.Token));
        await over.CancelAsync();
    }

    private void Enter(ProxyLinkState state, string? problem)
    {
        if (state == ProxyLinkState.Open)
        {
            services.Instruments.Opened();
        }
        else if (_snapshot.State == ProxyLinkState.Open)
        {
            services.Instruments.Closed();
        }

        _snapshot = new ProxyLinkSnapshot(state, services.Time.GetUtcNow(), problem);
    }

    [LoggerMessage(LogLevel.Error, "{Link} broke")]
    private static partial void LogBroken(ILogger logger, ProxyLinkId link, Exception fault);

    [LoggerMessage(LogLevel.Warning, "{Link} is not connected: {Problem}")]
    private static partial void LogLost(ILogger logger, ProxyLinkId link, string problem);
}
