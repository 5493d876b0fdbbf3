using System.Net.Sockets;
using System.Net.WebSockets;
using EvCharge.ChargerSimulator.Wire;
using Microsoft.Extensions.Logging;

namespace EvCharge.ChargerSimulator;

/// <summary>Keeps a charger connected: dial, boot, announce, heartbeat, and again with growing pauses.</summary>
internal sealed partial class ConnectionLoop(ChargePoint charger, ILogger logger)
{
    private const int ProfileAttempts = 3;
    private static readonly TimeSpan PendingPause = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(1);

    private readonly Random _random = new(charger.Options.Seed);
    private TaskCompletionSource<ChargerLink> _online = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource _bootWish = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Task _away = Task.CompletedTask;
    private volatile ChargerLink? _link;
    private volatile bool _mustBoot = true;
    private int _opened;
    private int _url;
    private int? _profile;
    private int _profileFailures;

    private ChargePointOptions Options => charger.Options;

    private Uri Url => _url > 0 ? Options.Fallbacks[_url - 1] : charger.Settings.SecurityProfile >= 2 ? Options.SecureUrl ?? Options.Url : Options.Url;

    /// <summary>WebSockets opened so far.</summary>
    public int Opened => Volatile.Read(ref _opened);

    /// <summary>The connection, accepted or not; null when down.</summary>
    public ChargerLink? Link => _link;

    /// <summary>The connection once the CSMS has accepted the charger.</summary>
    public Task<ChargerLink> OnlineAsync(CancellationToken stop) => Volatile.Read(ref _online).Task.WaitAsync(stop);

    /// <summary>The connection if the CSMS has accepted the charger on it, else null.</summary>
    public bool IsOnline => Volatile.Read(ref _online).Task.IsCompleted;

    public async Task<ChargerLink?> IfOnlineAsync() => Volatile.Read(ref _online).Task is { IsCompleted: true } link ? await link : null;

    public void Cut(bool reset) => _link?.Cut(reset);

    /// <summary>Ends the connection and stays away for that long.</summary>
    public void LeaveFor(TimeSpan time)
    {
        _away = Task.Delay(time, Options.Time);
        _link?.Cut(reset: true);
    }

    /// <summary>Closes the connection in order, so that the answer to a Reset is not lost with it, and boots anew.</summary>
    public async Task RebootAsync()
    {
        _mustBoot = true;
        _away = Task.Delay(Options.RebootTime, Options.Time);
        if (_link is { } link)
            await link.CloseAsync(ClosingTime);
    }

    /// <summary>TriggerMessage(BootNotification) cuts the wait of a charger that is still pending short.</summary>
    public void BootNow() => _bootWish.TrySetResult();

    public async Task RunAsync(CancellationToken stop)
    {
        for (var failures = 0; ;)
        {
            await _away.WaitAsync(stop);
            var accepted = await TryDialAsync(stop) is { } socket && await ServeAsync(socket, stop);
            if (accepted && !Options.Reconnect)
                return;
            failures = accepted ? 0 : failures + 1;
            await Task.Delay(Pause(failures), Options.Time, stop);
        }
    }

    // Runs as soon as the connection ends, so that nobody who waits to be online is handed the dead one again.
    private void GoOffline()
    {
        if (Volatile.Read(ref _online).Task.IsCompleted)
            Volatile.Write(ref _online, new(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    private TimeSpan Pause(int failures)
    {
        var pause = Options.BackOff * Math.Pow(2, Math.Min(failures, 16));
        return (pause < Options.LongestBackOff ? pause : Options.LongestBackOff) * (0.5 + _random.NextDouble() / 2);
    }

    private async Task<ChargerSocket?> TryDialAsync(CancellationToken stop)
    {
        try
        {
            var socket = await Dialer.DialAsync(Options with { Url = Url }, charger.Settings, charger.Certificates, stop);
            Interlocked.Increment(ref _opened);
            _profile = charger.Settings.SecurityProfile;
            return socket;
        }
        catch (Exception refused) when (refused is WebSocketException or HttpRequestException or SocketException or IOException
            || (refused is OperationCanceledException && !stop.IsCancellationRequested))
        {
            LogRefused(logger, charger.Identity, refused.Message);
            _url = (_url + 1) % (Options.Fallbacks.Length + 1);
            GiveUpProfile();
            return null;
        }
    }

    /// <summary>A new security profile with which no connection comes about is given up for the one before.</summary>
    private void GiveUpProfile()
    {
        if (_profile is not { } proven || proven == charger.Settings.SecurityProfile)
            return;
        if (++_profileFailures < ProfileAttempts)
            return;
        _profileFailures = 0;
        charger.Settings.SecurityProfile = proven;
    }

    /// <summary>One connection from dialled to ended; true when the CSMS accepted the charger on it.</summary>
    private async Task<bool> ServeAsync(ChargerSocket socket, CancellationToken stop)
    {
        using var link = new ChargerLink(socket, Options.Time, Options.AnswerTimeout, charger.AnswerAsync);
        using var until = CancellationTokenSource.CreateLinkedTokenSource(stop, link.Ended);
        using var down = link.Ended.Register(GoOffline);
        var listening = link.ListenAsync();
        _link = link;
        var accepted = false;
        try
        {
            accepted = !_mustBoot || await BootAsync(link, until.Token);
            if (accepted)
                await StayAsync(link, until.Token);
        }
        catch (OperationCanceledException) when (until.IsCancellationRequested)
        {
            LogDown(logger, charger.Identity);
        }
        finally
        {
            _link = null;
            GoOffline();
            await link.CloseAsync(ClosingTime);
            await listening;
        }

        return accepted;
    }

    private async Task<bool> BootAsync(ChargerLink link, CancellationToken until)
    {
        while (true)
        {
            _bootWish = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (await charger.Says.BootAsync(link).WaitAsync(until) is not { } answer)
                return false;
            if (answer.IsAccepted)
            {
                _mustBoot = Options.BootOnReconnect;
                return true;
            }

            var pause = answer.Interval > TimeSpan.Zero ? answer.Interval : PendingPause;
            await Task.WhenAny(_bootWish.Task, Task.Delay(pause, Options.Time, until));
            until.ThrowIfCancellationRequested();
        }
    }

    private async Task StayAsync(ChargerLink link, CancellationToken until)
    {
        Volatile.Read(ref _online).TrySetResult(link);
        LogOnline(logger, charger.Identity);
        await charger.Says.AnnounceAsync(link).WaitAsync(until);
        while (true)
        {
            await Task.Delay(charger.Settings.HeartbeatInterval, Options.Time, until);
            if (!await charger.Says.HeartbeatAsync(link).WaitAsync(until))
                return;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Charger {Charger} is online")]
    private static partial void LogOnline(ILogger logger, string charger);

    [LoggerMessage(Level = LogLevel.Information, Message = "Charger {Charger} lost its connection")]
    private static partial void LogDown(ILogger logger, string charger);

    [LoggerMessage(Level = LogLevel.Information, Message = "Charger {Charger} could not connect: {Reason}")]
    private static partial void LogRefused(ILogger logger, string charger, string reason);
}
