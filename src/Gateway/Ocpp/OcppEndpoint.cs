using System.Net.WebSockets;
using System.Text;
using EvCharge.Contracts.Chargers;
using EvCharge.Contracts.Sites;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Proxy;
using EvCharge.Gateway.Frames;
using EvCharge.Gateway.Security;
using EvCharge.History.Audit;
using EvCharge.History.Configuration;
using EvCharge.Ocpp;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace EvCharge.Gateway.Ocpp;

/// <summary>
/// The upgrade of a charger's request to a WebSocket: path, identity, subprotocol, in that order. A refusal says nothing
/// that helps a stranger, and leaves an event for the operator.
/// </summary>
internal sealed partial class OcppEndpoint(
    ChargerAdmission admission,
    ChargerThrottle throttle,
    ConfigurationStore configuration,
    EventLog events,
    SocketRegistry sockets,
    UnpingedChargers unpinged,
    GatewayObserver observer,
    FrameBook frames,
    IGrainFactory grains,
    GatewayState state,
    OutageWatch outage,
    OcppInstruments instruments,
    IOptions<OcppGatewayOptions> options,
    TimeProvider time,
    ILogger<ChargerSocket> logger)
{
    private const string RetryAfterSeconds = "30";

    private readonly OcppGatewayOptions _options = options.Value;

    public async Task Handle(HttpContext context)
    {
        await Answer(context);
        if (context.Response.StatusCode >= StatusCodes.Status400BadRequest)
        {
            instruments.Refused(context.Response.StatusCode);
        }
    }

    private async Task Answer(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var verdict = ChargerAddress.Read(target, out var charger);
        if (verdict != ChargerAddress.Verdict.Valid)
        {
            var status = verdict == ChargerAddress.Verdict.NoSuchPath ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest;
            await Refuse(context, status, TenantId.Default, null, "bad-address", $"A connection to {Short(target)} names no charger.");
            return;
        }

        if (state.Draining)
        {
            ComeBack(context);
            return;
        }

        // Before the admission, which adopts strangers where the tenant says so: a browser is none.
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await Refuse(context, StatusCodes.Status400BadRequest, charger.Tenant, charger.Name, "not-a-websocket",
                "The request is no WebSocket upgrade (RFC 6455 §4.2.1): a header such as 'Connection: Upgrade' is missing.");
            return;
        }

        try
        {
            await Admit(context, charger);
        }
        catch (Exception fault) when (ClusterFault.Is(fault) && !context.Response.HasStarted)
        {
            // Who the charger is cannot be known now: it is told to come back, not that it is wrong.
            LogUnavailable(logger, charger, fault.Message);
            ComeBack(context);
        }
    }

    private async Task Admit(HttpContext context, ChargerId charger)
    {
        var (password, address) = (Password(context.Request, charger), ClientAddress.Of(context));
        if (throttle.WaitBefore(charger, address) is { } wait && !await admission.Recognises(charger, password))
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString("F0", null);
            return;
        }

        var certificate = context.Request.IsHttps ? context.Connection.ClientCertificate : null;
        var admitted = await admission.Admit(charger, new ChargerCredentials(password, context.Request.IsHttps, certificate));
        if (admitted is Admission.Refused or Admission.Unknown or Admission.NoTenant)
        {
            throttle.Failed(charger, address);
        }
        else
        {
            throttle.Succeeded(charger, address);
        }

        if (admitted is Admission.Refused or Admission.Unknown or Admission.NoTenant or Admission.Suspended)
        {
            // What strangers invent as a tenant gets no records of its own.
            var tenant = admitted == Admission.NoTenant ? TenantId.Default : charger.Tenant;
            var kind = admitted is Admission.Refused or Admission.Suspended ? "charger-refused" : "unknown-charger";
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"ocpp\"";
            await Refuse(context, StatusCodes.Status401Unauthorized, tenant, charger.Name, kind, $"{charger} refused from {Address(context)}.");
            return;
        }

        if (RelayMark.IsIn(context.Request.Headers[RelayMark.Header].ToString())
            && await configuration.Charger(charger) is { Value.ProxyLinks.Count: > 0 })
        {
            await Refuse(context, StatusCodes.Status508LoopDetected, charger.Tenant, charger.Name, "proxy-loop",
                "The connection relays a charger that is itself relayed: it would go round in a circle.");
            return;
        }

        if (outage.TurnsAway(charger))
        {
            ComeBack(context);
            return;
        }

        if (admitted is Admission.Quarantined or Admission.Adopted)
        {
            await Welcome(charger, admitted, Address(context));
        }

        if (await Subprotocol(context, charger) is { } subprotocol)
        {
            await Serve(context, charger, subprotocol);
        }
    }

    private static void ComeBack(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
    }

    private async Task Serve(HttpContext context, ChargerId charger, (string Version, string? Offered) subprotocol)
    {
        var pinged = await IsPinged(charger);
        using var webSocket = await Accept(context, subprotocol.Offered);
        if (!pinged)
        {
            PeerWatch.ProbeByTcp(context, _options.PingSeconds);
        }

        var connection = new ChargerSocket.ConnectionInfo(charger, subprotocol.Version, Address(context), pinged);
        var grain = grains.GetGrain<IChargerGrain>(charger.ToString());
        if (context.RequestAborted.IsCancellationRequested)
        {
            // Already gone again: it must not take the place of the connection that may have followed it.
            return;
        }

        var wire = context.Features.GetRequiredFeature<GuardedUpgrade>().Stream!;
        using var socket = new ChargerSocket(
            webSocket, wire, connection, grain, observer.Reference(grains), frames.Open(charger), unpinged, instruments, _options, time, logger,
            state.Aborting);
        await socket.Serve(sockets);
    }

    private async ValueTask<bool> IsPinged(ChargerId charger) => await admission.Ping(charger) ?? !unpinged.Contains(charger);

    /// <summary>Without a keep-alive of its own, which is a timer for each connection: <see cref="PingSweep"/> pings them all.</summary>
    private static Task<WebSocket> Accept(HttpContext context, string? subprotocol) =>
        context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = subprotocol,
            KeepAliveInterval = Timeout.InfiniteTimeSpan,
        });

    private async Task Welcome(ChargerId charger, Admission admitted, string address)
    {
        events.Record(charger.Tenant, admitted == Admission.Adopted ? "charger-adopted" : "charger-quarantined", charger.Name, $"First seen from {address}.");
        var grain = grains.GetGrain<IChargerGrain>(charger.ToString());
        await grain.Reload();
        if (admitted == Admission.Adopted)
        {
            await grains.GetGrain<ISiteGrain>(new SiteId(charger.Tenant, "default").ToString()).Wake();
        }
    }

    /// <summary>The version to speak and the name to answer with; null when the request was refused.</summary>
    private async Task<(string Version, string? Offered)?> Subprotocol(HttpContext context, ChargerId charger)
    {
        var offered = context.WebSockets.WebSocketRequestedProtocols;
        if (offered.Contains(OcppVersion.V16))
        {
            return (OcppVersion.V16, OcppVersion.V16);
        }

        var settings = (await configuration.Settings(charger.Tenant)).Value;
        var similar = offered.FirstOrDefault(name => string.Equals(name, OcppVersion.V16, StringComparison.OrdinalIgnoreCase));
        if (settings.MissingSubprotocol == OcppVersion.V16 && (offered.Count == 0 || similar is not null))
        {
            return (OcppVersion.V16, similar);
        }

        var text = offered.Count == 0 ? "no subprotocol" : $"'{Short(string.Join(", ", offered))}'";
        await Refuse(context, StatusCodes.Status400BadRequest, charger.Tenant, charger.Name, "subprotocol-refused",
            $"The charger offers {text}; Sec-WebSocket-Protocol must name {OcppVersion.V16}.");
        return null;
    }

    private async Task Refuse(HttpContext context, int status, TenantId tenant, string? charger, string kind, string detail)
    {
        LogRefused(logger, status, kind, charger, detail);
        events.Record(tenant, kind, charger, detail);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(status switch
        {
            StatusCodes.Status401Unauthorized => "Unauthorized\n",
            StatusCodes.Status404NotFound => "Not found\n",
            _ => detail + "\n",
        });
    }

    /// <summary>The Basic password, if the header names this charger (OCPP-J 1.6 §6.2: the user is the identity).</summary>
    private static byte[]? Password(HttpRequest request, ChargerId charger)
    {
        const string scheme = "Basic ";
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        Span<byte> decoded = stackalloc byte[512];
        if (!Convert.TryFromBase64String(header[scheme.Length..].Trim(), decoded, out var length))
        {
            return null;
        }

        ReadOnlySpan<byte> credentials = decoded[..length];
        var user = Encoding.ASCII.GetBytes(charger.Name + ":");
        return credentials.StartsWith(user) ? credentials[user.Length..].ToArray() : null;
    }

    private static string Address(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    private static string Short(string text) => text.Length <= 200 ? text : text[..200] + "…";

    [LoggerMessage(Level = LogLevel.Warning, Message = "Connection refused with {Status}, {Kind}: {Charger} {Detail}")]
    private static partial void LogRefused(ILogger logger, int status, string kind, string? charger, string detail);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Charger}: cannot be admitted now: {Reason}")]
    private static partial void LogUnavailable(ILogger logger, ChargerId charger, string reason);
}
