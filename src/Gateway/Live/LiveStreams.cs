using System.Diagnostics.Metrics;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.Security;
using Microsoft.Extensions.Options;

namespace EvCharge.Gateway.Live;

/// <summary>Counts the streams that are open, so that neither one caller nor all together open more than there may be.</summary>
internal sealed class LiveStreams
{
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);
    private readonly LiveOptions _options;
    private int _all;

    public LiveStreams(IOptions<LiveOptions> options, IMeterFactory meters)
    {
        _options = options.Value;
        meters.Create("evcharge.live").CreateObservableUpDownCounter("evcharge.live.streams", () => _all, "{stream}", "Live streams that this gateway serves.");
    }

    /// <exception cref="ApiFault">429.</exception>
    public void Enter(Caller caller)
    {
        lock (_gate)
        {
            var own = _open.GetValueOrDefault(caller.CredentialId);
            if (own >= _options.MaxStreamsPerCredential || _all >= _options.MaxStreams)
            {
                throw new ApiFault(StatusCodes.Status429TooManyRequests, "too-many-streams", "Too many live streams are open.") { RetryAfter = Later };
            }

            _open[caller.CredentialId] = own + 1;
            _all++;
        }
    }

    public void Leave(Caller caller)
    {
        lock (_gate)
        {
            _all--;
            if (--_open[caller.CredentialId] == 0)
            {
                _open.Remove(caller.CredentialId);
            }
        }
    }
}
