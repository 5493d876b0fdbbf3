using System.Collections.Immutable;

namespace EvCharge.ClusterTests.Losses;

/// <summary>A process whose wall clock is wrong, by the library of the program faketime; durations are measured as ever.</summary>
internal static class WrongClock
{
    /// <param name="offset">As <c>+1h</c>.</param>
    /// <returns>What the process needs in its environment.</returns>
    public static ImmutableDictionary<string, string> Of(string offset) => Faked.Add("FAKETIME", offset);

    /// <summary>The clock is off by what stands in a file, and jumps when something else is written there.</summary>
    public static ImmutableDictionary<string, string> Following(string file) =>
        Faked.Add("FAKETIME_TIMESTAMP_FILE", file).Add("FAKETIME_CACHE_DURATION", "1");

    private static ImmutableDictionary<string, string> Faked => new Dictionary<string, string>
    {
        ["LD_PRELOAD"] = Library,
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        ["FAKETIME_DONT_RESET"] = "1",
        ["NO_FAKE_STAT"] = "1",
    }.ToImmutableDictionary();

    private static string Library => Directory.GetDirectories("/usr/lib", "*-linux-gnu*")
        .Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1"))
        .FirstOrDefault(File.Exists) ?? throw new FileNotFoundException("The package libfaketime is not installed.");
}
