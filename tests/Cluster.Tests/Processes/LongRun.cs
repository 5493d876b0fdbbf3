namespace EvCharge.ClusterTests;

/// <summary>What takes long and has a sibling that is run always.</summary>
internal static class LongRun
{
    public static bool IsAsked { get; } = Environment.GetEnvironmentVariable("EVCHARGE_LONG_RUN") is { Length: > 0 };

    /// <summary>Skips the test unless long runs are asked for.</summary>
    public static void Only() => Assert.SkipUnless(IsAsked, "EVCHARGE_LONG_RUN is not set.");
}
