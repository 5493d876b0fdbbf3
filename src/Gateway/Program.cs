using EvCharge.Gateway;
using EvCharge.Hosting;

if (args is ["--help" or "-h"])
{
    Console.WriteLine(GatewayOptions.Usage);
    return 0;
}

if (GatewayOptions.ReadLine(args, out var problem) is not { } line)
{
    await Console.Error.WriteLineAsync($"{problem}\n{GatewayOptions.Usage}");
    return 2;
}

var builder = ProcessSettings.CreateBuilder(line, GatewayOptions.DefaultUrl);
if (GatewayOptions.Read(line, builder.Configuration, out problem) is not { } options)
{
    await Console.Error.WriteLineAsync(problem);
    return 2;
}

return await ProcessRun.Run(async stop =>
{
    await using var app = GatewayHost.Build(builder, options);
    await Installation.AwaitMigrated(options.Cluster.Databases, app.Services.GetRequiredService<ILoggerFactory>(), stop);
    await app.Serve(stop);
});
