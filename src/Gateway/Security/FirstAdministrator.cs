using System.Security.Cryptography;
using EvCharge.Domain.Identity;
using EvCharge.History.Configuration;
using Microsoft.Extensions.Options;

namespace EvCharge.Gateway.Security;

/// <summary>
/// Makes the user <c>admin</c> when there is none: platform administrator, and administrator of the tenant
/// <c>default</c>. Of gateways that start at the same time one makes it; a generated password is printed once, by that one.
/// Changing the option later changes nothing.
/// </summary>
public sealed partial class FirstAdministrator(
    ConfigurationStore store, IOptions<SecurityOptions> options, ILogger<FirstAdministrator> log) : IHostedService
{
    public const string Username = "admin";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await store.User(TenantId.Default, Username) is not null)
        {
            return;
        }

        var given = options.Value.AdminPassword;
        var password = string.IsNullOrEmpty(given) ? RandomNumberGenerator.GetString(Alphabet, 20) : given;
        var hash = PasswordHash.Of(password);
        await store.PutUser(
            TenantId.Default,
            new UserConfiguration(Username, hash, Roles.Administrator, PlatformAdministrator: true, Disabled: false),
            ConfigurationStore.Absent);
        if (await store.User(TenantId.Default, Username) is not { } stored || stored.Value.PasswordHash != hash)
        {
            // Another gateway that started at the same time was faster, and announces its own password.
            return;
        }

        if (string.IsNullOrEmpty(given))
        {
            await Announce(password, cancellationToken);
        }
        else if (password.Length < 8)
        {
            ShortPassword();
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>To standard output and not to the log, which may travel far.</summary>
    private async Task Announce(string password, CancellationToken cancelled)
    {
        await Console.Out.WriteLineAsync($"First administrator: user {Username}, password {password}".AsMemory(), cancelled);
        if (options.Value.AdminPasswordFile is not { } path)
        {
            return;
        }

        // A file left from an earlier data set may be readable by others: mode 600 is given at creation only.
        File.Delete(path);
        var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var writer = new StreamWriter(path, create);
        await writer.WriteLineAsync(password.AsMemory(), cancelled);
    }

    /// <summary>Letters and digits that are not mistaken for each other.</summary>
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    [LoggerMessage(Level = LogLevel.Warning, Message = "The password given for the first administrator is shorter than 8 characters.")]
    private partial void ShortPassword();
}
