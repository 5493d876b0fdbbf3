using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EvCharge.Gateway.Files;

/// <summary>Composition of what takes and gives files, in either role of a gateway.</summary>
internal static class FilesRegistration
{
    public static IServiceCollection AddChargerFiles(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(FileIntake)))
        {
            return services;
        }

        services.AddOptions<ChargerFileOptions>().BindConfiguration(ChargerFileOptions.Section).ValidateDataAnnotations()
            .Validate(options => options.HasUsablePublicUrl, "Files:PublicUrl must be an http or https URL.")
            .ValidateOnStart();
        services.TryAddSingleton<FileIntake>();
        services.TryAddSingleton<FileAddress>();
        return services;
    }
}
