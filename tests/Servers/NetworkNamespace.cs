using System.Diagnostics;
using System.Net;

namespace EvCharge.Servers;

/// <summary>
/// A machine of its own as far as the network goes: processes in it are reached over a line that can be cut, as by a switch that fails. Made
/// by <c>ip netns</c> and a pair of virtual devices, which takes root.
/// </summary>
public sealed class NetworkNamespace : IAsyncDisposable
{
    private const int Names = 1_000_000;

    private readonly string _name;

    private NetworkNamespace(string name) => _name = name;

    /// <summary>Of this side, as processes in it see it.</summary>
    public IPAddress HostAddress { get; } = IPAddress.Parse("10.211.0.1");

    /// <summary>Of processes in it.</summary>
    public IPAddress Address { get; } = IPAddress.Parse("10.211.0.2");

    /// <summary>What a command begins with that is to run in it; its process is the command's own.</summary>
    public IReadOnlyList<string> Prefix => ["ip", "netns", "exec", _name];

    /// <summary>Whether this machine lets it be made.</summary>
    public static bool IsPossible => Environment.IsPrivilegedProcess && OperatingSystem.IsLinux() && File.Exists("/usr/sbin/ip");

    public static async Task<NetworkNamespace> CreateAsync()
    {
        var number = Environment.ProcessId % Names;
        var space = new NetworkNamespace($"evcharge{number}");
        var (near, far) = ($"evn{number}", $"evf{number}");
        await Ip("netns", "add", space._name);
        try
        {
            await Ip("link", "add", near, "type", "veth", "peer", "name", far, "netns", space._name);
            await Ip("address", "add", $"{space.HostAddress}/30", "dev", near);
            await Ip("link", "set", near, "up");
            await Ip("-n", space._name, "address", "add", $"{space.Address}/30", "dev", far);
            await Ip("-n", space._name, "link", "set", "lo", "up");
            await space.Mend();
            return space;
        }
        catch
        {
            await space.DisposeAsync();
            throw;
        }
    }

    /// <summary>Nothing goes through any more; nobody is told.</summary>
    public Task Cut() => Ip("-n", _name, "link", "set", Far, "down");

    public Task Mend() => Ip("-n", _name, "link", "set", Far, "up");

    /// <summary>Its devices go with it.</summary>
    public async ValueTask DisposeAsync() => await Ip("netns", "delete", _name);

    private string Far => _name.Replace("evcharge", "evf", StringComparison.Ordinal);

    private static async Task Ip(params string[] arguments)
    {
        using var run = Process.Start(new ProcessStartInfo("/usr/sbin/ip", arguments) { RedirectStandardError = true })!;
        var errors = await run.StandardError.ReadToEndAsync();
        await run.WaitForExitAsync();
        if (run.ExitCode != 0)
        {
            throw new InvalidOperationException($"ip {string.Join(' ', arguments)}: {errors}");
        }
    }
}
