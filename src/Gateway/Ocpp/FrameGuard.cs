using System.Buffers.Binary;

namespace EvCharge.Gateway.Ocpp;

/// <summary>
/// Follows the WebSocket frame headers of the incoming bytes (RFC 6455 §5.2) and refuses a frame by the length it
/// declares, before a byte of it is waited for, and one that is not masked (§5.1). Everything else about the frames is
/// judged by the WebSocket itself.
/// </summary>
internal sealed class FrameGuard(long limit)
{
    private readonly byte[] _header = new byte[14];
    private int _have;
    private long _payloadLeft;

    /// <summary>Why a frame was refused; null as long as none was.</summary>
    public SocketEnd? Refusal { get; private set; }

    private bool IsMasked => (_header[1] & 0x80) != 0;

    public void Follow(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && Refusal is null)
        {
            if (_payloadLeft > 0)
            {
                var skipped = (int)Math.Min(_payloadLeft, bytes.Length);
                _payloadLeft -= skipped;
                bytes = bytes[skipped..];
                continue;
            }

            _header[_have++] = bytes[0];
            bytes = bytes[1..];
            if (_have >= 2 && _have == HeaderLength())
            {
                var length = PayloadLength();
                Refusal = !IsMasked ? SocketEnd.Unmasked : length > (ulong)limit ? SocketEnd.TooBig : null;
                _payloadLeft = Refusal is null ? (long)length : 0;
                _have = 0;
            }
        }
    }

    private int HeaderLength()
    {
        var extended = (_header[1] & 0x7F) switch { 126 => 2, 127 => 8, _ => 0 };
        return 2 + extended + (IsMasked ? 4 : 0);
    }

    private ulong PayloadLength() => (_header[1] & 0x7F) switch
    {
        126 => BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(2)),
        127 => BinaryPrimitives.ReadUInt64BigEndian(_header.AsSpan(2)),
        var small => (ulong)small,
    };
}
