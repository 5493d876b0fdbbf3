using System.Globalization;
using System.Text;
using EvCharge.Gateway.Security;

namespace EvCharge.GatewayTests.Api;

/// <summary>
/// Who may call what, as it was found to be: route by route, for each role in the caller's tenant, for nobody, for an administrator who sees some sites only, and for the
/// administrator of another tenant.
/// </summary>
internal sealed class RightsMatrix(IReadOnlyList<string> roles)
{
    /// <summary>The file that the run of all tests shows.</summary>
    private const string FileKey = "EVCHARGE_RIGHTS_MATRIX";

    private readonly StringBuilder _rows = new();
    private int _routes;

    /// <param name="ofSites">What an administrator has of it who sees some sites only.</param>
    public void Add(HttpMethod method, string path, string permission, string ofSites)
    {
        _routes++;
        var cells = roles.Select(role => Roles.PermissionsOf(role).Contains(permission) ? "yes" : "403");
        _rows.AppendLine(CultureInfo.InvariantCulture, $"{method,-7}{path,-74}{permission,-20}{"401",-11}{string.Join("", cells.Select(cell => $"{cell,-14}"))}{ofSites,-12}403 or 404");
    }

    /// <summary>Writes it where the run of all tests asks for it.</summary>
    public void Publish()
    {
        if (Environment.GetEnvironmentVariable(FileKey) is not { Length: > 0 } file)
        {
            return;
        }

        var columns = string.Join("", roles.Select(role => $"{role,-14}"));
        File.WriteAllText(
            file,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{_routes} routes x {roles.Count + 2} callers of the tenant and 1 of another\n{"",-7}{"route",-74}{"permission",-20}{"anonymous",-11}{columns}{"some sites",-12}foreign\n{_rows}"));
    }
}
