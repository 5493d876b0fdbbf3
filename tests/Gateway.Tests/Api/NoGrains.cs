using System.Reflection;
using Orleans.Runtime;

namespace EvCharge.GatewayTests.Api;

/// <summary>A grain factory as it is when every silo is gone.</summary>
public class NoGrains : DispatchProxy
{
    public static IGrainFactory Factory() => Create<IGrainFactory, NoGrains>();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        throw new SiloUnavailableException("No silo is there.");
}
