using System.Reflection;

namespace EvCharge.Fleet.Servers;

/// <summary>Where the build left the executables that are measured.</summary>
internal static class BuiltAssembly
{
    public static string Standalone => Find("StandaloneAssembly");

    public static string Silo => Find("SiloAssembly");

    public static string Gateway => Find("GatewayAssembly");

    /// <summary>This one, whose verb <c>echo</c> is a server too.</summary>
    public static string Echo => typeof(BuiltAssembly).Assembly.Location;

    public static string ResultsFolder => Metadata("ResultsFolder");

    private static string Find(string key) =>
        File.Exists(Metadata(key)) ? Metadata(key) : throw new FileNotFoundException("It is built with the bench.", Metadata(key));

    private static string Metadata(string key) => Path.GetFullPath(
        typeof(BuiltAssembly).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == key).Value!);
}
