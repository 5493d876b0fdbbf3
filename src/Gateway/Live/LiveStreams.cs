using EvCharge.Gateway.Api;
using EvCharge.Gateway.Security;
using Microsoft.Extensions.Options;

namespace EvCharge.Gateway.Live;

/// <summary>Counts the streams that are open, so that neither one caller nor all together open more than there may be.</summary>
internal sealed class LiveStreams(IOptions<LiveOptions> options)
{
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);
    private int _all;

    /// <exception cref="ApiFault">429.</exception>
    public void Enter(Caller caller)
    {
        lock (_gate)
        {
            var own = _open.GetValueOrDefault(caller.CredentialId);
            if (own >= options.Value.MaxStreamsPerCredential || _all >= options.Value.MaxStreams)
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
