using System.Security.Cryptography;
using System.Text;
using EvCharge.Domain.Sessions;

namespace EvCharge.History.Sessions;

/// <summary>An effect with what can be worked out before the writer's turn, so that its one thread only writes.</summary>
/// <param name="Packed">Samples of a frame, packed; empty for other effects.</param>
/// <param name="Hash">SHA-256 of an orphan's payload, in hex; empty for other effects.</param>
internal sealed record PreparedEffect(SessionEffect Effect, byte[] Packed, string Hash)
{
    /// <summary>About what a row without samples or payload takes in the queue.</summary>
    private const int RowBytes = 512;

    public int Bytes => RowBytes + Packed.Length + ((Effect as OrphanRecorded)?.Payload.Length ?? 0) * sizeof(char);

    public static PreparedEffect Of(SessionEffect effect) => new(
        effect,
        effect is MeterRecorded meter ? SamplePacking.Pack(meter.Frame.Samples) : [],
        effect is OrphanRecorded orphan ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(orphan.Payload))) : "");
}
