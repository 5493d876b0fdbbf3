using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace EvCharge.Contracts;

/// <summary>What every process needs in which grains are called or live.</summary>
public static class ContractsRegistration
{
    /// <summary>
    /// Lets every exception travel between processes as what it is, with what caused it: a record that cannot be written must
    /// not look like a fault of the message.
    /// </summary>
    public static IServiceCollection AddEvChargeContracts(this IServiceCollection services) =>
        services.Configure<ExceptionSerializationOptions>(options => options.SupportedExceptionTypeFilter = static _ => true);
}
