using Microsoft.AspNetCore.Http.Features;

namespace EvCharge.Gateway.Ocpp;

/// <summary>
/// Puts a <see cref="ChargerStream"/> under the WebSocket of a charger. It replaces the upgrade feature, so it must stand
/// before the WebSocket middleware.
/// </summary>
internal sealed class GuardedUpgrade(IHttpUpgradeFeature inner, long limit, TimeProvider time) : IHttpUpgradeFeature
{
    public bool IsUpgradableRequest => inner.IsUpgradableRequest;

    /// <summary>What is under the WebSocket, once it is open.</summary>
    public ChargerStream? Stream { get; private set; }

    public static void Install(HttpContext context, long limit, TimeProvider time)
    {
        // OCPP-J is spoken over HTTP/1.1; a WebSocket inside HTTP/2 (RFC 8441) would pass by the guard.
        context.Features.Set<IHttpExtendedConnectFeature>(null);
        if (context.Features.Get<IHttpUpgradeFeature>() is { } upgrade)
        {
            var guarded = new GuardedUpgrade(upgrade, limit, time);
            context.Features.Set<IHttpUpgradeFeature>(guarded);
            context.Features.Set(guarded);
        }
    }

    public async Task<Stream> UpgradeAsync() => Stream = new ChargerStream(await inner.UpgradeAsync(), new FrameGuard(limit), time);
}
