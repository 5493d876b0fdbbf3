using System.Reflection;

namespace EvCharge.ClusterTests;

/// <summary>Where the build left the executables that these tests run as processes.</summary>
internal static class BuiltAssembly
{
    public static string Standalone => Find("StandaloneAssembly");

    public static string Silo => Find("SiloAssembly");

    public static string Gateway => Find("GatewayAssembly");

    public static string Simulator => Find("SimulatorAssembly");

    /// <summary>It runs what the build left.</summary>
    public static string ClusterScript => Find("ClusterScript");

    public static string PackageScript => Find("PackageScript");

    private static string Find(string key)
    {
        var path = typeof(BuiltAssembly).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == key).Value!;
        return File.Exists(path) ? Path.GetFullPath(path) : throw new FileNotFoundException("It is built with the tests.", path);
    }
}
