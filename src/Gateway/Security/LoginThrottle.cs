using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace EvCharge.Gateway.Security;

/// <summary>
/// Slows down guessing. An address may try so many logins; hashing is bounded over all addresses; and after five failures
/// for one user from one address each further attempt waits twice as long, so that nobody is locked out from elsewhere.
/// </summary>
public sealed class LoginThrottle(IOptions<SecurityOptions> options, TimeProvider time) : IAsyncDisposable
{
    private const int FreeFailures = 5;
    private const int Counted = 20_000;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly FailureBackoff _failures = new(FreeFailures, Counted, time);

    private readonly ConcurrencyLimiter _hashing = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = Environment.ProcessorCount,
        QueueLimit = 64,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    private readonly PartitionedRateLimiter<string> _perAddress = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetTokenBucketLimiter(address, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.Value.LoginBurst,
            TokensPerPeriod = options.Value.LoginsPerMinute,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1),
        }));

    /// <summary>How long the caller must wait before the attempt is looked at, or null when it may be made now.</summary>
    public TimeSpan? WaitBefore(string user, string address)
    {
        using var permit = _perAddress.AttemptAcquire(address);
        if (!permit.IsAcquired)
        {
            return permit.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : LongestWait;
        }

        return _failures.WaitBefore(user, address);
    }

    /// <summary>A place to compute a hash in; not acquired when too many wait already.</summary>
    public ValueTask<RateLimitLease> EnterHashing(CancellationToken cancelled) => _hashing.AcquireAsync(1, cancelled);

    public void Failed(string user, string address) => _failures.Failed(user, address);

    public void Succeeded(string user, string address) => _failures.Succeeded(user, address);

    public async ValueTask DisposeAsync()
    {
        _failures.Dispose();
        await _perAddress.DisposeAsync();
        await _hashing.DisposeAsync();
    }
}
