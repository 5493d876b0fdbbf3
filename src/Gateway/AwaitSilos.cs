namespace EvCharge.Gateway;

/// <summary>A gateway may be started before the silos: it asks again each second until one of them takes its connection.</summary>
internal sealed partial class AwaitSilos(TimeProvider time, ILogger<AwaitSilos> log) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private bool _told;

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        if (!_told)
        {
            LogWaiting(log, exception.Message);
            _told = true;
        }

        await Task.Delay(Interval, time, cancellationToken);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Waiting for a silo: {Reason}")]
    private static partial void LogWaiting(ILogger log, string reason);
}
