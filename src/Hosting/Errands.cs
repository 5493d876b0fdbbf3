namespace EvCharge.Hosting;

/// <summary>What every program does, instead of serving, when that is all its command line says.</summary>
public static class Errands
{
    /// <returns>The exit code; null when there is none to run.</returns>
    public static async Task<int?> Run(string[] arguments, string usage)
    {
        switch (arguments)
        {
            case ["--help" or "-h"]:
                Console.WriteLine(usage);
                return 0;
            case [HealthProbe.Switch, var address]:
                return await HealthProbe.Run(address);
            default:
                return null;
        }
    }
}
