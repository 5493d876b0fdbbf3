using System.Text;

namespace EvCharge.ChargerSimulator.Faults;

/// <summary>Text messages that no CSMS can serve and each must survive.</summary>
public static class MalformedFrames
{
    private static readonly byte[][] Frames =
    [
        .. new[]
        {
            "",
            "[]",
            "{}",
            "null",
            "[2]",
            "not json",
            "[2,\"cut-off\",\"Heartbeat\",{",
            "[2,\"no-payload\",\"Heartbeat\"]",
            "[9,\"odd-kind\",\"Heartbeat\",{}]",
            "[2,\"odd-action\",\"NoSuchAction\",{}]",
            "[2,\"not-an-object\",\"Heartbeat\",[]]",
            "[3,\"nobody-asked\",{}]",
            "[4,\"nobody-asked\",\"GenericError\",\"\",{}]",
            $"[2,\"deep\",\"Heartbeat\",{new string('[', 200)}{new string(']', 200)}]",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public static int Count => Frames.Length;

    /// <summary>The frame of that number, counted round.</summary>
    public static ReadOnlyMemory<byte> At(int number) => Frames[(int)((uint)number % (uint)Frames.Length)];
}
