namespace EvCharge.ChargerSimulator;

/// <summary>Seeds that follow from others, the same in each process.</summary>
internal static class Seeds
{
    /// <summary>The seed of the one with that number, of many under one seed.</summary>
    public static int Of(int seed, int number) => unchecked((seed * 1_000_003) + number);
}
