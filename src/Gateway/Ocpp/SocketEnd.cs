using System.Net.WebSockets;

namespace EvCharge.Gateway.Ocpp;

/// <summary>Why a connection ends, as its close frame says it (RFC 6455 §7.4).</summary>
internal sealed record SocketEnd(WebSocketCloseStatus Status, string Text)
{
    public static readonly SocketEnd ClosedByPeer = new(WebSocketCloseStatus.NormalClosure, "");
    public static readonly SocketEnd Lost = new(WebSocketCloseStatus.Empty, "connection lost");
    public static readonly SocketEnd Superseded = new(WebSocketCloseStatus.PolicyViolation, "a newer connection took over");
    public static readonly SocketEnd Revoked = new(WebSocketCloseStatus.PolicyViolation, "no longer allowed");
    public static readonly SocketEnd TooBig = new(WebSocketCloseStatus.MessageTooBig, "message too big");
    public static readonly SocketEnd TooSlow = new(WebSocketCloseStatus.PolicyViolation, "message took too long");

    /// <summary>What breaks RFC 6455 the WebSocket itself has answered, with 1002 or 1007.</summary>
    public static readonly SocketEnd Malformed = new(WebSocketCloseStatus.ProtocolError, "malformed frame");
    public static readonly SocketEnd Unmasked = new(WebSocketCloseStatus.ProtocolError, "frame without mask");
    public static readonly SocketEnd NotText = new(WebSocketCloseStatus.InvalidMessageType, "text expected");
    public static readonly SocketEnd Unreadable = new(WebSocketCloseStatus.InvalidPayloadData, "too many unreadable messages");
    public static readonly SocketEnd Flood = new(WebSocketCloseStatus.PolicyViolation, "too many unanswered calls");
    public static readonly SocketEnd NotReading = new(WebSocketCloseStatus.PolicyViolation, "peer does not read");
    public static readonly SocketEnd Silent = new(WebSocketCloseStatus.PolicyViolation, "no answer to a ping");
    public static readonly SocketEnd Drained = new(WebSocketCloseStatus.EndpointUnavailable, "going away, come back");

    /// <summary>1013, try again later: registered with IANA after RFC 6455 and not named by .NET.</summary>
    private const WebSocketCloseStatus TryAgainLater = (WebSocketCloseStatus)1013;

    public static readonly SocketEnd Unattached = new(TryAgainLater, "not available, come back later");
    public static readonly SocketEnd Unanswered = new(TryAgainLater, "cannot be recorded now, come back later");
}
