using System.Security.Cryptography;
using System.Text;

namespace EvCharge.Gateway.Api.Authorization;

/// <summary>
/// Lets clients wait until the list of open requests is another than the one they know. Each wait looks at the record
/// twice a second, which holds whatever silo asks and whatever gateway is asked; so many waits at once are served.
/// </summary>
internal sealed class RequestWatch(TimeProvider time) : IDisposable
{
    private const int MaxSeconds = 20;
    private const int MaxWaits = 100;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);
    private readonly SemaphoreSlim _places = new(MaxWaits, MaxWaits);

    /// <exception cref="ApiFault">400 outside of 0 to 20 s, or for a list that is never waited for.</exception>
    public static TimeSpan Patience(int? seconds, bool watchable) => seconds switch
    {
        null or 0 => TimeSpan.Zero,
        > 0 and <= MaxSeconds when watchable => TimeSpan.FromSeconds(seconds.Value),
        _ => throw ApiFault.BadRequest("wait", $"must be 0 to {MaxSeconds}, and goes with state=open"),
    };

    /// <summary>The list and its tag, as soon as that is not <paramref name="known"/>; null for the list when it stays so.</summary>
    /// <exception cref="ApiFault">429 while too many wait.</exception>
    public async Task<(Page<AuthorizationRequestView>? List, string ETag)> Changed(
        Func<Task<Page<AuthorizationRequestView>>> read, string? known, TimeSpan patience, CancellationToken cancelled)
    {
        var list = await read();
        var etag = TagOf(list);
        if (etag != known || patience == TimeSpan.Zero)
        {
            return (etag == known ? null : list, etag);
        }

        if (!await _places.WaitAsync(TimeSpan.Zero, CancellationToken.None))
        {
            throw new ApiFault(StatusCodes.Status429TooManyRequests, "too-many-waits", "Too many clients wait for requests.") { RetryAfter = Period };
        }

        try
        {
            var started = time.GetTimestamp();
            while (etag == known && time.GetElapsedTime(started) < patience)
            {
                await Task.Delay(Period, time, cancelled);
                list = await read();
                etag = TagOf(list);
            }

            return (etag == known ? null : list, etag);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    /// <summary>Requests do not change while they stay in the list, save for their state.</summary>
    private static string TagOf(Page<AuthorizationRequestView> list)
    {
        var told = string.Join(',', list.Items.Select(item => $"{item.Id}{item.State}")) + list.Next;
        return $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(told)))[..16]}\"";
    }
}
