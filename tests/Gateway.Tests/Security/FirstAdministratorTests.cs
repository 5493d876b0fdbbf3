using System.Net;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Security;

[Trait(InstallationKind.Trait, InstallationKind.Own)]
public sealed class FirstAdministratorTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("evcharge-first-");

    private string PasswordFile => Path.Combine(folder.FullName, "admin-password.txt");

    [Fact]
    public async Task A_generated_password_is_written_for_the_owner_alone_and_made_once()
    {
        // A file of an earlier data set that others may read.
        await File.WriteAllTextAsync(PasswordFile, "old", TestContext.Current.CancellationToken);

        string first;
        await using (var gateway = await Start(null))
        {
            first = (await File.ReadAllTextAsync(PasswordFile, TestContext.Current.CancellationToken)).Trim();
            Assert.Equal(20, first.Length);
            await ExpectLogin(gateway, first, HttpStatusCode.OK);
        }

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PasswordFile));
        }

        await using var again = await Start("another password");
        Assert.Equal(first, (await File.ReadAllTextAsync(PasswordFile, TestContext.Current.CancellationToken)).Trim());
        await ExpectLogin(again, first, HttpStatusCode.OK);
        await ExpectLogin(again, "another password", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_given_password_is_taken_and_written_nowhere()
    {
        await using var gateway = await Start("given password");

        await ExpectLogin(gateway, "given password", HttpStatusCode.OK);
        Assert.False(File.Exists(PasswordFile));
        foreach (var file in folder.GetFiles())
        {
            await using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream);
            Assert.DoesNotContain("given password", await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    private Task<DetachedGateway> Start(string? password) => DetachedGateway.Start(folder.FullName, security =>
    {
        security.AdminPassword = password;
        security.AdminPasswordFile = PasswordFile;
    });

    private static async Task ExpectLogin(DetachedGateway gateway, string password, HttpStatusCode status) =>
        (await new ApiClient(gateway.Address).Post("/api/v1/auth/token", new { username = "admin", password })).Expect(status);
}
