using EvCharge.Domain.Identity;
using EvCharge.Gateway.Security;

namespace EvCharge.Gateway.Ocpp;

/// <summary>Slows down guessing of chargers' passwords, by name and address: chargers behind one address do not wait for each other.</summary>
internal sealed class ChargerThrottle(TimeProvider time) : IDisposable
{
    /// <summary>A charger that is set up wrong tries again and again, and its operator beside it.</summary>
    private const int FreeFailures = 10;
    private const int Counted = 50_000;

    private readonly FailureBackoff _backoff = new(FreeFailures, Counted, time);

    /// <inheritdoc cref="FailureBackoff.WaitBefore"/>
    public TimeSpan? WaitBefore(ChargerId charger, string address) => _backoff.WaitBefore(charger.ToString(), address);

    public void Failed(ChargerId charger, string address) => _backoff.Failed(charger.ToString(), address);

    public void Succeeded(ChargerId charger, string address) => _backoff.Succeeded(charger.ToString(), address);

    public void Dispose() => _backoff.Dispose();
}
