using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace EvCharge.Fleet.Client;

/// <summary>One masked frame of a client (RFC 6455 §5.2), written in place again and again.</summary>
/// <param name="size">Bytes of the longest, with its header.</param>
internal sealed class FrameBuffer(int size = 1_024)
{
    private const int LongestHeader = 8;
    private const byte FinalText = 0x81;
    private const byte Masked = 0x80;
    private const int SixteenBits = 126;

    /// <summary>The same for every frame: its purpose, to hide content from proxies, is none here, its cost is.</summary>
    private const uint Mask = 0x5A17C3E9;

    private readonly byte[] _bytes = new byte[size];

    /// <summary>The rest of the buffer, for interpolated texts to be written to.</summary>
    public Span<byte> Room => _bytes.AsSpan(LongestHeader);

    /// <summary>A frame with the bytes as payload.</summary>
    public ReadOnlyMemory<byte> Of(byte opcode, ReadOnlySpan<byte> payload)
    {
        payload.CopyTo(Room);
        return Close(opcode, payload.Length);
    }

    /// <summary>A text frame of what was written into <see cref="Room"/>.</summary>
    public ReadOnlyMemory<byte> Close(int length) => Close(FinalText, length);

    private ReadOnlyMemory<byte> Close(byte opcode, int length)
    {
        var start = length < SixteenBits ? LongestHeader - 6 : 0;
        var header = _bytes.AsSpan(start);
        header[0] = opcode;
        if (length < SixteenBits)
        {
            header[1] = (byte)(Masked | length);
        }
        else
        {
            header[1] = Masked | SixteenBits;
            BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)length);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(LongestHeader - 4), Mask);
        Hide(_bytes.AsSpan(LongestHeader, length));
        return _bytes.AsMemory(start, LongestHeader - start + length);
    }

    private static void Hide(Span<byte> payload)
    {
        var words = MemoryMarshal.Cast<byte, uint>(payload);
        foreach (ref var word in words)
        {
            word ^= Mask;
        }

        var key = Mask;
        for (var index = words.Length * sizeof(uint); index < payload.Length; index++)
        {
            payload[index] ^= (byte)key;
            key = BitOperations.RotateRight(key, 8);
        }
    }
}
