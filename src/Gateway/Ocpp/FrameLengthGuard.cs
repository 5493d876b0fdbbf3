using System.Buffers.Binary;

namespace EvCharge.Gateway.Ocpp;

/// <summary>
/// Follows the WebSocket frame headers of the incoming bytes (RFC 6455 §5.2) and refuses a frame by the length it
/// declares, before a byte of it is waited for. Everything else about the frames is judged by the WebSocket itself.
/// </summary>
internal sealed class FrameLengthGuard(long limit)
{
    private readonly byte[] _header = new byte[14];
    private int _have;
    private long _payloadLeft;

    /// <summary>True from the moment a declared length was over the limit.</summary>
    public bool Exceeded { get; private set; }

    public void Follow(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !Exceeded)
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
                Exceeded = length > (ulong)limit;
                _payloadLeft = Exceeded ? 0 : (long)length;
                _have = 0;
            }
        }
    }

    private int HeaderLength()
    {
        var extended = (_header[1] & 0x7F) switch { 126 => 2, 127 => 8, _ => 0 };
        var mask = (_header[1] & 0x80) != 0 ? 4 : 0;
        return 2 + extended + mask;
    }

    private ulong PayloadLength() => (_header[1] & 0x7F) switch
    {
        126 => BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(2)),
        127 => BinaryPrimitives.ReadUInt64BigEndian(_header.AsSpan(2)),
        var small => (ulong)small,
    };
}
